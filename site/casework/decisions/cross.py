"""Acts across provinces: telling the register of the party's province, and helping one that has told us."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.cross_page import ReceivedForm
from casework.decisions.loading import decision_to_act_on
from casework.decisions.review import back, page
from models.decisions.cross import note_push, receive_push
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("publishing_cross", __name__, url_prefix="/casework/decisions/<int:decision_id>")


@blueprint.post("/push")
@requires(Permission.DECISION_WITHDRAW)
def push(decision_id: int) -> ResponseReturnValue:
    """The register of the party's province has been told."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    note_push(session, decision, actor=account(), now=now_utc())
    return back(decision, _("已记录：推送到登记地。"))


@blueprint.post("/received")
@requires(Permission.DECISION_WITHDRAW)
def received(decision_id: int) -> ResponseReturnValue:
    """Another province's decision; this bureau helps to publish it."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_WITHDRAW)
    form = ReceivedForm()
    if form.validate():
        try:
            receive_push(session, decision, received_on=form.received_on.data, actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已登记：协助公示的时限从收到推送起算。"))
    return page(decision, received_form=form), 422
