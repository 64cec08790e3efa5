"""The publication clocks of a decision: 7 working days to the credit platforms, 20 to the public, 10 + 10 across provinces."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.errors import NotInForce, OutsideCalendar
from models.clocks.operations import (
    NewClock,
    cancel_deadline,
    meet_deadline,
    start_deadline,
    start_new_clocks,
)
from models.clocks.tables import Deadline, SubjectKind
from models.decisions.kinds import DecisionKind
from models.decisions.tables import Decision
from models.types import beijing_midnight

CREDIT_PUBLISH = "credit_publish"  # 国办发〔2015〕51号, 国发〔2016〕33号: 7 working days from the decision
PENALTY_PUBLISH = "penalty_publish"  # 公示规定 Art 9: 20 working days from the decision
ADJUDICATION_PUBLISH = "adjudication_publish"  # 专利行政执法办法 Art 46: 20 working days from the decision
OTHER_PUBLISH = "foi_disclose"  # 政府信息公开条例 Art 26: 20 working days from when it is made
CROSS_PUSH = "cross_push"  # 公示规定 Art 10: 10 working days from the decision
CROSS_PUBLISH = "cross_publish"  # the same: 10 working days from the push
# Those that are met when it becomes public.
PUBLICATION_RULES = (CREDIT_PUBLISH, PENALTY_PUBLISH, ADJUDICATION_PUBLISH, OTHER_PUBLISH, CROSS_PUBLISH)
WITHDRAW = "decision_withdraw"  # 行政处罚法 Art 48(2), 85: 3 working days from the change
_NATIONAL = "10"  # registered with the State Administration itself


def is_across_provinces(decision: Decision) -> bool:
    """Whether the party's code was given out in another province than the unit's."""
    return is_registered_elsewhere(decision.party_uscc, decision.unit.region_code)


def is_registered_elsewhere(uscc: str | None, region_code: str | None) -> bool:
    """Whether the code was given out in another province than that of the region."""
    there, here = (uscc or "")[2:4], (region_code or "")[:2]
    return bool(there and here) and there not in (here, _NATIONAL)


def start_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Starts those that run from the day of the decision; a rule that was not in force then starts none."""
    for rule_id in _rules_from_decision(decision):
        if rule_id == CROSS_PUSH and _has_been_met(session, decision, CROSS_PUSH):
            continue
        start_clock(session, decision, rule_id, started_on=decision.decided_on, now=now)


def start_publication_clocks_of_new(session: Session, decisions: Sequence[Decision]) -> None:
    """As `start_publication_clocks`, for decisions that have just been written."""
    start_new_clocks(
        session,
        (
            NewClock(rule_id, decision, beijing_midnight(decision.decided_on), decision.unit_id)
            for decision in decisions
            for rule_id in _rules_from_decision(decision)
        ),
    )


def _rules_from_decision(decision: Decision) -> list[str]:
    if decision.kind is DecisionKind.ADJUDICATION:
        return [ADJUDICATION_PUBLISH]
    if decision.kind is DecisionKind.OTHER:
        return [OTHER_PUBLISH]
    return [CREDIT_PUBLISH, PENALTY_PUBLISH, *([CROSS_PUSH] if is_across_provinces(decision) else [])]


def restart_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """After the day of the decision was corrected: the old clocks are no longer owed, new ones run."""
    cancel_publication_clocks(session, decision, now=now)
    start_publication_clocks(session, decision, now=now)


def meet_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops them: the decision is public. Telling another province's register is owed all the same."""
    session.flush()
    for rule_id in PUBLICATION_RULES:
        meet_deadline(session, rule_id=rule_id, subject=decision, now=now)


def cancel_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops them: publication is no longer owed, nor is the push."""
    session.flush()
    for rule_id in (*PUBLICATION_RULES, CROSS_PUSH):
        cancel_deadline(session, rule_id=rule_id, subject=decision, now=now)


def meet_push_clock(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops it: the register of the party's province has been told."""
    meet_deadline(session, rule_id=CROSS_PUSH, subject=decision, now=now)


def start_withdrawal_clock(
    session: Session, decision: Decision, *, changed_on: dt.date, now: dt.datetime
) -> None:
    """Starts the clock on the day on which the decision was changed, annulled or found void, if it is public."""
    start_clock(session, decision, WITHDRAW, started_on=changed_on, now=now)


def meet_withdrawal_clock(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops it: the decision is withdrawn."""
    session.flush()
    meet_deadline(session, rule_id=WITHDRAW, subject=decision, now=now)


def start_clock(
    session: Session, decision: Decision, rule_id: str, *, started_on: dt.date, now: dt.datetime
) -> None:
    """Starts one, unless no rule was in force on that day."""
    with contextlib.suppress(NotInForce, OutsideCalendar):
        start_deadline(
            session,
            rule_id=rule_id,
            subject=decision,
            started_at=beijing_midnight(started_on),
            now=now,
            unit_id=decision.unit_id,
        )


def is_owed(session: Session, decision: Decision, rule_id: str) -> bool:
    """Whether that clock runs, or has run out unmet."""
    return _has(session, decision, rule_id, met=False)


def _has_been_met(session: Session, decision: Decision, rule_id: str) -> bool:
    return _has(session, decision, rule_id, met=True)


def _has(session: Session, decision: Decision, rule_id: str, *, met: bool) -> bool:
    found = select(Deadline.id).where(
        Deadline.subject_kind == SubjectKind.DECISION,
        Deadline.subject_id == decision.id,
        Deadline.rule_id == rule_id,
        Deadline.cancelled_at.is_(None),
        Deadline.met_at.is_not(None) if met else Deadline.met_at.is_(None),
    )
    return session.scalar(found.limit(1)) is not None
