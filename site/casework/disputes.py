"""申诉 decided by supervision: upheld, to somebody else, or rejected; never by who handled the case."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from casework.acting import repeated, run_form
from casework.forms import RejectForm, UpholdForm
from casework.loading import case_to_act_on
from models.cases.aftermath.operations import reject as reject_dispute
from models.cases.aftermath.operations import uphold as uphold_dispute
from models.cases.aftermath.queries import open_dispute, successors
from models.cases.terms import OUTCOME_LABELS, Act
from models.errors import NotFound
from models.people.permissions import Permission
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("disputes", __name__, url_prefix="/casework/cases/<reference>")


@blueprint.route("/uphold", methods=["GET", "POST"])
@requires(Permission.CASE_SUPERVISE)
def uphold(reference: str) -> ResponseReturnValue:
    """申诉成立."""
    if back := repeated(reference, Act.UPHOLD):
        return back
    case = case_to_act_on(reference, Act.UPHOLD)
    if (dispute := open_dispute(session, case)) is None:
        raise NotFound("这个办件没有待处理的申诉。")
    people = successors(session, case, dispute)
    form = UpholdForm.offering(case, people)

    def verb() -> None:
        handler, unit = next(pair for pair in people if f"{pair[0].id}-{pair[1].id}" == form.handler.data)
        uphold_dispute(
            session,
            case=case,
            handler=handler,
            unit=unit,
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        )

    return run_form(
        case,
        Act.UPHOLD,
        form,
        verb,
        done=_l("申诉成立，已交由新的承办人重新办理。"),
        template="casework/dispute.html",
        dispute=dispute,
        outcome=OUTCOME_LABELS[dispute.outcome],
    )


@blueprint.route("/reject", methods=["GET", "POST"])
@requires(Permission.CASE_SUPERVISE)
def reject(reference: str) -> ResponseReturnValue:
    """申诉不成立: the closing stands."""
    if back := repeated(reference, Act.REJECT):
        return back
    case = case_to_act_on(reference, Act.REJECT)
    form = RejectForm.of(case)
    if (dispute := open_dispute(session, case)) is None:
        raise NotFound("这个办件没有待处理的申诉。")
    return run_form(
        case,
        Act.REJECT,
        form,
        lambda: reject_dispute(session, case=case, reasons=form.reasons.data, actor=account(), now=now_utc()),
        done=_l("已告知举报投诉人申诉不成立的理由，办结维持不变。"),
        template="casework/dispute.html",
        dispute=dispute,
        outcome=OUTCOME_LABELS[dispute.outcome],
    )
