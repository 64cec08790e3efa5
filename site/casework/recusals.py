"""回避: who keeps out of a case, declared or ordered; and what a head lifts again."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from casework.acting import repeated, run_form
from casework.forms import LiftForm, RecuseForm
from casework.loading import case_to_act_on, case_to_read
from models.cases.queries import handlers_for
from models.cases.recusal.operations import lift as lift_recusal
from models.cases.recusal.operations import recuse as recuse_account
from models.cases.recusal.queries import recusals_of
from models.cases.recusal.terms import RECUSAL_REASON_LABELS, RecusalReason
from models.cases.terms import Act
from models.errors import NotFound
from models.people.permissions import Permission, can
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session

blueprint = Blueprint("recusals", __name__, url_prefix="/casework/cases/<reference>/recusals")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_VIEW)
def recuse(reference: str) -> ResponseReturnValue:
    """Declares a conflict of one's own, or orders that of somebody in the unit."""
    if back := repeated(reference, Act.RECUSE):
        return back
    case, officer = case_to_act_on(reference, Act.RECUSE), account()
    others = handlers_for(session, case) if can(officer, Permission.CASE_RECUSE, case) else []
    form = RecuseForm.offering(case, officer, others)
    people = {str(one.id): one for one in [*others, officer]}
    return run_form(
        case,
        Act.RECUSE,
        form,
        lambda: recuse_account(
            session,
            case=case,
            account=people[form.who.data],
            reason=RecusalReason(form.reason.data),
            words=form.words.data,
            actor=officer,
            now=now_utc(),
        ),
        done=_l("已回避，从现在起不能再看这个办件。"),
    )


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
