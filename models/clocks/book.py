"""The calendar and the rules of a database, read once per process and again only when their tokens change."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, SessionTransaction

from models.clocks.calendar import Calendar, KnownDay
from models.clocks.calendar_tables import UnitClosingDay
from models.clocks.holiday_notices import number_for, number_in
from models.clocks.rules import Rule, RuleBook
from models.clocks.seeds import computed_days
from models.clocks.tables import CalendarDay, CalendarYear, ClockRevision, ClockRule, Deadline, Source
from models.wording import Sentence, said

CALENDAR = "calendar"
RULES = "rules"

T = TypeVar("T")

_IN_SESSION = "huhang_clock_book"


class _Shelf(Generic[T]):
    """The last few things that were read, by token; a process rarely sees more than one database."""

    SIZE = 4

    def __init__(self) -> None:
        self._things: dict[str, T] = {}
        self._lock = threading.Lock()

    def get(self, token: str, read: Callable[[], T]) -> T:
        """What is kept under `token`, or else what `read` gives; without a token nothing is kept."""
        with self._lock:
            if token in self._things:
                return self._things[token]
        thing = read()
        if token:
            with self._lock:
                self._things[token] = thing
                while len(self._things) > self.SIZE:
                    del self._things[next(iter(self._things))]
        return thing


_calendars: _Shelf[Calendars] = _Shelf()
_rule_books: _Shelf[RuleBook] = _Shelf()


@dataclass(frozen=True, slots=True)
class Calendars:
    """The country's calendar with the notices it is known from, and those of units with closing days."""

    country: Calendar
    offices: Mapping[int, Calendar]
    sources: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Book:
    """What a deadline is computed from."""

    calendar: Calendar
    rules: RuleBook
    offices: Mapping[int, Calendar] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)

    def office(self, unit_id: int | None) -> Calendar:
        """The calendar of a unit: the country's, less the unit's own closing days."""
        return self.offices.get(unit_id, self.calendar) if unit_id else self.calendar

    def notices(self, since: dt.date, until: dt.date) -> list[Sentence]:
        """Where the days off of these days are known from: "2026年：…", a year a line."""
        years = range(since.year, until.year + 1)
        return [
            said("%(year)s年：%(source)s", year=year, source=self.sources[year])
            for year in years
            if year in self.sources
        ]

    def rule_of(self, deadline: Deadline) -> Rule:
        """The rule version that binds a deadline."""
        return self.rules.version(deadline.rule_id, deadline.version)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A book is good for the transaction that asked for it, so that a page asks once."""

    transaction: SessionTransaction | None
    book: Book


def book(session: Session) -> Book:
    """The calendar and the rules: one small query per transaction, more only after a change."""
    seen: _Seen | None = session.info.get(_IN_SESSION)
    if seen and seen.transaction is session.get_transaction():
        return seen.book
    tokens = {row.name: row.token for row in session.execute(select(ClockRevision.name, ClockRevision.token))}
    calendars = _calendars.get(tokens.get(CALENDAR, ""), lambda: _read_calendar(session))
    rules = _rule_books.get(tokens.get(RULES, ""), lambda: _read_rules(session))
    found = Book(calendars.country, rules, calendars.offices, calendars.sources)
    session.info[_IN_SESSION] = _Seen(session.get_transaction(), found)
    return found


def touch(session: Session, name: str) -> None:
    """Says that the calendar or the rules have changed. The token is random, so no two states share one."""
    session.info.pop(_IN_SESSION, None)
    session.merge(ClockRevision(name=name, token=secrets.token_hex(8)))
    session.flush()


def _read_calendar(session: Session) -> Calendars:
    sources = {
        row.year: row.source for row in session.execute(select(CalendarYear.year, CalendarYear.source))
    }
    days = session.scalars(select(CalendarDay))
    known = {day.on: KnownDay(day.kind, day.name, _notice(day)) for day in days}
    country = Calendar(known, list(sources), computed_days)
    closed: dict[int, dict[dt.date, str]] = {}
    for row in session.execute(select(UnitClosingDay.unit_id, UnitClosingDay.on, UnitClosingDay.reason)):
        closed.setdefault(row.unit_id, {})[row.on] = row.reason
    return Calendars(country, {unit: country.of_office(days) for unit, days in closed.items()}, sources)


def _notice(day: CalendarDay) -> str:
    """What an administrator set rests on nothing but the reason given with it."""
    return number_in(day.note) or (number_for(day.on) if day.source is Source.FILE else "")


def _read_rules(session: Session) -> RuleBook:
    return RuleBook(row.as_rule() for row in session.scalars(select(ClockRule)))
