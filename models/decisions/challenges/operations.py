"""Verbs on challenges: the day of service, a challenge, its outcome. Each says anew from when on the decision is final."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.clocks.book import book
from models.decisions.challenges.finality import final_day
from models.decisions.challenges.kinds import CHALLENGE_KIND_LABELS, CHANGES, ChallengeKind, Outcome
from models.decisions.challenges.queries import challenges_of
from models.decisions.challenges.tables import Challenge
from models.decisions.clocks import cancel_publication_clocks, start_withdrawal_clock
from models.decisions.noting import note
from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import ActRefused, Conflict, Invalid
from models.people.tables import Account
from models.types import beijing_date
from models.wording import said

_PUBLIC = (State.PUBLISHED, State.EXPIRED_UNFULFILLED)


def note_service(
    session: Session, decision: Decision, *, served_on: dt.date, actor: Account, now: dt.datetime
) -> Decision:
    """Notes the day on which the party was served; the limits for challenges run from it."""
    if not decision.decided_on <= served_on <= beijing_date(now):
        raise Invalid("送达日期不对。", {"served_on": "送达日期应当不早于决定日期，也不晚于今天。"})
    decision.served_on, decision.updated_at = served_on, now
    _settle(session, decision)
    note(session, decision, "note_service", actor, now, {"served_on": str(served_on)})
    return decision


def open_challenge(
    session: Session,
    decision: Decision,
    *,
    kind: ChallengeKind,
    authority_name: str,
    filed_on: dt.date,
    actor: Account,
    now: dt.datetime,
) -> Challenge:
    """Notes that the decision is challenged; from now on its public page says so, and it is not final."""
    before = challenges_of(session, decision)
    if any(one.is_open for one in before):
        raise Conflict("前一件复议或者诉讼还没有结果，请先登记结果。")
    if any(one.changes_decision for one in before):
        raise ActRefused("这份决定书已经被变更、撤销、确认违法或者无效。")
    if kind in {one.kind for one in before if one.outcome is not Outcome.ABANDONED}:
        raise ActRefused(said("%(kind)s已经登记过。", kind=CHALLENGE_KIND_LABELS[kind]))
    if kind is ChallengeKind.APPEAL and not any(one.kind is ChallengeKind.LITIGATION for one in before):
        raise ActRefused("没有登记一审，不能登记二审。")
    errors: dict[str, str] = {}
    if not authority_name.strip():
        errors["authority_name"] = "请填写复议机关或者法院的名称。"
    earliest = max([decision.decided_on, *(one.outcome_on for one in before if one.outcome_on)])
    if not earliest <= filed_on <= beijing_date(now):
        errors["filed_on"] = said("日期应当不早于 %(day)s，也不晚于今天。", day=earliest)
    if errors:
        raise Invalid("登记有误，请改正。", errors)
    made = Challenge(
        decision=decision,
        kind=kind,
        authority_name=authority_name.strip(),
        filed_on=filed_on,
        noted_by_id=actor.id,
        noted_at=now,
    )
    session.add(made)
    decision.updated_at = now
    _settle(session, decision)
    note(session, decision, "challenge", actor, now, {"kind": kind.value, "filed_on": str(filed_on)})
    return made


def close_challenge(
    session: Session,
    challenge: Challenge,
    *,
    outcome: Outcome,
    outcome_on: dt.date,
    served_on: dt.date | None,
    document_number: str,
    actor: Account,
    now: dt.datetime,
) -> Decision:
    """Notes the outcome. One that changes the decision starts the three working days for the withdrawal.

    行政处罚法 Art 48(2), 公示规定 Art 11. A decision that is not public yet then never will be.
    """
    decision = challenge.decision
    if not challenge.is_open:
        raise Conflict("这件复议或者诉讼已经登记过结果。")
    errors: dict[str, str] = {}
    if not challenge.filed_on <= outcome_on <= beijing_date(now):
        errors["outcome_on"] = said("日期应当不早于 %(day)s，也不晚于今天。", day=challenge.filed_on)
    if served_on is not None and not outcome_on <= served_on <= beijing_date(now):
        errors["outcome_served_on"] = "送达日期应当不早于作出日期，也不晚于今天。"
    if errors:
        raise Invalid("登记有误，请改正。", errors)
    challenge.outcome, challenge.outcome_on, challenge.outcome_served_on = outcome, outcome_on, served_on
    challenge.document_number = document_number.strip() or None
    challenge.outcome_noted_by_id, challenge.outcome_noted_at = actor.id, now
    decision.updated_at = now
    _settle(session, decision)
    data = {"kind": challenge.kind.value, "outcome": outcome.value, "on": str(outcome_on)}
    note(session, decision, "challenge_outcome", actor, now, data)
    if outcome in CHANGES:
        _has_changed(session, decision, outcome_on, now)
    return decision


def _has_changed(session: Session, decision: Decision, changed_on: dt.date, now: dt.datetime) -> None:
    decision.changed_on = changed_on
    if decision.state in _PUBLIC:
        start_withdrawal_clock(session, decision, changed_on=changed_on, now=now)
    else:
        cancel_publication_clocks(session, decision, now=now)


def _settle(session: Session, decision: Decision) -> None:
    session.flush()
    challenges, calendar = challenges_of(session, decision), book(session).calendar
    decision.final_on = final_day(decision.served_on, challenges, calendar, kind=decision.kind)
