"""Filling the calendar and the rules, over and over without harm. What an administrator wrote is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from models.clocks.book import CALENDAR, RULES, touch
from models.clocks.calendar import KnownDay
from models.clocks.errors import RuleFileError
from models.clocks.holiday_files import HolidayNotice
from models.clocks.promises import keep_promise, lengths
from models.clocks.recompute import Move, recompute_open
from models.clocks.rule_files import RULE_FOLDER, read_rules
from models.clocks.rules import Rule
from models.clocks.seeds import seeded_days, seeded_source, seeded_years
from models.clocks.tables import CalendarDay, CalendarYear, ClockRule, Source
from models.people.profiles import Promises
from models.types import beijing_date, now_utc
from models.wording import said

# What a released version may never change; the rest are words about it, or the day of its end.
BINDING = ("n", "unit", "start_event", "extension", "excluded", "in_force_from")


def load_calendar(
    session: Session, *, now: dt.datetime | None = None, moved: list[Move] | None = None
) -> list[int]:
    """Adds the years that the installed seed covers and the database lacks; gives them back.

    Open deadlines that such a year touches are computed anew; those that move are added to `moved`.
    """
    at = now or now_utc()
    years = sorted(set(seeded_years()) - set(session.scalars(select(CalendarYear.year))))
    if not years:
        return []
    source = seeded_source()
    session.add_all(CalendarYear(year=year, source=source, loaded_at=at) for year in years)
    _write_days(
        session, {on: day for on, day in seeded_days().items() if on.year in years}, note=source, now=at
    )
    touch(session, CALENDAR)
    why = said(
        "工作日历补入 %(first)s—%(last)s 年（%(source)s）", first=years[0], last=years[-1], source=source
    )
    moves = recompute_open(session, why=why, since=dt.date(years[0], 1, 1), now=at)
    if moved is not None:
        moved += moves
    return years


def import_notice(session: Session, notice: HolidayNotice, *, now: dt.datetime) -> list[Move]:
    """Takes a year's notice in the place of what was known of that year; gives back the deadlines that moved."""
    from_file = (CalendarDay.source == Source.FILE, CalendarDay.on.between(*_bounds(notice.year)))
    session.execute(delete(CalendarDay).where(*from_file))
    _write_days(session, notice.days, note=notice.source, now=now)
    session.merge(CalendarYear(year=notice.year, source=notice.source, loaded_at=now))
    touch(session, CALENDAR)
    why = said("%(year)s 年节假日安排（%(source)s）", year=notice.year, source=notice.source)
    since = min(dt.date(notice.year, 1, 1), *notice.days)
    return recompute_open(session, why=why, since=since, now=now)


def load_rules(
    session: Session,
    directory: Path = RULE_FOLDER,
    *,
    promises: Promises | None = None,
    now: dt.datetime | None = None,
) -> list[str]:
    """Brings the rule versions of the files in; gives back the ids of those that are new or reworded.

    A released version keeps its length, its start and its force date for ever; changing one in a file is refused.
    With the `promises` of the bureau's profile, the local rules are as long as the bureau promises.
    """
    rows = {(row.rule_id, row.version): row for row in session.scalars(select(ClockRule))}
    promised = lengths(promises) if promises else {}
    today = beijing_date(now or now_utc())
    changed, errors = [], {}
    for rule in read_rules(directory):
        row = rows.get((rule.id, rule.version))
        if rule.id in promised:
            versions = [rows[key] for key in sorted(rows) if key[0] == rule.id]
            if keep_promise(session, rule, versions, promised[rule.id], today):
                changed.append(rule.id)
            continue
        if row is None:
            session.add(ClockRule.of(rule))
        elif row.source is Source.ADMIN:
            errors[rule.id] = f"第 {rule.version} 版已由管理员录入，文件中应另立版本"
            continue
        elif row.as_rule() == rule:
            continue
        elif _binds_differently(row.as_rule(), rule):
            errors[rule.id] = f"第 {rule.version} 版已经发布，期限、起算和施行日期不得改写，应另立版本"
            continue
        else:
            row.take(rule)
        changed.append(rule.id)
    if errors:
        raise RuleFileError("时限规则与数据库中已发布的版本不一致。", errors)
    if changed:
        session.flush()
        touch(session, RULES)
    return changed


def _binds_differently(one: Rule, other: Rule) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in BINDING)


def _write_days(session: Session, days: Mapping[dt.date, KnownDay], *, note: str, now: dt.datetime) -> None:
    """Writes days that an administrator has not set."""
    by_hand = set(session.scalars(select(CalendarDay.on).where(CalendarDay.source == Source.ADMIN)))
    written = sorted(set(days) - by_hand)
    session.execute(delete(CalendarDay).where(CalendarDay.on.in_(written)))
    if written:
        common = {"source": Source.FILE, "note": note, "changed_at": now}
        rows = [{"on": on, "kind": days[on].kind, "name": days[on].name, **common} for on in written]
        session.execute(insert(CalendarDay), rows)


def _bounds(year: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
