"""报请移送: the report of two handlers."""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.cooperation.needs import needs_shown
from casework.loading import case_to_act_on
from casework.referrals.forms import ReportForm
from casework.referrals.loading import back_to
from models.cases.outside.needs import Occasion
from models.cases.queries import handlers_for
from models.cases.terms import Act
from models.errors import Invalid
from models.people.permissions import Permission
from models.referrals.operations import propose
from models.referrals.queries import bodies, files_to_send
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("referral_reports", __name__, url_prefix="/casework/cases/<reference>/referral")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def new(reference: str) -> ResponseReturnValue:
    """A new report; the head's three days begin with it."""
    case = case_to_act_on(reference, Act.PROPOSE_REFERRAL)
    form, police = ReportForm(), bodies(session, case, "police")
    form.offer(
        handlers_for(session, case),
        police,
        bodies(session, case, "procuratorate"),
        files_to_send(session, case),
    )
    if form.validate_on_submit():
        try:
            propose(session, case=case, report=form.report(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            flash(_("已报请移送，由负责人在三日内决定。"), "done")
            return back_to(case)
    # The papers are made from this report once the head has agreed, so none of them is required yet.
    needs = needs_shown(case, police, Occasion.TRANSFER)
    page = render_template("casework/referrals/report.html", case=case, form=form, **needs)
    return page, 422 if form.problems() else 200
