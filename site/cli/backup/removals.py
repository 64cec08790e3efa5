"""What ended after a backup was made stays ended when that backup is brought back.

The ends are known from two places: the database that is being replaced, and the feed of removals that the site itself
gives out (`/decisions/removals.json`), which somebody who keeps copies will have when the database is lost.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.orm import Session

from cli.backup.manifest import BackupError
from models.decisions.kinds import EndKind
from models.decisions.publication import end_again
from models.decisions.tables import Decision
from models.people.actors import COMMAND
from models.types import now_utc

ENDED = text(
    "SELECT public_id, end_kind, ended_at, withdrawal_reason FROM decisions WHERE ended_at IS NOT NULL"
)


@dataclass(frozen=True)
class Removal:
    """One end: the permanent id, its kind, and the published reason where it is known."""

    public_id: str
    kind: EndKind
    ended_at: dt.datetime
    reason: str | None = None


def removals_here(connection: Connection) -> list[Removal]:
    """The ends that the database knows which is about to be replaced; none where it has no such table."""
    inspector = inspect(connection)
    if not inspector.has_table("decisions"):
        return []
    return [_removal(*row) for row in connection.execute(ENDED)]


def removals_in(path: Path) -> list[Removal]:
    """The ends of a saved feed."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
        return [_removal(one["id"], one["end_kind"], one["ended_at"], None) for one in items]
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupError(f"{path} 读不懂：应当是 /decisions/removals.json 的内容。") from None


def keep_ended(session: Session, removals: list[Removal]) -> int:
    """Ends in the restored database what had ended; returns how many were brought back to their end."""
    done = 0
    for one in removals:
        decision = session.scalar(select(Decision).where(Decision.public_id == one.public_id))
        if decision is not None and decision.ended_at is None:
            end_again(
                session, decision, kind=one.kind, ended_at=one.ended_at, reason=one.reason,
                actor=COMMAND, now=now_utc(),
            )  # fmt: skip
            done += 1
    return done


def _removal(public_id: str, kind: str, ended_at: str | dt.datetime, reason: str | None) -> Removal:
    moment = dt.datetime.fromisoformat(ended_at) if isinstance(ended_at, str) else ended_at
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)  # SQLite forgets the zone
    return Removal(public_id, EndKind(kind), moment, reason)
