"""Publishing what a reviewer has cleared, when its time comes, and ending what has been public long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from background.work import Work
from models.decisions.publication import end_publication, publish
from models.decisions.queries import due_to_end
from models.decisions.states import State
from models.decisions.tables import Decision
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
    """Ends decisions whose last public day is over; returns how many. What is left over follows at the next time."""
    ids = due_to_end(session, today=beijing_date(now), limit=DECISIONS_AT_ONCE)
    for number in ids:
        decision = session.get(Decision, number, with_for_update=True)
        if decision is not None and decision.state is State.PUBLISHED:
            end_publication(session, decision, actor=WORKER, now=now)
    return len(ids)
