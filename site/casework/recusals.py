"""回避: who is kept out of a case and why, and what a head lifts again. Declaring it is an act like the others."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.forms import LiftForm
from casework.loading import case_to_read
from models.cases.recusal.operations import lift as lift_recusal
from models.cases.recusal.queries import recusals_of
from models.cases.recusal.terms import RECUSAL_REASON_LABELS
from models.errors import NotFound
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("recusals", __name__, url_prefix="/casework/cases/<reference>/recusals")


@blueprint.get("")
@requires(Permission.CASE_RECUSE)
def index(reference: str) -> ResponseReturnValue:
    """Who is kept out of the case, and why."""
    case = case_to_read(reference)
    authorise(Permission.CASE_RECUSE, case)
    return render_template(
        "casework/recusals.html",
        case=case,
        recusals=recusals_of(session, case.id),
        reasons=RECUSAL_REASON_LABELS,
    )


@blueprint.route("/<int:number>/lift", methods=["GET", "POST"])
@requires(Permission.CASE_RECUSE)
def lift(reference: str, number: int) -> ResponseReturnValue:
    """Lets somebody in again."""
    case = case_to_read(reference)
    authorise(Permission.CASE_RECUSE, case)
    recusal = next((one for one in case.recusals if one.id == number), None)
    if recusal is None:
        raise NotFound(_("没有找到您要的内容。"))
    form = LiftForm()
    if form.validate_on_submit():
        reasons = form.reasons.data or ""
        lift_recusal(session, recusal=recusal, reasons=reasons, actor=account(), now=now_utc())
        flash(_("已解除回避。"), "done")
        return redirect(url_for("recusals.index", reference=reference), code=303)
    page = render_template("casework/recusal_lift.html", case=case, recusal=recusal, form=form)
    return page, 422 if form.problems() else 200
