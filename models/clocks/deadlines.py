"""From a rule, a start and what was left out, to the end: a pure computation that never walks day by day.

The first day is not counted. Left-out time pauses the count and never resets it. Three ends are told apart,
because Order 121 Art 45 (法定节假日) and the Civil Code Art 203 (法定休假日) roll a last day differently:
`raw_end` is where the count ends; `legal_end` is rolled past the whole run of days off that holds a statutory
holiday; `alert_on`, the last working day not after `raw_end`, is safe under every reading.

An office that is closed on a working day (`office`, its own calendar) can't take time away from a filer: a limit set by
law runs on and only its alert day comes earlier; a promise of the office itself counts the office's own working days.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from models.clocks.calendar import Calendar
from models.clocks.errors import ExtensionRefused, SuspensionRefused
from models.clocks.explain import ExplainedDay, explain
from models.clocks.rules import Rule
from models.clocks.spans import Span, merged
from models.clocks.terms import REASONS, Unit
from models.errors import Invalid
from models.types import beijing_date, beijing_midnight
from models.wording import Sentence, said

DAY = dt.timedelta(days=1)
HOURS_A_DAY = 24
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Computed:
    """The ends of one deadline, and on demand the account of every day up to `legal_end`.

    `due_at` is the instant from which it is late: the end of `legal_end` in Beijing, or of the last hour.
    """

    rule: Rule
    started_on: dt.date
    suspensions: tuple[Span, ...]
    raw_end: dt.date
    legal_end: dt.date
    alert_on: dt.date
    due_at: dt.datetime
    provisional: bool
    calendar: Calendar

    @cached_property
    def days(self) -> list[ExplainedDay]:
        """Every day from the start to `legal_end`: counted or not, and why."""
        return explain(
            self.rule, self.started_on, self.raw_end, self.legal_end, self.calendar, self.suspensions
        )


def compute(
    rule: Rule,
    start: dt.date | dt.datetime,
    calendar: Calendar,
    suspensions: Iterable[Span] = (),
    extended: int = 0,
    office: Calendar | None = None,
    further: int = 0,
) -> Computed:
    """The ends of `rule` for a start event.

    `start` is an instant, or a Beijing day where the time of day is not known. `suspensions` must have
    reasons that the rule allows; `extended` says how many allowed extensions were granted (True is one).
    `office` is the calendar of the unit that has to act, where it has closing days of its own. `further` is what a
    collective discussion has added beyond the extensions, in the unit of the rule.
    """
    office = office or calendar
    calendar = office if rule.is_local_promise else calendar
    spans = tuple(suspensions)
    check_suspensions(rule, spans)
    length = rule.n + _extra(rule, int(extended)) + further
    started_on = beijing_date(start) if isinstance(start, dt.datetime) else start
    for on in (started_on, *(span.to_on for span in spans)):
        calendar.check(on)
    if rule.unit is Unit.HOURS:
        raw_end = legal_end = _end_of_hours(start, length)
    else:
        raw_end = _end_of_days(rule.unit, length, started_on, calendar, merged(spans))
        legal_end = raw_end if rule.unit is Unit.WORKING_DAYS else rolled(raw_end, calendar)
    return Computed(
        rule=rule,
        started_on=started_on,
        suspensions=spans,
        raw_end=raw_end,
        legal_end=legal_end,
        alert_on=office.workday_on_or_before(raw_end),
        due_at=_due_at(rule, start, length, legal_end),
        provisional=calendar.is_provisional(started_on, legal_end),
        calendar=calendar,
    )


def rolled(raw_end: dt.date, calendar: Calendar) -> dt.date:
    """Order 121 Art 45: a last day among days off that hold a statutory holiday moves past all of them."""
    run = calendar.holiday_run(raw_end)
    return run[1] + DAY if run else raw_end


def check_suspensions(rule: Rule, suspensions: Iterable[Span]) -> None:
    """Refuses, with the article, whatever the rule does not let out of the count."""
    for span in suspensions:
        if span.to_on <= span.from_on:
            raise Invalid(
                said(
                    "中止的结束日 %(to_on)s 应当晚于开始日 %(from_on)s。",
                    to_on=span.to_on,
                    from_on=span.from_on,
                )
            )
        if span.reason not in rule.excluded:
            raise SuspensionRefused(
                said(
                    "%(title)s时限不因“%(reason)s”中止（%(basis)s；可以扣除的：%(allowed)s）。",
                    title=rule.title,
                    reason=REASONS[span.reason],
                    basis=rule.basis,
                    allowed=[REASONS[reason] for reason in rule.excluded] or [said("无")],
                )
            )


def too_often(rule: Rule, times: int) -> Sentence:
    """The refusal of more extensions than the rule allows."""
    return said(
        "%(title)s时限最多延长 %(times)s 次（%(basis)s）。", title=rule.title, times=times, basis=rule.basis
    )


def _extra(rule: Rule, times: int) -> int:
    """Length added by `times` extensions, in the rule's unit."""
    if times == 0:
        return 0
    if rule.extension is None:
        raise ExtensionRefused(
            said("%(title)s时限不得延长（%(basis)s）。", title=rule.title, basis=rule.basis)
        )
    if not 0 < times <= rule.extension.times:
        raise ExtensionRefused(too_often(rule, rule.extension.times))
    return rule.extension.n * times


def _end_of_hours(start: dt.date | dt.datetime, hours: int) -> dt.date:
    """The Beijing day on which the hours run out; from a bare day, at the same time of a later day."""
    if isinstance(start, dt.datetime):
        return beijing_date(start + dt.timedelta(hours=hours))
    return start + dt.timedelta(days=math.ceil(hours / HOURS_A_DAY))


def _due_at(rule: Rule, start: dt.date | dt.datetime, length: int, legal_end: dt.date) -> dt.datetime:
    if rule.unit is Unit.HOURS and isinstance(start, dt.datetime):
        return start + dt.timedelta(hours=length)
    return beijing_midnight(legal_end + DAY)


def _end_of_days(
    unit: Unit, length: int, started_on: dt.date, calendar: Calendar, pauses: list[Span]
) -> dt.date:
    if unit is Unit.MONTHS:
        return _end_of_months(started_on, length, pauses)
    if unit is Unit.WORKING_DAYS:
        return _end_of_count(started_on, length, pauses, calendar.workdays_between, calendar.add_workdays)
    return _end_of_count(started_on, length, pauses, _days_between, _add_days)


def _end_of_count(
    started_on: dt.date,
    length: int,
    pauses: list[Span],
    between: Callable[[dt.date, dt.date], int],
    add: Callable[[dt.date, int], dt.date],
) -> dt.date:
    """The day on which `length` countable days after `started_on`, outside the pauses, are full."""
    cursor, left = started_on, length
    for pause in pauses:
        resumes_after = pause.to_on - DAY
        if resumes_after <= cursor:
            continue
        before_pause = max(cursor, pause.from_on - DAY)
        available = between(cursor, before_pause)
        if available >= left:
            break
        cursor, left = resumes_after, left - available
    return add(cursor, left)


def _end_of_months(started_on: dt.date, months: int, pauses: list[Span]) -> dt.date:
    """The corresponding day (or the month's last, Civil Code Art 202), moved by the paused days before it."""
    years, month = divmod(started_on.month - 1 + months, MONTHS_A_YEAR)
    year, month = started_on.year + years, month + 1
    end = dt.date(year, month, min(started_on.day, monthrange(year, month)[1]))
    for pause in pauses:
        from_on = max(pause.from_on, started_on + DAY)
        if from_on > end:
            break
        end += max(pause.to_on - from_on, dt.timedelta(0))
    return end


def _days_between(after: dt.date, through: dt.date) -> int:
    return (through - after).days


def _add_days(on: dt.date, days: int) -> dt.date:
    return on + dt.timedelta(days=days)
