"""Handing papers out: the issued file, on record, and the proof that somebody received it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.papers.forms import DeliveryForm
from casework.papers.loading import back_to, paper_for, paper_to_see
from journey.papers import send_paper
from models.errors import Invalid
from models.ledger import record
from models.papers.delivery import deliver
from models.papers.kinds import paper_kind
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("paper_files", __name__, url_prefix="/casework/cases/<reference>/papers/<int:number>")


@blueprint.post("/download/<any(docx, pdf):form>")
@requires(Permission.CASE_VIEW)
def download(reference: str, number: int, form: str) -> ResponseReturnValue:
    """The issued paper as docx or pdf. One that names the filer is for those who may know the filer."""
    paper = paper_to_see(reference, number)
    if not paper.is_issued:
        abort(404)
    if paper.is_sealed:
        authorise(Permission.CASE_IDENTIFY, paper.case)
    record(session, act="paper.read", subject=paper, actor=account(), now=now_utc(), data={"form": form})
    return send_paper(paper, as_pdf=form == "pdf")


@blueprint.route("/deliver", methods=["GET", "POST"])
@requires(Permission.PAPER_WRITE)
def delivery(reference: str, number: int) -> ResponseReturnValue:
    """登记送达."""
    paper = paper_for(reference, number, Permission.PAPER_WRITE)
    form = DeliveryForm.of(paper_kind(paper.kind))
    if form.validate_on_submit():
        recipient, way = form.chosen
        try:
            deliver(
                session,
                paper=paper,
                way=way,
                recipient=recipient,
                on=form.on.data,
                proof=form.proof.data,
                actor=account(),
                now=now_utc(),
            )
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已登记送达。"), "done")
            return back_to(paper)
    page = render_template("casework/papers/deliver.html", case=paper.case, paper=paper, form=form)
    return page, 422 if form.problems() else 200
