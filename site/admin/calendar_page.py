"""What the page of a year prints: twelve months of days, the closing days of units, the journal of changes."""

from __future__ import annotations

import datetime as dt
from calendar import Calendar as Weeks
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.clocks.calendar import Calendar, Day, DayKind, holiday_name
from models.clocks.calendar_operations import DAY_KIND_LABELS
from models.clocks.calendar_tables import CALENDAR_CHANGE_LABELS, CalendarChange, UnitClosingDay
from models.clocks.tables import CalendarDay, Source
from models.people.tables import Unit
from shared.i18n import in_script, label

NEWEST = 30
MARKS = {DayKind.HOLIDAY: _l("休"), DayKind.MAKEUP: _l("班")}


@dataclass(frozen=True)
class Cell:
    """A day of the year; its classes, a mark that says without colour what it is, and what it is called."""

    day: Day
    classes: str
    mark: str

    @property
    def title(self) -> str:
        return label(holiday_name(self.day.name)) if self.day.name else label(DAY_KIND_LABELS[self.day.kind])


@dataclass(frozen=True)
class Month:
    """Its weeks from Monday; None stands for days of other months."""

    first: dt.date
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True)
class Change:
    """One line of the journal."""

    what: str
    on: dt.date
    unit: str
    detail: str
    reason: str
    actor: str
    at: dt.datetime
    moved: int


def months(session: Session, calendar: Calendar, year: int) -> list[Month]:
    """The twelve months."""
    span = CalendarDay.on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    by_hand = set(session.scalars(select(CalendarDay.on).where(span, CalendarDay.source == Source.ADMIN)))

    def cell(on: dt.date, month: int) -> Cell | None:
        if on.month != month:
            return None
        day = calendar.day(on)
        marks = {"is-by-hand": on in by_hand, "is-provisional": day.is_provisional}
        classes = [f"is-{day.kind.value}", *(name for name, there in marks.items() if there)]
        return Cell(day, " ".join(classes), str(MARKS.get(day.kind, "")))

    weeks = Weeks(firstweekday=0)
    return [
        Month(
            dt.date(year, month, 1),
            [[cell(on, month) for on in week] for week in weeks.monthdatescalendar(year, month)],
        )
        for month in range(1, 13)
    ]


def closing_days(session: Session, year: int) -> list[tuple[Unit, UnitClosingDay]]:
    """The closing days of the year, by day."""
    span = UnitClosingDay.on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
    wanted = select(Unit, UnitClosingDay).join(UnitClosingDay, UnitClosingDay.unit_id == Unit.id).where(span)
    rows = session.execute(wanted.order_by(UnitClosingDay.on, Unit.path)).all()
    return [(unit, closing) for unit, closing in rows]


def changes(session: Session) -> list[Change]:
    """The newest changes."""
    wanted = (
        select(CalendarChange, Unit.name)
        .outerjoin(Unit, Unit.id == CalendarChange.unit_id)
        .order_by(CalendarChange.id.desc())
        .limit(NEWEST)
    )
    return [
        Change(
            what=label(CALENDAR_CHANGE_LABELS[one.kind]),
            on=one.on,
            unit=in_script(name or ""),
            detail=_detail(one),
            reason=one.reason,
            actor=one.actor,
            at=one.at,
            moved=one.moved,
        )
        for one, name in session.execute(wanted)
    ]


def _detail(change: CalendarChange) -> str:
    kinds = {kind.value: label(text) for kind, text in DAY_KIND_LABELS.items()}
    if change.was in kinds and change.becomes in kinds:
        return f"{kinds[change.was]} → {kinds[change.becomes]}"
    return ""
