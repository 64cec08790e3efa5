"""Work to do after commit: indexing, mail, publication. Rows are written in the transaction of the change itself.

Delivery is at least once: a worker claims a row by a lease, does the work, and marks it done. A worker that dies leaves
a lease that runs out, and another takes the row. So every handler must be idempotent by `key`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, String, Text, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.types import Identifier, UTCDateTime

LEASE = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 8
FIRST_RETRY = dt.timedelta(seconds=10)


class OutboxRow(Base):
    """One piece of work. Waiting while `done_at` and `dead_at` are empty; a dead letter when it failed too often."""

    __tablename__ = "outbox"

    id: Mapped[Identifier]
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120), unique=True, comment="the same work is never queued twice")
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    due_at: Mapped[dt.datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    dead_at: Mapped[dt.datetime | None] = mapped_column(UTCDateTime)
    last_error: Mapped[str | None] = mapped_column(Text, comment="kind of error and place, no personal data")

    __table_args__ = (
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="done_or_dead"),
        Index(
            "ix_outbox_waiting",
            "due_at",
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
        Index(
            "ix_outbox_dead",
            "dead_at",
            sqlite_where=text("dead_at IS NOT NULL"),
            postgresql_where=text("dead_at IS NOT NULL"),
        ),
    )


@dataclass(frozen=True)
class Backlog:
    """The work of one kind that waits, with the moment when the oldest of it was due."""

    kind: str
    rows: int
    oldest_due_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Queued:
    """One piece of work to be queued."""

    kind: str
    key: str
    payload: Mapping[str, Any]


def put_all(session: Session, items: Sequence[Queued], *, now: dt.datetime) -> None:
    """As `put`, for many at once, all due now."""
    if not items:
        return
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    rows = [
        {
            "kind": one.kind,
            "key": one.key,
            "payload": dict(one.payload),
            "created_at": now,
            "due_at": now,
            "attempts": 0,
        }
        for one in items
    ]
    session.execute(insert(OutboxRow.__table__).on_conflict_do_nothing(index_elements=["key"]), rows)  # type: ignore[arg-type]


def put(
    session: Session,
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    now: dt.datetime,
    due_at: dt.datetime | None = None,
) -> None:
    """Queues work of `kind`, due now or at `due_at`. A `key` that was queued before is left as it is."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = {"kind": kind, "key": key, "payload": dict(payload), "created_at": now, "due_at": due_at or now}
    session.execute(
        insert(OutboxRow).values(**row, attempts=0).on_conflict_do_nothing(index_elements=["key"])
    )


def claim(
    session: Session, *, worker: str, now: dt.datetime, limit: int = 50, leaving: Collection[str] = ()
) -> list[OutboxRow]:
    """Takes up to `limit` due rows under a lease for `worker`; the caller commits at once, then works.

    Rows of the kinds in `leaving` are left for another time.

    On PostgreSQL rows that another worker is claiming are skipped; on SQLite the writer's lock lets one in at a time.
    A lease that reaches further than any can was given by a clock that has been set back, and holds nobody.
    """
    until = OutboxRow.claimed_until
    free = or_(until.is_(None), until < now, until > now + 2 * LEASE)
    chosen = (
        select(OutboxRow.id)
        .where(OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None), OutboxRow.due_at <= now, free)
        .where(OutboxRow.kind.not_in(leaving))
        .order_by(OutboxRow.due_at, OutboxRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # SQLite has no such clause and leaves it out
    )
    ids = list(session.scalars(chosen))
    if not ids:
        return []
    lease = {"claimed_by": worker, "claimed_until": now + LEASE, "attempts": OutboxRow.attempts + 1}
    session.execute(update(OutboxRow).where(OutboxRow.id.in_(ids)).values(lease))
    return list(session.scalars(select(OutboxRow).where(OutboxRow.id.in_(ids)).order_by(OutboxRow.id)))


def finish(session: Session, row_id: int, *, worker: str, now: dt.datetime) -> bool:
    """Marks a row done and empties it: a mail that was sent need not lie here for years.

    False when the lease was lost to another worker meanwhile, who will finish it.
    """
    done: dict[str, Any] = {"done_at": now, "claimed_by": None, "claimed_until": None, "payload": {}}
    return _close(session, row_id, worker, done)


def fail(session: Session, row: OutboxRow, *, worker: str, now: dt.datetime, error: str) -> bool:
    """Puts a row back to be tried later (10 s, 20 s, 40 s, …), or among the dead letters after eight tries."""
    values: dict[str, Any] = {"last_error": error[:2000], "claimed_by": None, "claimed_until": None}
    if row.attempts >= MAX_ATTEMPTS:
        values["dead_at"] = now
    else:
        values["due_at"] = now + FIRST_RETRY * 2 ** (row.attempts - 1)
    return _close(session, row.id, worker, values)


def give_back(session: Session, row_id: int, *, worker: str) -> bool:
    """Lets go of a row that was claimed and not begun, as if it had never been claimed."""
    values = {"claimed_by": None, "claimed_until": None, "attempts": OutboxRow.attempts - 1}
    return _close(session, row_id, worker, values)


def revive(session: Session, row_id: int, *, now: dt.datetime) -> bool:
    """Gives a dead letter a new life; for administrators, after the cause is mended."""
    again = {"dead_at": None, "attempts": 0, "due_at": now, "claimed_by": None, "claimed_until": None}
    dead = (OutboxRow.id == row_id, OutboxRow.dead_at.is_not(None))
    return bool(session.execute(update(OutboxRow).where(*dead).values(again)).rowcount)  # type: ignore[attr-defined]


def dead_before(session: Session, *, kind: str, before: dt.datetime, limit: int = 1_000) -> list[OutboxRow]:
    """Dead letters of a kind that died before that moment, oldest first; locked, so that nobody revives them meanwhile."""
    old = (OutboxRow.kind == kind, OutboxRow.dead_at < before)
    found = select(OutboxRow).where(*old).order_by(OutboxRow.dead_at).limit(limit)
    return list(session.scalars(found.with_for_update(skip_locked=True)))


def forget(session: Session, rows: Sequence[OutboxRow]) -> None:
    """Deletes these rows, words and all."""
    session.execute(delete(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows])))


def forget_done(session: Session, *, before: dt.datetime, limit: int = 10_000) -> int:
    """Deletes what was done before that moment, oldest first; returns how many. Their keys could be queued again."""
    old = select(OutboxRow.id).where(OutboxRow.done_at < before).order_by(OutboxRow.id).limit(limit)
    return int(session.execute(delete(OutboxRow).where(OutboxRow.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def dead_letters(session: Session, *, limit: int = 100) -> list[OutboxRow]:
    """The newest dead letters."""
    dead = (
        select(OutboxRow)
        .where(OutboxRow.dead_at.is_not(None))
        .order_by(OutboxRow.dead_at.desc(), OutboxRow.id.desc())
        .limit(limit)
    )
    return list(session.scalars(dead))


def dead(session: Session) -> int:
    """How many dead letters there are."""
    return session.scalar(select(func.count()).where(OutboxRow.dead_at.is_not(None))) or 0


def waiting(session: Session) -> int:
    """How many rows wait to be done."""
    open_rows = (OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None))
    return session.scalar(select(func.count()).select_from(OutboxRow).where(*open_rows)) or 0


def backlogs(session: Session, *, now: dt.datetime) -> Sequence[Backlog]:
    """What is due at `now` and not done, kind by kind."""
    due = (
        select(OutboxRow.kind, func.count(), func.min(OutboxRow.due_at))
        .where(OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None), OutboxRow.due_at <= now)
        .group_by(OutboxRow.kind)
        .order_by(OutboxRow.kind)
    )
    return [Backlog(*row) for row in session.execute(due)]


def anything_due(session: Session, *, now: dt.datetime) -> bool:
    """Whether a worker could claim something, or another one is at something now."""
    open_rows = (OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None), OutboxRow.due_at <= now)
    return session.scalar(select(OutboxRow.id).where(*open_rows).limit(1)) is not None


def _close(session: Session, row_id: int, worker: str, values: Mapping[str, Any]) -> bool:
    mine = (OutboxRow.id == row_id, OutboxRow.claimed_by == worker, OutboxRow.done_at.is_(None))
    return bool(session.execute(update(OutboxRow).where(*mine).values(values)).rowcount)  # type: ignore[attr-defined]
