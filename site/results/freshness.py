"""How fresh an answer is: when the index last changed, and whether it is behind the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import outbox
from results.engine import engine

INDEXING = frozenset({"search-index", "search-rebuild"})  # kinds of work
PATIENCE = dt.timedelta(seconds=30)


@dataclass(frozen=True)
class Freshness:
    """`is_stale`: something that was published or changed has waited too long to be found. What has ended never waits."""

    updated_at: dt.datetime
    is_stale: bool


def freshness(session: Session, *, now: dt.datetime) -> Freshness:
    """The state of the index. Raises IndexUnavailable."""
    behind = any(
        one.kind in INDEXING and now - one.oldest_due_at > PATIENCE
        for one in outbox.backlogs(session, now=now)
    )
    return Freshness(engine().updated_at(), behind)
