"""Noting service, reviews and lawsuits, and their outcomes."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.challenge_forms import ChallengeForm, OutcomeForm, ServiceForm
from casework.decisions.loading import decision_to_act_on
from casework.decisions.review import back, page
from models.decisions.challenges.kinds import CHANGES, ChallengeKind, Outcome
from models.decisions.challenges.operations import close_challenge, note_service, open_challenge
from models.decisions.challenges.queries import challenge_to_close
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("publishing_challenges", __name__, url_prefix="/casework/decisions/<int:decision_id>")


@blueprint.post("/service")
@requires(Permission.DECISION_WITHDRAW)
def service(decision_id: int) -> ResponseReturnValue:
    """The day on which the party was served."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = ServiceForm()
    if form.validate():
        try:
            note_service(session, decision, served_on=form.served_on.data, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已记录送达日期。"))
    return page(decision, service_form=form), 422


@blueprint.post("/challenge")
@requires(Permission.DECISION_WITHDRAW)
def challenge(decision_id: int) -> ResponseReturnValue:
    """A review or a lawsuit has begun; the public page says so."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = ChallengeForm()
    form.offer()
    if form.validate():
        try:
            open_challenge(
                session, decision, kind=ChallengeKind(form.kind.data), authority_name=form.authority_name.data,
                filed_on=form.filed_on.data, actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已登记，公示页面会注明。"))
    return page(decision, challenge_form=form), 422


@blueprint.post("/outcome")
@requires(Permission.DECISION_WITHDRAW)
def outcome(decision_id: int) -> ResponseReturnValue:
    """How it ended; one that changes the decision leads to its withdrawal."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = OutcomeForm()
    form.offer()
    if form.validate():
        found = Outcome(form.outcome.data)
        try:
            close_challenge(
                session, challenge_to_close(session, decision), outcome=found, outcome_on=form.outcome_on.data,
                served_on=form.outcome_served_on.data, document_number=form.ruling.data or "",
                actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            changed = found in CHANGES
            return back(
                decision, _("已登记，请在 3 个工作日内撤回公示并说明理由。") if changed else _("已登记结果。")
            )
    return page(decision, outcome_form=form), 422
