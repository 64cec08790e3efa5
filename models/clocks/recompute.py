"""Computing deadlines anew from what they are derived from, with a journal of those that moved.

One after a suspension or an extension; all open ones that a changed calendar can touch, in bulk.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from models.clocks.book import Book, book
from models.clocks.deadlines import Computed, compute
from models.clocks.spans import Span
from models.clocks.subjects import SubjectRef
from models.clocks.tables import Deadline, DeadlineChange, Suspension, take_ends
from models.clocks.terms import Unit
from models.wording import Sentence

AT_A_TIME = 5_000
# A changed day can make the run of days off around an earlier raw end longer, never by more than this.
LONGEST_RUN = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline whose end, or whose certainty, has changed."""

    deadline_id: int
    subject: SubjectRef
    rule_id: str
    old_end: dt.date
    new_end: dt.date
    was_provisional: bool
    is_provisional: bool


def recompute_open(
    session: Session, *, why: Sentence, since: dt.date, now: dt.datetime, unit_id: int | None = None
) -> list[Move]:
    """Computes every open deadline anew that days from `since` on can touch; journals and gives back the moved.

    With `unit_id` only those of that unit: its closing days have changed.
    """
    session.flush()
    found = book(session)
    moves: list[Move] = []
    last_id = 0
    while rows := _next(session, since, last_id, unit_id):
        last_id = rows[-1].id
        spans = _spans(session, rows[0].id, last_id)
        moved = [(row, ends) for row in rows if _moved(row, ends := _ends(row, spans[row.id], found))]
        if moved:
            session.execute(update(Deadline), [_new_values(row, ends) for row, ends in moved])
            session.execute(insert(DeadlineChange), [_entry(row, ends, why, now) for row, ends in moved])
        moves += [_move(row, ends) for row, ends in moved]
    if moves:
        _forget_old_ends(session)
    return moves


def recount(session: Session, deadline: Deadline) -> Computed:
    """The ends of one deadline by its rule version, its start, its closed suspensions and its extensions."""
    spans = [span for suspension in deadline.suspensions if (span := suspension.span())]
    return _ends(deadline, spans, book(session))


def recompute(session: Session, deadline: Deadline, *, why: Sentence, now: dt.datetime) -> Computed:
    """Writes the ends of one deadline anew and journals the change."""
    session.flush()
    ends = recount(session, deadline)
    if _moved(deadline, ends):
        session.add(DeadlineChange(**_entry(deadline, ends, why, now)))
        take_ends(deadline, ends)
    return ends


def _next(session: Session, since: dt.date, last_id: int, unit_id: int | None) -> Sequence[Row[Any]]:
    wanted = (
        select(*Deadline.__table__.columns)
        .where(
            Deadline.id > last_id,
            Deadline.met_at.is_(None),
            Deadline.cancelled_at.is_(None),
            Deadline.legal_end >= max(since, dt.date.min + LONGEST_RUN) - LONGEST_RUN,
        )
        .order_by(Deadline.id)
        .limit(AT_A_TIME)
    )
    if unit_id is not None:
        wanted = wanted.where(Deadline.unit_id == unit_id)
    return session.execute(wanted).all()


def _spans(session: Session, first_id: int, last_id: int) -> defaultdict[int, list[Span]]:
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    closed = (Suspension.deadline_id.between(first_id, last_id), Suspension.to_on.is_not(None))
    for suspension in session.scalars(select(Suspension).where(*closed)):
        if span := suspension.span():
            spans[suspension.deadline_id].append(span)
    return spans


def _ends(row: Row[Any] | Deadline, spans: Sequence[Span], found: Book) -> Computed:
    rule = found.rules.version(row.rule_id, row.version)
    start = row.started_at if rule.unit is Unit.HOURS else row.started_on
    return compute(rule, start, found.calendar, spans, row.extended, found.office(row.unit_id), row.further_n)


def _moved(row: Row[Any] | Deadline, ends: Computed) -> bool:
    old = (row.raw_end, row.legal_end, row.alert_on, row.provisional)
    return old != (ends.raw_end, ends.legal_end, ends.alert_on, ends.provisional)


def _new_values(row: Row[Any], ends: Computed) -> dict[str, Any]:
    return {
        "id": row.id,
        "raw_end": ends.raw_end,
        "legal_end": ends.legal_end,
        "alert_on": ends.alert_on,
        "due_at": ends.due_at,
        "provisional": ends.provisional,
    }


def _entry(row: Row[Any] | Deadline, ends: Computed, why: Sentence, now: dt.datetime) -> dict[str, Any]:
    return {
        "deadline_id": row.id,
        "at": now,
        "why": str(why),
        "words": why.document(),
        "old_legal_end": row.legal_end,
        "new_legal_end": ends.legal_end,
        "was_provisional": row.provisional,
        "is_provisional": ends.provisional,
    }


def _move(row: Row[Any], ends: Computed) -> Move:
    subject = SubjectRef(row.subject_kind, row.subject_id)
    dates = (row.legal_end, ends.legal_end)
    return Move(row.id, subject, row.rule_id, *dates, row.provisional, ends.provisional)


def _forget_old_ends(session: Session) -> None:
    """Objects that the session holds are read again when next asked for."""
    for thing in session.identity_map.values():
        if isinstance(thing, Deadline):
            session.expire(thing)
