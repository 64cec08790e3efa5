"""Reading the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger.chain import Finding, check
from models.ledger.tables import LedgerEvent

_BATCH = 5_000


def events_of(session: Session, *, subject_kind: str, subject_id: str) -> list[LedgerEvent]:
    """All events of one object, oldest first."""
    wanted = (LedgerEvent.subject_kind == subject_kind, LedgerEvent.subject_id == subject_id)
    return list(session.scalars(select(LedgerEvent).where(*wanted).order_by(LedgerEvent.id)))


def all_events(session: Session) -> Iterator[LedgerEvent]:
    """Every event in the order of its number, in batches, so that memory stays the same however many there are."""
    last = 0
    while batch := list(
        session.scalars(
            select(LedgerEvent).where(LedgerEvent.id > last).order_by(LedgerEvent.id).limit(_BATCH)
        )
    ):
        yield from batch
        last = batch[-1].id
        session.expunge_all()


def verify(session: Session) -> Iterator[Finding]:
    """Yields what is wrong with the chain; nothing when it is whole."""
    return check(all_events(session))


def latest(session: Session, *, before: int | None = None, limit: int = 50) -> list[LedgerEvent]:
    """The newest events, newest first; with `before`, those older than that number."""
    newest = select(LedgerEvent).order_by(LedgerEvent.id.desc()).limit(limit)
    return list(session.scalars(newest.where(LedgerEvent.id < before) if before else newest))
