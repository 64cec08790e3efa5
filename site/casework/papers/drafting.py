"""Drafting a paper: choose the kind, write what only a person knows, revise, send for approval, drop."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.cooperation.contacts import contacts_for
from casework.loading import case_to_see
from casework.papers.forms import DraftForm, draft_form
from casework.papers.loading import back_to, paper_for, receivers
from models.cases.mediation.queries import paper_values
from models.cases.tables import Case
from models.errors import Invalid
from models.papers import operations
from models.papers.kinds import PaperKind, paper_kind
from models.papers.queries import paper_of
from models.papers.tables import Paper
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.requests import row_number
from shared.services import services

blueprint = Blueprint("paper_drafts", __name__, url_prefix="/casework/cases/<reference>/papers")


@blueprint.route("/new/<kind_id>", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def new(reference: str, kind_id: str) -> ResponseReturnValue:
    """A new paper; `?replaces=` is the void one that it stands for."""
    case, kind = case_to_see(reference), paper_kind(kind_id)
    authorise(Permission.PAPER_WRITE, case)
    old = row_number(request.args.get("replaces"))
    replaced = paper_of(session, case.id, old) if old else None
    units = receivers(case, kind)
    form = draft_form(kind, units, replaced, paper_values(session, case))
    return _run(
        case,
        kind,
        form,
        lambda: operations.draft(
            session,
            case=case,
            kind=kind,
            fields=form.values(kind),
            to_unit=form.receiver(units),
            actor=account(),
            now=now_utc(),
            replaces=replaced,
            wants_two=services().bureau.identity.wants_two,
        ),
    )


@blueprint.route("/<int:number>/revise", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def revise(reference: str, number: int) -> ResponseReturnValue:
    """Changes the draft."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    kind = paper_kind(paper.kind)
    units = receivers(paper.case, kind)
    form = draft_form(kind, units, paper)
    return _run(
        paper.case,
        kind,
        form,
        lambda: operations.revise(
            session,
            paper=paper,
            fields=form.values(kind),
            to_unit=form.receiver(units),
            actor=account(),
            now=now_utc(),
        ),
    )


@blueprint.post("/<int:number>/submit")
@requires(Permission.PAPER_WRITE)
def submit(reference: str, number: int) -> ResponseReturnValue:
    """Sends it for approval."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    operations.submit(session, paper=paper, actor=account(), now=now_utc())
    flash(_("已送审批，由另一位负责人批准。"), "done")
    return back_to(paper)


@blueprint.post("/<int:number>/drop")
@requires(Permission.PAPER_WRITE)
def drop(reference: str, number: int) -> ResponseReturnValue:
    """Removes the draft."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    operations.drop(session, paper=paper, actor=account(), now=now_utc())
    flash(_("草稿已删除。"), "done")
    return redirect(url_for("papers.index", reference=reference), code=303)


def _run(case: Case, kind: PaperKind, form: DraftForm, verb: Callable[[], Paper]) -> ResponseReturnValue:
    if form.is_submitted() and form.validate():
        try:
            return back_to(verb())
        except Invalid as error:
            form.take(error)
    page = render_template(
        "casework/papers/draft.html",
        case=case,
        kind=kind,
        form=form,
        contacts=contacts_for(receivers(case, kind)),
    )
    return page, 422 if form.problems() else 200
