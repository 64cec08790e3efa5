"""Acts on corrections of a published record: proposing one, confirming it, dropping it."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from casework.decisions.correction_forms import CorrectionForm
from casework.decisions.loading import decision_to_act_on, decision_to_read
from casework.decisions.review import back, page
from models.decisions.corrections.operations import confirm_correction, drop_correction, propose_correction
from models.decisions.corrections.queries import correction_to_act_on
from models.errors import Invalid
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint(
    "publishing_corrections", __name__, url_prefix="/casework/decisions/<int:decision_id>/corrections"
)


@blueprint.post("")
@requires(Permission.DECISION_ENTER)
def propose(decision_id: int) -> ResponseReturnValue:
    """Nothing changes before another person has confirmed it."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_ENTER)
    form = CorrectionForm()
    form.offer()
    if form.validate():
        try:
            propose_correction(session, decision, **form.proposal(), actor=account(), now=now_utc())
        except Invalid as error:
            form.take(error)
        else:
            return back(decision, _("已提出更正，等另一位审核员确认；确认以前公示的内容不变。"))
    return page(decision, correction_form=form), 422


@blueprint.post("/<int:correction_id>/confirm")
@requires(Permission.DECISION_REVIEW)
def confirm(decision_id: int, correction_id: int) -> ResponseReturnValue:
    """The public record changes."""
    decision = decision_to_act_on(decision_id, Permission.DECISION_REVIEW)
    correction = correction_to_act_on(session, decision, correction_id)
    confirm_correction(session, correction, actor=account(), now=now_utc())
    return back(decision, _("已更正：页面、检索和数据从现在起按更正后的内容显示，并写明更正记录。"))


@blueprint.post("/<int:correction_id>/drop")
@requires(Permission.DECISION_ENTER, Permission.DECISION_REVIEW)
def drop(decision_id: int, correction_id: int) -> ResponseReturnValue:
    """It is not made."""
    decision = decision_to_read(decision_id)
    drop_correction(
        session, correction_to_act_on(session, decision, correction_id), actor=account(), now=now_utc()
    )
    return back(decision, _("已退回，公示的内容不变。"))
