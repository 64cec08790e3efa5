"""批准 or 不批准: the head's decision on a report, within three days (移送规定 Art 5)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.referrals.forms import ApproveForm, DeclineForm
from casework.referrals.loading import back_to, referral_for
from models.errors import Invalid
from models.people.permissions import Permission
from models.referrals import operations
from models.referrals.states import require
from models.referrals.tables import Referral
from models.referrals.terms import STEP_LABELS, Step
from models.types import now_utc
from shared.access import account, requires
from shared.database import session
from shared.forms import Form
from shared.i18n import label

blueprint = Blueprint("referral_decisions", __name__, url_prefix="/casework/cases/<reference>/referral")


@blueprint.route("/approve", methods=["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def approve(reference: str) -> ResponseReturnValue:
    """批准移送, and whether the pack says who filed."""
    referral, form = referral_for(reference, Permission.REFERRAL_DECIDE), ApproveForm()
    if referral.case.filing.identity is None:
        del form.names_filer, form.identity_reasons  # nobody knows who filed
    return _decided(
        referral,
        Step.APPROVE,
        form,
        lambda: operations.approve(
            session, referral=referral, identity_reasons=_order(form), actor=account(), now=now_utc()
        ),
        _("已批准移送。请在二十四小时内移送公安机关。"),
    )


@blueprint.route("/decline", methods=["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def decline(reference: str) -> ResponseReturnValue:
    """不批准移送, with reasons on record."""
    referral, form = referral_for(reference, Permission.REFERRAL_DECIDE), DeclineForm()
    return _decided(
        referral,
        Step.DECLINE,
        form,
        lambda: operations.decline(
            session, referral=referral, reasons=form.reasons.data, actor=account(), now=now_utc()
        ),
        _("没有批准移送，理由已经记录在案。"),
    )


def _order(form: ApproveForm) -> str:
    return form.identity_reasons.data if "names_filer" in form and form.names_filer.data else ""


def _decided(
    referral: Referral, step: Step, form: Form, verb: Callable[[], object], done: str
) -> ResponseReturnValue:
    require(referral.standing, step)
    if form.validate_on_submit():
        try:
            verb()
        except Invalid as error:
            form.take(error)
        else:
            flash(done, "done")
            return back_to(referral.case)
    page = render_template(
        "casework/referrals/decide.html",
        case=referral.case,
        referral=referral,
        form=form,
        title=label(STEP_LABELS[step]),
    )
    return page, 422 if form.problems() else 200
