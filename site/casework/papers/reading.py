"""The papers of a case, the page of one, and what waits for approval."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.loading import case_to_see
from casework.papers.loading import paper_to_see
from journey.papers import office, send_document
from models.errors import ActRefused
from models.letters.queries import replies_to_issue
from models.papers.issuing import preview
from models.papers.kinds import kinds_for, paper_kind
from models.papers.prefixes import prefixes_for
from models.papers.queries import papers_of, papers_to_approve
from models.papers.terms import (
    ADDRESSEE_LABELS,
    PAPER_STATE_LABELS,
    RECIPIENT_LABELS,
    WAY_LABELS,
    PaperState,
)
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.services import services

_EXAMPLE = "acceptance"  # the kind of paper in whose series an example of a number is shown
blueprint = Blueprint("papers", __name__, url_prefix="/casework")


@blueprint.get("/papers")
@requires(Permission.PAPER_APPROVE)
def waiting() -> ResponseReturnValue:
    """What waits for the officer's word: papers, and what stands before their numbers."""
    officer = account()
    return render_template(
        "casework/papers/waiting.html",
        papers=papers_to_approve(session, officer),
        replies=replies_to_issue(session, officer),
        prefixes=prefixes_for(
            session, profile=services().bureau, account=officer, word=paper_kind(_EXAMPLE).word, now=now_utc()
        ),
    )


@blueprint.get("/cases/<reference>/papers")
@requires(Permission.CASE_VIEW)
def index(reference: str) -> ResponseReturnValue:
    """All papers of the case, and the kinds that can be made now."""
    case = case_to_see(reference)
    may_write = can(account(), Permission.PAPER_WRITE, case)
    return render_template(
        "casework/papers/index.html",
        case=case,
        papers=papers_of(session, case.id),
        kinds=kinds_for(case) if may_write else [],
        states=PAPER_STATE_LABELS,
        addressees=ADDRESSEE_LABELS,
    )


@blueprint.get("/cases/<reference>/papers/<int:number>")
@requires(Permission.CASE_VIEW)
def show(reference: str, number: int) -> ResponseReturnValue:
    """One paper: where it stands, what it says, what can be done."""
    paper, officer = paper_to_see(reference, number), account()
    kind = paper_kind(paper.kind)
    may_write = can(officer, Permission.PAPER_WRITE, paper)
    may_approve = can(officer, Permission.PAPER_APPROVE, paper)
    return render_template(
        "casework/papers/show.html",
        paper=paper,
        case=paper.case,
        kind=kind,
        is_approved=paper.is_approved or kind.wants_approval(paper.case),
        state=PAPER_STATE_LABELS[paper.state],
        addressees=ADDRESSEE_LABELS,
        ways=WAY_LABELS,
        recipients=RECIPIENT_LABELS,
        may_write=may_write,
        may_approve=may_approve and paper.drafted_by_id != officer.id,
        may_send_back=may_approve,
        may_open=not paper.is_sealed or can(officer, Permission.CASE_IDENTIFY, paper.case),
        may_name=can(officer, Permission.CASE_IDENTIFY, paper.case),
    )


@blueprint.get("/cases/<reference>/papers/<int:number>/preview")
@requires(Permission.CASE_VIEW)
def draft(reference: str, number: int) -> ResponseReturnValue:
    """The draft as a document: without a number, and the filer's place left open."""
    paper = paper_to_see(reference, number)
    if paper.state in (PaperState.ISSUED, PaperState.VOID):
        raise ActRefused(_("公文已经签发，请下载成文。"))
    return send_document(
        preview(session, paper=paper, office=office(), now=now_utc()), f"{paper.title}（草稿）"
    )
