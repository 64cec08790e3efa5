"""Reading the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Select,
    String,
    TypeDecorator,
    func,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from models.ledger.chain import Event, Finding, check
from models.ledger.tables import LedgerEvent

_BATCH = 5_000


class _Written(TypeDecorator[Any]):
    """An instant read from its text, or the text itself where somebody put what is none: the check has to name it."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        try:
            return dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
        except (TypeError, ValueError):
            return value


def events_of(session: Session, *, subject_kind: str, subject_id: str) -> list[LedgerEvent]:
    """All events of one object, oldest first."""
    wanted = (LedgerEvent.subject_kind == subject_kind, LedgerEvent.subject_id == subject_id)
    return list(session.scalars(select(LedgerEvent).where(*wanted).order_by(LedgerEvent.id)))


def all_events(session: Session) -> Iterator[Event]:
    """Every event in the order of its number, in batches, so that memory stays the same however many there are."""
    ordered = _all_columns(session).order_by(LedgerEvent.id).limit(_BATCH)
    last = 0
    while batch := session.execute(ordered.where(LedgerEvent.id > last)).all():
        yield from cast(Sequence[Event], batch)
        last = batch[-1].id


def verify(session: Session) -> Iterator[Finding]:
    """Yields what is wrong with the chain; nothing when it is whole."""
    return check(all_events(session))


def latest(
    session: Session,
    *,
    before: int | None = None,
    limit: int = 50,
    of: tuple[str, str] | None = None,
    acts: Collection[str] | None = None,
    actor: str = "",
) -> list[LedgerEvent]:
    """The newest events, newest first; `before`: older than that number, `of`: about one object, by kind and id.

    `acts`: one of these acts only, `actor`: by one who acts, as the ledger names them. Each is read from its index, newest
    first, so that a page costs the same in a ledger of millions; of several acts each gives its own newest.
    """
    wanted: list[ColumnElement[bool]] = [LedgerEvent.id < before] if before else []
    if of:
        wanted += [LedgerEvent.subject_kind == of[0], LedgerEvent.subject_id == of[1]]
    if actor:
        wanted.append(LedgerEvent.actor == actor)
    newest = select(LedgerEvent).order_by(LedgerEvent.id.desc()).limit(limit)
    if acts is None:
        return list(session.scalars(newest.where(*wanted)))
    if not acts:
        return []
    each = (
        select(LedgerEvent.id)
        .where(LedgerEvent.act == act, *wanted)
        .order_by(LedgerEvent.id.desc())
        .limit(limit)
        .subquery()
        for act in acts
    )
    ids = union_all(*(select(one.c.id) for one in each))
    return list(session.scalars(newest.where(LedgerEvent.id.in_(ids))))


def acts_noted(session: Session) -> list[str]:
    """The acts that occur in the ledger, in order: from each the index leads to the next, however many events there are."""
    first = select(func.min(LedgerEvent.act).label("act")).cte("noted", recursive=True)
    after = select(func.min(LedgerEvent.act)).where(LedgerEvent.act > first.c.act).scalar_subquery()
    noted = first.union_all(select(after).where(first.c.act.is_not(None)))
    return list(session.scalars(select(noted.c.act).where(noted.c.act.is_not(None)).order_by(noted.c.act)))


def _all_columns(session: Session) -> Select[Any]:
    at: ColumnElement[Any] = LedgerEvent.__table__.c.at
    if session.get_bind().dialect.name == "postgresql":
        at = func.to_char(func.timezone("UTC", at), 'YYYY-MM-DD"T"HH24:MI:SS.US')
    others = [column for column in LedgerEvent.__table__.columns if column.name != "at"]
    return select(type_coerce(at, _Written).label("at"), *others)
