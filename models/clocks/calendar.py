"""The working-day calendar: known days over the plain week, arranged so that counting never walks day by day.

A year is *published* when the State Council's yearly notice for it is known: then every day that it doesn't
name is an ordinary weekday or weekend. For later years the statutory holidays are computed and every day is
provisional 暂定.
"""

from __future__ import annotations

import datetime as dt
import enum
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType

from models.clocks.errors import OutsideCalendar
from models.clocks.holiday_notices import cited
from models.wording import Sentence, said

SATURDAY = 5
YEARS_BEYOND_PUBLISHED = 8


class DayKind(enum.StrEnum):
    """What a day is, and thereby whether it is worked."""

    WORKDAY = "workday"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def is_worked(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKEUP)


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that deviates from the plain week: a holiday, or a make-up workday.

    `name` is the holiday's, `notice` the document number of the notice that says so, where it is known.
    """

    kind: DayKind
    name: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the calendar sees it."""

    on: dt.date
    kind: DayKind
    name: str
    is_provisional: bool
    closed: str = ""  # why the office is closed on a working day
    notice: str = ""

    @property
    def is_worked(self) -> bool:
        return self.kind.is_worked and not self.closed

    @property
    def why(self) -> Sentence:
        """Why the day is worked or not: 周末, 法定节假日：国庆节（国办发明电〔2025〕7号）, 调休补班：国庆节."""
        if self.closed:
            return said("本机构停办：%(reason)s", reason=self.closed)
        found = said(_WHY[self.kind])
        if self.name:
            found = said("%(kind)s：%(name)s", kind=found, name=holiday_name(self.name))
        if self.notice:
            found = said("%(day)s（%(notice)s）", day=found, notice=cited(self.notice))
        return said("%(day)s（暂定）", day=found) if self.is_provisional else found


_WHY = {
    DayKind.WORKDAY: "工作日",
    DayKind.MAKEUP: "调休补班",
    DayKind.WEEKEND: "周末",
    DayKind.HOLIDAY: "法定节假日",
}

GIVEN_BACK = "（补假）"


def holiday_name(name: str) -> str:
    """The name of a holiday; computed calendars mark days given back for a weekend as 补假."""
    if name.endswith(GIVEN_BACK):
        return said("%(name)s（补假）", name=name.removesuffix(GIVEN_BACK))
    return name


Fallback = Callable[[int], Mapping[dt.date, KnownDay]]


class Calendar:
    """Working days from the first published year to the end of the eighth year after the last one."""

    def __init__(
        self,
        known: Mapping[dt.date, KnownDay],
        published: Collection[int],
        fallback: Fallback,
        closed: Mapping[dt.date, str] = MappingProxyType({}),
    ) -> None:
        """`known` are the deviating days, `published` the years known in full, `fallback` computes others.

        `closed` are working days on which one office is closed, and why: then it is that office's calendar.
        """
        if not published:
            raise OutsideCalendar("工作日历是空的：尚未导入任何年度的节假日安排。")
        self.published = frozenset(published)
        self._fallback, self._closed = fallback, dict(closed)
        self.first = dt.date(min(published), 1, 1)
        self.last = dt.date(max(published) + YEARS_BEYOND_PUBLISHED, 12, 31)
        self._known = dict(known)
        for year in range(self.first.year, self.last.year + 1):
            if year not in self.published:
                self._known = {**fallback(year), **self._known}
        self._origin = self.first.toordinal()
        days = [dt.date.fromordinal(n) for n in range(self._origin, self.last.toordinal() + 1)]
        worked = [self._kind(day).is_worked and day not in self._closed for day in days]
        self._worked_through = list(accumulate(worked))
        self._provisional_through = list(accumulate(day.year not in self.published for day in days))
        self._workdays = [day.toordinal() for day, works in zip(days, worked, strict=True) if works]

    def of_office(self, closed: Mapping[dt.date, str]) -> Calendar:
        """The same calendar for an office that is closed on these days besides; why, by day."""
        return Calendar(self._known, self.published, self._fallback, closed) if closed else self

    def check(self, on: dt.date) -> None:
        """Raises `OutsideCalendar` for a day that the calendar does not reach."""
        self._index(on)

    def day(self, on: dt.date) -> Day:
        """Everything about one day."""
        self._index(on)
        known = self._known.get(on)
        closed = self._closed.get(on, "") if self._kind(on).is_worked else ""
        is_open = on.year not in self.published
        named = (known.name, known.notice) if known else ("", "")
        return Day(on, self._kind(on), named[0], is_open, closed, named[1])

    def is_workday(self, on: dt.date) -> bool:
        """Whether `on` is worked, make-up workdays included."""
        self._index(on)
        return self._kind(on).is_worked and on not in self._closed

    def is_provisional(self, after: dt.date, through: dt.date) -> bool:
        """Whether any day of (after, through] lies in a year whose notice is not known yet."""
        first, last = self._index(after), self._index(through)
        return self._provisional_through[last] > self._provisional_through[first]

    def workdays_between(self, after: dt.date, through: dt.date) -> int:
        """How many working days (after, through] holds; negative when `through` is the earlier one."""
        return self._worked_through[self._index(through)] - self._worked_through[self._index(after)]

    def add_workdays(self, on: dt.date, days: int) -> dt.date:
        """The `days`-th working day after `on`, or before it when negative; `on` itself never counts."""
        if days == 0:
            return on
        index = self._index(on)
        forward = days > 0
        passed = self._worked_through[index] - 1 if forward else bisect_left(self._workdays, on.toordinal())
        position = passed + days
        if not 0 <= position < len(self._workdays):
            raise self._outside(on, days)
        return dt.date.fromordinal(self._workdays[position])

    def workday_on_or_before(self, on: dt.date) -> dt.date:
        """The last working day not after `on`."""
        position = self._worked_through[self._index(on)] - 1
        if position < 0:
            raise self._outside(on, -1)
        return dt.date.fromordinal(self._workdays[position])

    def workday_on_or_after(self, on: dt.date) -> dt.date:
        """The first working day not before `on`."""
        self._index(on)
        position = bisect_left(self._workdays, on.toordinal())
        if position == len(self._workdays):
            raise self._outside(on, 1)
        return dt.date.fromordinal(self._workdays[position])

    def holiday_run(self, on: dt.date) -> tuple[dt.date, dt.date] | None:
        """First and last day of the unbroken run of days off around `on`, if a statutory holiday is in it."""
        if self.is_workday(on):
            return None
        first = self.workday_on_or_before(on) + dt.timedelta(days=1)
        last = self.workday_on_or_after(on) - dt.timedelta(days=1)
        day = first
        while day <= last:
            if self._kind(day) is DayKind.HOLIDAY:
                return first, last
            day += dt.timedelta(days=1)
        return None

    def _kind(self, on: dt.date) -> DayKind:
        known = self._known.get(on)
        if known:
            return known.kind
        return DayKind.WEEKEND if on.weekday() >= SATURDAY else DayKind.WORKDAY

    def _index(self, on: dt.date) -> int:
        if not self.first <= on <= self.last:
            raise OutsideCalendar(
                said(
                    "%(day)s 不在工作日历的范围内（%(first)s 至 %(last)s），无法计算。",
                    day=on,
                    first=self.first,
                    last=self.last,
                )
            )
        return on.toordinal() - self._origin

    def _outside(self, on: dt.date, days: int) -> OutsideCalendar:
        return OutsideCalendar(
            said(
                "自 %(day)s 起计算 %(days)s 个工作日超出工作日历的范围（%(first)s 至 %(last)s）。",
                day=on,
                days=days,
                first=self.first,
                last=self.last,
            )
        )
