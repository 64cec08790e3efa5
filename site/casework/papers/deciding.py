"""What makes a draft a paper: approval by another person, issue; and what ends one: it is made void."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.papers.forms import ReasonsForm
from casework.papers.loading import back_to, paper_for
from journey.papers import office
from models.errors import Invalid
from models.papers import issuing, operations
from models.papers.kinds import paper_kind
from models.papers.tables import Paper
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint(
    "paper_decisions", __name__, url_prefix="/casework/cases/<reference>/papers/<int:number>"
)


@blueprint.post("/approve")
@requires(Permission.PAPER_APPROVE)
def approve(reference: str, number: int) -> ResponseReturnValue:
    """批准."""
    paper = paper_for(reference, number, Permission.PAPER_APPROVE)
    operations.approve(session, paper=paper, actor=account(), now=now_utc())
    flash(_("已批准，可以签发。"), "done")
    return back_to(paper)


@blueprint.route("/send-back", methods=["GET", "POST"])
@requires(Permission.PAPER_APPROVE)
def send_back(reference: str, number: int) -> ResponseReturnValue:
    """退回修改."""
    paper = paper_for(reference, number, Permission.PAPER_APPROVE)
    form = ReasonsForm()
    title = _("退回修改")
    return _asking(
        paper,
        form,
        title,
        lambda: operations.send_back(
            session, paper=paper, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
    )


@blueprint.post("/issue")
@requires(Permission.PAPER_WRITE)
def issue(reference: str, number: int) -> ResponseReturnValue:
    """签发: from here on it never changes. A kind that names the filer asks for the permission to know who it is."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    if paper_kind(paper.kind).names_filer:
        authorise(Permission.CASE_IDENTIFY, paper.case)
    issuing.issue(session, paper=paper, office=office(), actor=account(), now=now_utc())
    flash(_("已签发，文号%(number)s。", number=paper.document_number), "done")
    return back_to(paper)


@blueprint.route("/void", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def void(reference: str, number: int) -> ResponseReturnValue:
    """作废, with reasons."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    form = ReasonsForm()
    title = _("作废")
    return _asking(
        paper,
        form,
        title,
        lambda: operations.void(
            session, paper=paper, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
    )


def _asking(paper: Paper, form: ReasonsForm, title: str, verb: Callable[[], object]) -> ResponseReturnValue:
    if form.is_submitted() and form.validate():
        try:
            verb()
        except Invalid as error:
            form.take(error)
        else:
            return back_to(paper)
    page = render_template(
        "casework/papers/reasons.html", case=paper.case, paper=paper, form=form, title=title
    )
    return page, 422 if form.problems() else 200
