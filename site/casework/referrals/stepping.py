"""Every other step on one page: the hand-over, what the police answer, what we ask for then, the way back."""

from __future__ import annotations

from flask import Blueprint, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.referrals.forms import StepForm
from casework.referrals.loading import back_to, referral_for
from models.cases.possible import PERMISSIONS
from models.errors import Invalid
from models.people.permissions import Permission
from models.referrals import operations
from models.referrals.operations import Happened
from models.referrals.states import BY_STEP, BY_THEMSELVES, require
from models.referrals.tables import Referral
from models.referrals.terms import STEP_LABELS, Step
from models.types import now_utc
from shared.access import account, authorise, requires
from shared.database import session
from shared.i18n import label

blueprint = Blueprint("referral_steps", __name__, url_prefix="/casework/cases/<reference>/referral/steps")

_STEPS = frozenset(Step) - BY_THEMSELVES | {Step.HAND_OVER}


@blueprint.route("/<name>", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def take(reference: str, name: str) -> ResponseReturnValue:
    """One step, written down."""
    if name not in _STEPS:
        abort(404)
    step = Step(name)
    referral = referral_for(reference, Permission.CASE_ANSWER)
    authorise(PERMISSIONS[BY_STEP[step].act], referral.case)
    row = require(referral.standing, step)
    form = StepForm.of(row)
    if form.validate_on_submit():
        try:
            _take(referral, step, form.happened())
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已登记：%(step)s。", step=label(STEP_LABELS[step])), "done")
            return back_to(referral.case)
    page = render_template(
        "casework/referrals/step.html",
        case=referral.case,
        referral=referral,
        row=row,
        form=form,
        title=label(STEP_LABELS[step]),
    )
    return page, 422 if form.problems() else 200


def _take(referral: Referral, step: Step, happened: Happened) -> None:
    """By the verb of the step."""
    actor, now = account(), now_utc()
    if step is Step.HAND_OVER:
        operations.hand_over(session, referral=referral, happened=happened, actor=actor, now=now)
        return
    operations.take_step(session, referral=referral, step=step, happened=happened, actor=actor, now=now)
