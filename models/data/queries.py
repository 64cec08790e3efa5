"""Which files there are, and whether one may still be given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from models.data.tables import DataFile
from models.decisions.corrections.tables import Correction
from models.decisions.queries import is_public
from models.decisions.tables import Decision
from models.types import beijing_date, beijing_midnight

ROWS_AT_ONCE = 500
ONE_DAY = dt.timedelta(days=1)
Days = tuple[dt.date | None, dt.date | None]  # first and last day of publication; None: open


def data_file(session: Session, name: str) -> DataFile | None:
    """The file of that name."""
    return session.scalar(select(DataFile).where(DataFile.name == name))


def data_files(session: Session) -> list[DataFile]:
    """All files, the newest names first."""
    return list(session.scalars(select(DataFile).order_by(DataFile.name.desc())))


def how_many_ended(session: Session, days: Days) -> int:
    """How often something of the decisions published on these days was public and is not any more: ends and corrections."""
    ended = (Decision.ended_at.is_not(None), Decision.published_at.is_not(None), *_within(days))
    corrected = (Correction.decision_id == Decision.id, Correction.confirmed_at.is_not(None), *_within(days))
    counts = (select(func.count()).where(*where).scalar_subquery() for where in (ended, corrected))
    return session.scalar(select(sum(counts, literal(0)))) or 0


def is_stale(session: Session, file: DataFile, *, today: dt.date) -> bool:
    """Whether it may hold something that is no longer public, and must be made anew before anybody gets it.

    Ends are counted, not compared by time: one that is committed late must not slip behind a file that was made meanwhile.
    """
    is_over = file.good_until_on is not None and file.good_until_on < today
    return is_over or file.ended_seen != how_many_ended(session, (file.covers_from, file.covers_to))


def ended_publications(session: Session) -> list[dt.date]:
    """The days on which what has ended, or was corrected, was published, ascending: to hold against many files at once."""
    ended = (Decision.ended_at.is_not(None), Decision.published_at.is_not(None))
    corrected = (Correction.decision_id == Decision.id, Correction.confirmed_at.is_not(None))
    moments = [
        at
        for where in (ended, corrected)
        for at in session.scalars(select(Decision.published_at).where(*where))
    ]
    return sorted(beijing_date(at) for at in moments if at is not None)


def first_publication(session: Session) -> dt.date | None:
    """The day on which the first decision was published."""
    first = session.scalar(select(func.min(Decision.published_at)))
    return beijing_date(first) if first else None


def publications_changed_since(session: Session, moment: dt.datetime) -> set[dt.date]:
    """The days of publication of decisions that were changed since."""
    changed = (Decision.updated_at >= moment, Decision.published_at.is_not(None))
    return {
        beijing_date(at)
        for at in session.scalars(select(Decision.published_at).where(*changed))
        if at is not None
    }


def public_in_order(session: Session, *, today: dt.date, days: Days) -> Iterator[Decision]:
    """Public decisions published on these days, in the order of their ids, a batch at a time."""
    last = 0
    while True:
        batch = select(Decision).where(is_public(today), Decision.id > last, *_within(days))
        found = list(session.scalars(batch.order_by(Decision.id).limit(ROWS_AT_ONCE)))
        if not found:
            return
        yield from found
        last = found[-1].id
        session.expunge_all()


def changed_on(session: Session, *, day: dt.date, today: dt.date) -> Iterator[tuple[str, Decision]]:
    """What happened on a day, one line a record: ADD or MOD with what is public now, DEL for what has ended."""
    start, stop = beijing_midnight(day), beijing_midnight(day + ONE_DAY)
    added = (Decision.published_at >= start) & (Decision.published_at < stop)
    modified = (Decision.published_at < start) & (Decision.updated_at >= start) & (Decision.updated_at < stop)
    public = select(Decision).where(is_public(today), added | modified).order_by(Decision.id)
    for decision in session.scalars(public):
        is_new = decision.published_at is not None and decision.published_at >= start
        yield ("ADD" if is_new else "MOD"), decision
    ended = (Decision.ended_at >= start, Decision.ended_at < stop, Decision.published_at.is_not(None))
    for decision in session.scalars(select(Decision).where(*ended).order_by(Decision.id)):
        yield "DEL", decision


def _within(days: Days) -> list[ColumnElement[bool]]:
    """SQL: published on these Beijing days."""
    first, last = days
    found = [] if first is None else [Decision.published_at >= beijing_midnight(first)]
    return found + ([] if last is None else [Decision.published_at < beijing_midnight(last + ONE_DAY)])
