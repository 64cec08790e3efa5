"""The publication clocks of a decision: seven working days to the credit platforms, twenty to the public."""

from __future__ import annotations

import contextlib
import datetime as dt

from sqlalchemy.orm import Session

from models.clocks.errors import NotInForce, OutsideCalendar
from models.clocks.operations import cancel_deadline, meet_deadline, start_deadline
from models.decisions.tables import Decision
from models.types import beijing_midnight

CREDIT_PUBLISH = "credit_publish"  # 国办发〔2015〕51号, 国发〔2016〕33号: 7 working days from the decision
PENALTY_PUBLISH = "penalty_publish"  # 公示规定 Art 9: 20 working days from the decision
PUBLICATION_RULES = (CREDIT_PUBLISH, PENALTY_PUBLISH)
WITHDRAW = "decision_withdraw"  # 行政处罚法 Art 48(2), 85: 3 working days from the change


def start_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Starts both clocks on the day of the decision; a rule that was not in force then starts none."""
    started_at = beijing_midnight(decision.decided_on)
    for rule_id in PUBLICATION_RULES:
        try:
            start_deadline(
                session,
                rule_id=rule_id,
                subject=decision,
                started_at=started_at,
                now=now,
                unit_id=decision.unit_id,
            )
        except (NotInForce, OutsideCalendar):
            continue


def restart_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """After the day of the decision was corrected: the old clocks are no longer owed, new ones run."""
    cancel_publication_clocks(session, decision, now=now)
    start_publication_clocks(session, decision, now=now)


def meet_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops both clocks: the decision is public."""
    session.flush()
    for rule_id in PUBLICATION_RULES:
        meet_deadline(session, rule_id=rule_id, subject=decision, now=now)


def cancel_publication_clocks(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops both clocks: publication is no longer owed."""
    session.flush()
    for rule_id in PUBLICATION_RULES:
        cancel_deadline(session, rule_id=rule_id, subject=decision, now=now)


def start_withdrawal_clock(
    session: Session, decision: Decision, *, changed_on: dt.date, now: dt.datetime
) -> None:
    """Starts the clock on the day on which the decision was changed, annulled or found void, if it is public."""
    with contextlib.suppress(NotInForce, OutsideCalendar):
        start_deadline(
            session,
            rule_id=WITHDRAW,
            subject=decision,
            started_at=beijing_midnight(changed_on),
            now=now,
            unit_id=decision.unit_id,
        )


def meet_withdrawal_clock(session: Session, decision: Decision, *, now: dt.datetime) -> None:
    """Stops it: the decision is withdrawn."""
    session.flush()
    meet_deadline(session, rule_id=WITHDRAW, subject=decision, now=now)
