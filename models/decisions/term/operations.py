"""Verbs on the term of publication: the day it is over, putting it off, what the party has fulfilled, milder new rules."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.decisions.checks import refuse_changed
from models.decisions.kinds import Fulfilment
from models.decisions.naming import refuse_party
from models.decisions.noting import note
from models.decisions.publication import end_publication
from models.decisions.states import Act, State, next_state
from models.decisions.tables import Decision
from models.decisions.term.planning import POSTPONED_END, each_end, planned_term, take_term
from models.decisions.term.queries import open_postponement
from models.decisions.term.tables import Postponement
from models.errors import ActRefused, Conflict, Invalid
from models.ledger.operations import Acts
from models.people.permissions import Permission, can
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said

PUBLIC_ONCE = (State.PUBLISHED, State.EXPIRED_UNFULFILLED)


def close_term(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> Decision:
    """What is done on the day after the last one: it ends; an unfulfilled one waits, hidden, for a person's word.

    第36号令: of a penalty that is not fulfilled at the end of the longest term, the rules of the field say what follows.
    """
    if decision.fulfilment is not Fulfilment.UNFULFILLED:
        return end_publication(session, decision, actor=actor, now=now)
    if decision.ends_on is None or decision.ends_on >= beijing_date(now):
        raise ActRefused("公示期还没有届满。")
    decision.state = next_state(decision.state, Act.HOLD)
    decision.updated_at = now
    note(session, decision, Act.HOLD, actor, now, {"ends_on": str(decision.ends_on)})
    return decision


def ask_postponement(
    session: Session,
    decision: Decision,
    *,
    until_on: dt.date,
    basis: str,
    why: str,
    actor: Account,
    now: dt.datetime,
) -> Postponement:
    """Asks for a later last day. `basis` is published, `why` is not. Raises Invalid by field."""
    if decision.state not in PUBLIC_ONCE or decision.ends_on is None:
        raise ActRefused("只有公示中或者期满未履行的决定书可以延后停止公示。")
    if open_postponement(session, decision) is not None:
        raise Conflict("已经有一份延后申请在等待批准。")
    _check_postponement(decision, until_on, basis.strip(), why.strip(), beijing_date(now))
    made = Postponement(
        decision=decision,
        until_on=until_on,
        basis=basis.strip(),
        reason=why.strip(),
        asked_by=actor,
        asked_at=now,
    )
    session.add(made)
    session.flush()
    note(session, decision, "ask_postponement", actor, now, {"until_on": str(until_on), "id": made.id})
    return made


def approve_postponement(
    session: Session, postponement: Postponement, *, actor: Account, now: dt.datetime
) -> Decision:
    """Another person than the one who asked puts the end off; one that waited, hidden, is public again."""
    decision = postponement.decision
    _refuse_same_person(postponement, actor)
    if decision.ends_on is None or decision.state not in PUBLIC_ONCE:
        raise ActRefused("公示已经停止，不能再延后。")
    _check_postponement(
        decision, postponement.until_on, postponement.basis, postponement.reason, beijing_date(now)
    )
    refuse_changed(decision)
    if decision.state is State.EXPIRED_UNFULFILLED:
        decision.state = next_state(decision.state, Act.RESUME)
    postponement.decided_by, postponement.approved_at = actor, now
    decision.ends_on, decision.end_policy = postponement.until_on, POSTPONED_END
    decision.end_basis, decision.updated_at = postponement.basis, now
    note(session, decision, "postpone", actor, now, {"until_on": str(decision.ends_on)}, is_public=True)
    return decision


def refuse_postponement(
    session: Session, postponement: Postponement, *, reason: str, actor: Account, now: dt.datetime
) -> Postponement:
    """The earliest day stands."""
    _refuse_same_person(postponement, actor)
    if not reason.strip():
        raise Invalid("请写明不同意的理由。", {"reason": "请写明不同意的理由。"})
    postponement.decided_by, postponement.refused_at = actor, now
    postponement.refusal_reason = reason.strip()
    note(session, postponement.decision, "refuse_postponement", actor, now, {"id": postponement.id})
    return postponement


def note_fulfilment(
    session: Session,
    decision: Decision,
    *,
    fulfilment: Fulfilment,
    fulfilled_on: dt.date | None,
    actor: Account,
    now: dt.datetime,
) -> Decision:
    """Notes whether the party has done what was ordered. One that only waited for that ends at once."""
    is_fulfilled = fulfilment is Fulfilment.FULFILLED
    if is_fulfilled and fulfilled_on is None:
        raise Invalid("请填写履行完毕的日期。", {"fulfilled_on": "请填写履行完毕的日期。"})
    if fulfilled_on is not None and not decision.decided_on <= fulfilled_on <= beijing_date(now):
        raise Invalid("履行日期不对。", {"fulfilled_on": "履行日期应在决定日期之后，并且不晚于今天。"})
    if decision.state is State.EXPIRED_UNFULFILLED and not is_fulfilled:
        raise ActRefused("公示期已经届满，正在等待确认：只能记录“已经履行”，或者停止公示。")
    decision.fulfilment, decision.updated_at = fulfilment, now
    decision.fulfilled_on = fulfilled_on if is_fulfilled else None
    data = {"fulfilment": fulfilment.value, "on": str(decision.fulfilled_on)}
    note(session, decision, "note_fulfilment", actor, now, data)
    if decision.state is State.EXPIRED_UNFULFILLED:
        end_publication(session, decision, actor=actor, now=now)
    return decision


def reconsider_term(session: Session, decision: Decision, *, actor: Acts, now: dt.datetime) -> bool:
    """Applies rules that have come into force since the term was set, if they end it earlier. Whether they do.

    A day that was put off with a basis and an approver stays.
    """
    today = beijing_date(now)
    if decision.published_at is None:
        raise ActRefused("这份决定书没有公示过。")
    term = planned_term(decision, published_on=beijing_date(decision.published_at), today=today)
    is_earlier = term is not None and (decision.ends_on is None or term.ends_on < decision.ends_on)
    takes = is_earlier and decision.end_policy != POSTPONED_END
    before = str(decision.ends_on)
    take_term(decision, term if takes else None, today=today)
    if takes:
        decision.updated_at = now
        data = {"before": before, "ends_on": str(decision.ends_on), "policy": decision.end_policy}
        note(session, decision, "reconsider_term", actor, now, data, is_public=True)
    return takes


def _check_postponement(decision: Decision, until_on: dt.date, basis: str, why: str, today: dt.date) -> None:
    errors: dict[str, str] = {}
    if not basis:
        errors["basis"] = "请写明延后的法律依据（法律名称和条款）。"
    if not why:
        errors["why"] = "请写明延后的理由。"
    if decision.ends_on is not None and until_on <= max(decision.ends_on, today):
        errors["until_on"] = "延后的日期应当晚于今天，也晚于现在的截止日。"
    published_on = beijing_date(decision.published_at) if decision.published_at else today
    latest = max(end.ends_on for end in each_end(decision, published_on=published_on, today=today))
    if until_on > latest and decision.fulfilment is not Fulfilment.UNFULFILLED:
        errors["until_on"] = said(
            "各代规定里最晚的截止日是 %(day)s；没有未履行的记录，不能晚于这一天。", day=latest
        )
    if errors:
        raise Invalid("延后申请有误，请改正。", errors)
    refuse_party(decision, basis, "basis")


def _refuse_same_person(postponement: Postponement, actor: Account) -> None:
    if not postponement.is_open:
        raise Conflict("这份延后申请已经处理过。")
    if postponement.asked_by_id == actor.id:
        raise ActRefused("不能批准自己提出的延后申请。")
    if not can(actor, Permission.DECISION_POSTPONE, postponement.decision):
        raise ActRefused("您没有批准延后停止公示的权限。")
