"""Publishing what a reviewer has cleared, when its time comes, and ending what has been public long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from background.work import Work
from models.decisions.publication import publish
from models.decisions.queries import due_to_end
from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import close_term, reconsider_term
from models.decisions.term.queries import terms_to_reconsider
from models.people.actors import WORKER
from models.types import beijing_date, now_utc
from shared.database import database

DECISIONS_AT_ONCE = 200


def publish_decisions(works: Sequence[Work]) -> None:
    """Publishes each decision that still waits for it; one that was sent back or is public already is left alone."""
    for work in works:
        with database().writing() as session:
            decision = session.get(Decision, work.payload["decision_id"], with_for_update=True)
            if decision is not None and decision.state is State.APPROVED:
                publish(session, decision, actor=WORKER, now=now_utc())
                session.commit()


def end_due_decisions(session: Session, now: dt.datetime) -> int:
    """Ends decisions whose last public day is over; returns how many. What is left over follows at the next time.

    No reader has seen them since midnight in Beijing: every read asks for the day.
    """
    ids = due_to_end(session, today=beijing_date(now), limit=DECISIONS_AT_ONCE)
    for number in ids:
        decision = session.get(Decision, number, with_for_update=True)
        if decision is not None and decision.state is State.PUBLISHED:
            close_term(session, decision, actor=WORKER, now=now)
    return len(ids)


def reconsider_terms(session: Session, now: dt.datetime) -> int:
    """Holds decisions against rules that have come into force since; returns how many now end earlier."""
    earlier = 0
    for number in terms_to_reconsider(session, today=beijing_date(now), limit=DECISIONS_AT_ONCE):
        decision = session.get(Decision, number, with_for_update=True)
        if decision is not None and decision.state is State.PUBLISHED:
            earlier += reconsider_term(session, decision, actor=WORKER, now=now)
    return earlier
