"""When mail goes out to members of staff: office hours as data, so that a worker that was down wakes nobody at night.

Notices stand in the list of each person at once; only the mail about them waits.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.clocks.calendar import Calendar
from models.types import BEIJING, beijing_date

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MailHours:
    """Beijing time; mail goes out from `opens` until `closes`, on working days only if so said."""

    opens: dt.time = dt.time.min
    closes: dt.time = dt.time.max
    workdays_only: bool = False

    def next(self, now: dt.datetime, calendar: Calendar) -> dt.datetime:
        """`now`, if mail may go out now, else the next instant at which it may."""
        on, clock = beijing_date(now), now.astimezone(BEIJING).time()
        if self._is_open(on, calendar):
            if self.opens <= clock < self.closes:
                return now
            if clock < self.opens:
                return self._opening(on)
        on += DAY
        while not self._is_open(on, calendar):
            on += DAY
        return self._opening(on)

    def _is_open(self, on: dt.date, calendar: Calendar) -> bool:
        return not self.workdays_only or calendar.is_workday(on)

    def _opening(self, on: dt.date) -> dt.datetime:
        return dt.datetime.combine(on, self.opens, BEIJING).astimezone(dt.UTC)


AT_ANY_HOUR = MailHours()
