"""Verbs that change the calendar: a day, a year's notice, the closing days of a unit.

Each computes the open deadlines that it touches anew in the same transaction, writes the journal, and gives back what
moved, so that the handlers can be told (`models.supervision.telling`).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.clocks.book import CALENDAR, book, touch
from models.clocks.calendar import SATURDAY, DayKind
from models.clocks.calendar_tables import CalendarChange, CalendarChangeKind, UnitClosingDay
from models.clocks.holiday_files import HolidayNotice
from models.clocks.loading import import_notice
from models.clocks.recompute import Move, recompute_open
from models.clocks.tables import CalendarDay, Source
from models.errors import ActRefused, Invalid
from models.ledger.operations import Acts, record
from models.people.tables import Unit
from models.wording import Sentence, said

LONGEST_NAME = 80


def set_day(
    session: Session,
    *,
    on: dt.date,
    kind: DayKind,
    name: str,
    reason: str,
    actor: Acts,
    now: dt.datetime,
) -> list[Move]:
    """Makes `on` a holiday, a make-up workday, an ordinary workday or an ordinary day off, for a reason.

    A yearly notice that is imported later leaves the day as it was set here.
    """
    why = _reason(reason)
    label = _name(kind, name, on)
    was = book(session).calendar.day(on)
    if (was.kind, was.name) == (kind, label):
        raise Invalid("这一天已经是这样，没有变化。", {"kind": said("没有变化。")})
    row = session.get(CalendarDay, on) or CalendarDay(on=on)
    row.kind, row.name, row.source, row.note, row.changed_at = kind, label, Source.ADMIN, why, now
    session.add(row)
    touch(session, CALENDAR)
    moves = recompute_open(
        session,
        why=said("%(day)s 改为“%(kind)s”：%(reason)s", day=on, kind=row_label(kind, label), reason=why),
        since=on,
        now=now,
    )
    change = CalendarChange(kind=CalendarChangeKind.DAY, on=on, was=was.kind, becomes=kind, reason=why)
    _journal(session, change, moves, actor, now)
    return moves


def take_notice(session: Session, *, notice: HolidayNotice, actor: Acts, now: dt.datetime) -> list[Move]:
    """Imports a year's notice; see `loading.import_notice`."""
    moves = import_notice(session, notice, now=now)
    change = CalendarChange(
        kind=CalendarChangeKind.NOTICE, on=dt.date(notice.year, 1, 1), becomes="notice", reason=notice.source
    )
    _journal(session, change, moves, actor, now)
    return moves


def close_unit(
    session: Session, *, unit: Unit, on: dt.date, reason: str, actor: Acts, now: dt.datetime
) -> list[Move]:
    """停办: the unit is closed on a working day. Limits set by law keep their end; see decision record 0006."""
    why = _reason(reason)
    if len(why) > LONGEST_NAME:
        raise Invalid("停办的原因太长。", {"reason": said("最多 %(most)s 个字。", most=LONGEST_NAME)})
    if not book(session).calendar.is_workday(on):
        raise Invalid(
            said("%(day)s 本来就不上班，不需要登记停办。", day=on), {"on": said("这一天不是工作日。")}
        )
    if session.get(UnitClosingDay, (unit.id, on)):
        raise Invalid(
            said("%(unit)s %(day)s 已经登记停办。", unit=unit.name, day=on), {"on": said("已经登记。")}
        )
    session.add(UnitClosingDay(unit_id=unit.id, on=on, reason=why))
    return _unit_changed(session, CalendarChangeKind.CLOSING, unit, on, why, actor, now)


def open_unit(
    session: Session, *, unit: Unit, on: dt.date, reason: str, actor: Acts, now: dt.datetime
) -> list[Move]:
    """Takes a closing day back."""
    why = _reason(reason)
    closing = session.get(UnitClosingDay, (unit.id, on))
    if closing is None:
        raise ActRefused(said("%(unit)s %(day)s 没有登记停办。", unit=unit.name, day=on))
    session.delete(closing)
    return _unit_changed(session, CalendarChangeKind.OPENING, unit, on, why, actor, now)


def row_label(kind: DayKind, name: str) -> Sentence:
    """How the journal calls a day: 法定节假日：国庆节."""
    label = said(DAY_KIND_LABELS[kind])
    return said("%(kind)s：%(name)s", kind=label, name=name) if name else label


DAY_KIND_LABELS: dict[DayKind, str] = {
    DayKind.HOLIDAY: "放假",
    DayKind.MAKEUP: "调休补班",
    DayKind.WORKDAY: "普通工作日",
    DayKind.WEEKEND: "普通休息日",
}


def _unit_changed(
    session: Session,
    kind: CalendarChangeKind,
    unit: Unit,
    on: dt.date,
    why: str,
    actor: Acts,
    now: dt.datetime,
) -> list[Move]:
    touch(session, CALENDAR)
    figures = {"unit": unit.name, "day": on, "reason": why}
    if kind is CalendarChangeKind.CLOSING:
        moved_by = said("%(unit)s %(day)s 停办：%(reason)s", **figures)
    else:
        moved_by = said("%(unit)s %(day)s 取消停办：%(reason)s", **figures)
    moves = recompute_open(session, why=moved_by, since=on, now=now, unit_id=unit.id)
    _journal(session, CalendarChange(kind=kind, on=on, unit_id=unit.id, reason=why), moves, actor, now)
    return moves


def _journal(
    session: Session, change: CalendarChange, moves: list[Move], actor: Acts, now: dt.datetime
) -> None:
    change.actor, change.at, change.moved = actor.ledger_name, now, len(moves)
    session.add(change)
    session.flush()
    data = {"on": change.on.isoformat(), "was": change.was or "", "becomes": change.becomes or ""}
    record(
        session,
        act=f"calendar.{change.kind}",
        subject=change,
        actor=actor,
        now=now,
        data={**data, "unit": change.unit_id, "moved": len(moves)},
    )


def _reason(text: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise Invalid("请写明原因和依据。", {"reason": said("请写明原因和依据，例如通知的名称和文号。")})
    return tidy


def _name(kind: DayKind, name: str, on: dt.date) -> str:
    """The holiday's name; ordinary days have none."""
    tidy = name.strip()
    if kind is DayKind.WEEKEND and on.weekday() < SATURDAY:
        raise Invalid(
            said("%(day)s 是周一至周五，放假请选“放假”。", day=on),
            {"kind": said("周一至周五放假请选“放假”。")},
        )
    if kind in (DayKind.WORKDAY, DayKind.WEEKEND):
        return ""
    if not tidy or len(tidy) > LONGEST_NAME:
        raise Invalid(
            "请填写节日名称。",
            {"name": said("请填写节日名称，最多 %(most)s 个字，例如国庆节。", most=LONGEST_NAME)},
        )
    return tidy
