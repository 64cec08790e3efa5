"""Reads: the deadlines of many subjects in one query, how each stands today, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, joinedload

from models.clocks.calendar import Calendar
from models.clocks.subjects import Numbered, SubjectRef, ref
from models.clocks.tables import CalendarYear, Deadline
from models.clocks.terms import LIGHTS, Light

DUE_SOON_WORKDAYS = 3
NEXT_YEAR_EXPECTED = (11, 1)  # month and day from which next year's notice should be out


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deadline stands on a day. `workdays_left` is 0 on the last safe day and negative once it is late."""

    light: Light
    workdays_left: int
    provisional: bool

    @property
    def label(self) -> str:
        return LIGHTS[self.light]


def deadlines_of(session: Session, subjects: Iterable[Numbered | SubjectRef]) -> dict[int, list[Deadline]]:
    """The deadlines of subjects of one kind, by subject id: open ones first, by end; cancelled ones left out.

    Every subject has an entry, if an empty one.
    """
    wanted = (
        select(Deadline)
        .where(Deadline.cancelled_at.is_(None))
        .options(joinedload(Deadline.suspensions), joinedload(Deadline.open_request))
        .order_by(Deadline.met_at.is_not(None), Deadline.legal_end, Deadline.id)
    )
    return _by_subject(session, subjects, wanted)


def open_deadlines_of(
    session: Session, subjects: Iterable[Numbered | SubjectRef]
) -> dict[int, list[Deadline]]:
    """The same of the open ones alone, without how they were stopped and what was asked for: for a page of many."""
    wanted = select(Deadline).where(is_open()).order_by(Deadline.legal_end, Deadline.id)
    return _by_subject(session, subjects, wanted)


def _by_subject(
    session: Session, subjects: Iterable[Numbered | SubjectRef], wanted: Select[Deadline]
) -> dict[int, list[Deadline]]:
    refs = [ref(subject) for subject in subjects]
    found: dict[int, list[Deadline]] = {target.id: [] for target in refs}
    if not refs:
        return found
    kinds = {target.kind for target in refs}
    if len(kinds) > 1:
        raise ValueError("subjects of one kind at a time: ids of cases and decisions overlap")
    of_these = wanted.where(Deadline.subject_kind == kinds.pop(), Deadline.subject_id.in_(found))
    for deadline in session.scalars(of_these).unique():
        found[deadline.subject_id].append(deadline)
    return found


def is_open() -> ColumnElement[bool]:
    """SQL: neither met nor cancelled."""
    return and_(Deadline.met_at.is_(None), Deadline.cancelled_at.is_(None))


def is_late(now: dt.datetime) -> ColumnElement[bool]:
    """SQL: open, counting, and past its end at `now`."""
    return and_(is_open(), Deadline.paused_from.is_(None), Deadline.due_at <= now)


def light(deadline: Deadline, today: dt.date, calendar: Calendar) -> Standing:
    """How a deadline stands on the Beijing day `today`; a pure question over the row and the calendar."""
    return Standing(_light(deadline, today, calendar), _left(deadline, today, calendar), deadline.provisional)


def published_years(session: Session) -> list[int]:
    """The years whose holiday notice is known."""
    return list(session.scalars(select(CalendarYear.year).order_by(CalendarYear.year)))


def missing_years(session: Session, today: dt.date) -> list[int]:
    """The years that should be known on the Beijing day `today` and are not."""
    needed = {today.year}
    if (today.month, today.day) >= NEXT_YEAR_EXPECTED:
        needed.add(today.year + 1)
    return sorted(needed - set(published_years(session)))


def _light(deadline: Deadline, today: dt.date, calendar: Calendar) -> Light:
    if deadline.cancelled_at:
        return Light.CANCELLED
    if deadline.met_at:
        return Light.MET_LATE if deadline.met_at >= deadline.due_at else Light.MET
    if deadline.paused_from:
        return Light.PAUSED
    if today > deadline.legal_end:
        return Light.LATE
    return Light.DUE_SOON if _left(deadline, today, calendar) <= DUE_SOON_WORKDAYS else Light.IN_TIME


def _left(deadline: Deadline, today: dt.date, calendar: Calendar) -> int:
    """Working days to the last safe day; never negative before the legal end, nor 0 after it."""
    if today > deadline.legal_end:
        return min(calendar.workdays_between(today, deadline.legal_end), -1)
    return max(calendar.workdays_between(today, deadline.alert_on), 0)
