"""Publishing what a reviewer has cleared, when its time comes, and ending what has been public long enough."""

from __future__ import annotations

from collections.abc import Sequence

from background.work import Work
from models.decisions.publication import publish
from models.decisions.states import State
from models.decisions.tables import Decision
from models.people.actors import WORKER
from models.types import now_utc
from shared.database import database


def publish_decisions(works: Sequence[Work]) -> None:
    """Publishes each decision that still waits for it; one that was sent back or is public already is left alone."""
    for work in works:
        with database().writing() as session:
            decision = session.get(Decision, work.payload["decision_id"], with_for_update=True)
            if decision is not None and decision.state is State.APPROVED:
                publish(session, decision, actor=WORKER, now=now_utc())
                session.commit()
