"""The acts of the unit that has the case: accept, refuse, assign, answer, close, and a message to the filer."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from casework.acting import repeated, run_button, run_form
from casework.forms import AcceptForm, AnswerForm, AssignForm, CloseForm, MessageForm, RefuseForm
from casework.loading import case_to_act_on
from casework.routing_page import proposal_for, shown
from models.cases import operations
from models.cases.grounds import Ground
from models.cases.queries import handlers_for
from models.cases.tables import Case
from models.cases.terms import Act, Outcome
from models.people.permissions import Permission
from models.routing.operations import accept_with_proposal, asks_why_here
from models.types import now_utc
from shared.access import account, requires
from shared.database import session

blueprint = Blueprint("acts", __name__, url_prefix="/casework/cases/<reference>")


@blueprint.route("/accept", methods=["GET", "POST"])
@requires(Permission.CASE_ACCEPT)
def accept(reference: str) -> ResponseReturnValue:
    """受理: one button, or where the division of work has another unit, a form that asks why here."""
    if back := repeated(reference, Act.ACCEPT):
        return back
    case = case_to_act_on(reference, Act.ACCEPT)
    proposal, form = proposal_for(case), AcceptForm.of(case)

    def verb() -> Case:
        why = form.departure.data or ""
        return accept_with_proposal(
            session, case=case, proposal=proposal, departure=why, actor=account(), now=now_utc()
        )

    done = _l("已受理，举报投诉人会收到告知。")
    if request.method == "POST" and not asks_why_here(proposal):
        return run_button(case, verb, done=done)
    return run_form(
        case, Act.ACCEPT, form, verb, done=done, template="casework/accept.html", proposal=shown(proposal)
    )


@blueprint.route("/refuse", methods=["GET", "POST"])
@requires(Permission.CASE_ACCEPT)
def refuse(reference: str) -> ResponseReturnValue:
    """不予受理, on a legal ground."""
    if back := repeated(reference, Act.REFUSE):
        return back
    case = case_to_act_on(reference, Act.REFUSE)
    form = RefuseForm.of(case)
    return run_form(
        case,
        Act.REFUSE,
        form,
        lambda: operations.refuse(
            session,
            case=case,
            ground=Ground(form.ground.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已作出不予受理决定，举报投诉人会看到理由和其他办法。"),
    )


@blueprint.route("/assign", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def assign(reference: str) -> ResponseReturnValue:
    """指派承办人."""
    if back := repeated(reference, Act.ASSIGN):
        return back
    case = case_to_act_on(reference, Act.ASSIGN)
    people = handlers_for(session, case)
    form = AssignForm.offering(case, people)
    return run_form(
        case,
        Act.ASSIGN,
        form,
        lambda: operations.assign(
            session,
            case=case,
            handler=next(one for one in people if str(one.id) == form.handler.data),
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已指派承办人。"),
    )


@blueprint.route("/answer", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def answer(reference: str) -> ResponseReturnValue:
    """答复 the filer in writing."""
    if back := repeated(reference, Act.ANSWER):
        return back
    case = case_to_act_on(reference, Act.ANSWER)
    form = AnswerForm.of(case)
    return run_form(
        case,
        Act.ANSWER,
        form,
        lambda: operations.answer(session, case=case, body=form.body.data, actor=account(), now=now_utc()),
        done=_l("已答复，举报投诉人现在可以看到。"),
    )


@blueprint.route("/close", methods=["GET", "POST"])
@requires(Permission.CASE_CLOSE)
def close(reference: str) -> ResponseReturnValue:
    """办结 with outcome and reasons."""
    if back := repeated(reference, Act.CLOSE):
        return back
    case = case_to_act_on(reference, Act.CLOSE)
    form = CloseForm.of(case)
    return run_form(
        case,
        Act.CLOSE,
        form,
        lambda: operations.close(
            session,
            case=case,
            outcome=Outcome(form.outcome.data),
            reasons=form.reasons.data,
            actor=account(),
            now=now_utc(),
        ),
        done=_l("已办结。"),
    )


@blueprint.route("/message", methods=["GET", "POST"])
@requires(Permission.CASE_ANSWER)
def message(reference: str) -> ResponseReturnValue:
    """A message to the filer."""
    if back := repeated(reference, Act.MESSAGE):
        return back
    case = case_to_act_on(reference, Act.MESSAGE)
    form = MessageForm.of(case)
    return run_form(
        case,
        Act.MESSAGE,
        form,
        lambda: operations.send_message(
            session, case=case, body=form.body.data, actor=account(), now=now_utc()
        ),
        done=_l("留言已送达，举报投诉人在查询页可以看到。"),
    )
