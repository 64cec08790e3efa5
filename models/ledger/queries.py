"""Reading the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, cast

from sqlalchemy import Dialect, String, TypeDecorator, select, type_coerce
from sqlalchemy.orm import Session

from models.ledger.chain import Event, Finding, check
from models.ledger.tables import LedgerEvent

_BATCH = 5_000


class _AsStored(TypeDecorator[Any]):
    """An instant as it stands in the table, even where somebody put there what is none: the check has to name it."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if isinstance(value, str):  # SQLite
            try:
                value = dt.datetime.fromisoformat(value)
            except ValueError:
                return value
        if isinstance(value, dt.datetime) and value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value


_BY_NUMBER = (
    select(
        LedgerEvent.id,
        type_coerce(LedgerEvent.at, _AsStored).label("at"),
        LedgerEvent.actor,
        LedgerEvent.act,
        LedgerEvent.subject_kind,
        LedgerEvent.subject_id,
        LedgerEvent.data,
        LedgerEvent.previous_hash,
        LedgerEvent.hash,
    )
    .order_by(LedgerEvent.id)
    .limit(_BATCH)
)


def events_of(session: Session, *, subject_kind: str, subject_id: str) -> list[LedgerEvent]:
    """All events of one object, oldest first."""
    wanted = (LedgerEvent.subject_kind == subject_kind, LedgerEvent.subject_id == subject_id)
    return list(session.scalars(select(LedgerEvent).where(*wanted).order_by(LedgerEvent.id)))


def all_events(session: Session) -> Iterator[Event]:
    """Every event in the order of its number, in batches, so that memory stays the same however many there are."""
    last = 0
    while batch := session.execute(_BY_NUMBER.where(LedgerEvent.id > last)).all():
        yield from cast(Sequence[Event], batch)
        last = batch[-1].id


def verify(session: Session) -> Iterator[Finding]:
    """Yields what is wrong with the chain; nothing when it is whole."""
    return check(all_events(session))


def latest(session: Session, *, before: int | None = None, limit: int = 50) -> list[LedgerEvent]:
    """The newest events, newest first; with `before`, those older than that number."""
    newest = select(LedgerEvent).order_by(LedgerEvent.id.desc()).limit(limit)
    return list(session.scalars(newest.where(LedgerEvent.id < before) if before else newest))
