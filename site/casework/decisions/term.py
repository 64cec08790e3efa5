"""Acts on the term of publication: asking for a later end, answering that, noting fulfilment, ending what waits."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.loading import decision_to_act_on
from casework.decisions.review import back, page
from casework.decisions.term_forms import FulfilmentForm, PostponeForm, RefusePostponementForm
from models.decisions.kinds import Fulfilment
from models.decisions.publication import end_publication
from models.decisions.term.operations import (
    approve_postponement,
    ask_postponement,
    note_fulfilment,
    refuse_postponement,
)
from models.decisions.term.queries import postponement_to_decide
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("publishing_term", __name__, url_prefix="/casework/decisions/<int:decision_id>")


@blueprint.post("/postpone")
@requires(Permission.DECISION_WITHDRAW)
def postpone(decision_id: int) -> ResponseReturnValue:
    """Asks for a later last day; another person approves."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = PostponeForm()
    if form.validate():
        try:
            ask_postponement(
                session, decision, until_on=form.until_on.data, basis=form.basis.data,
                why=form.why.data, actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已提出，等负责人批准；批准之前截止日不变。"))
    return page(decision, postpone_form=form), 422


@blueprint.post("/postpone/approve")
@requires(Permission.DECISION_POSTPONE)
def approve(decision_id: int) -> ResponseReturnValue:
    """The end is put off."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_POSTPONE)
    approve_postponement(session, postponement_to_decide(session, decision), actor=account(), now=now_utc())
    return back(decision, _("已批准延后。"))


@blueprint.post("/postpone/refuse")
@requires(Permission.DECISION_POSTPONE)
def refuse(decision_id: int) -> ResponseReturnValue:
    """The earliest day stands."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_POSTPONE)
    form = RefusePostponementForm()
    if not form.validate():
        return page(decision, refuse_form=form), 422
    waiting = postponement_to_decide(session, decision)
    refuse_postponement(session, waiting, reason=form.refusal.data, actor=account(), now=now_utc())
    return back(decision, _("没有同意延后，截止日不变。"))


@blueprint.post("/fulfilment")
@requires(Permission.DECISION_WITHDRAW)
def fulfilment(decision_id: int) -> ResponseReturnValue:
    """Notes whether the party has done what was ordered."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = FulfilmentForm()
    form.offer()
    if form.validate():
        try:
            note_fulfilment(
                session, decision, fulfilment=Fulfilment(form.fulfilment.data),
                fulfilled_on=form.fulfilled_on.data, actor=account(), now=now_utc(),
            )  # fmt: skip
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已记录履行情况。"))
    return page(decision, fulfilment_form=form), 422


@blueprint.post("/end")
@requires(Permission.DECISION_WITHDRAW)
def end(decision_id: int) -> ResponseReturnValue:
    """Ends one that waited for a person's word."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    end_publication(session, decision, actor=account(), now=now_utc())
    return back(decision, _("已停止公示。"))
