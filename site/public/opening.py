"""Whether the counter is open today, and which day it is closed next, by the working-day calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from models.clocks.calendar import Calendar, Day, DayKind

HOLIDAY_HORIZON_DAYS = 200

# The names that calendars give, so that they stand in the catalogues; pages print them through the filter `label`.
HOLIDAY_NAMES = (
    _l("元旦"),
    _l("春节"),
    _l("农历除夕"),
    _l("清明"),
    _l("清明节"),
    _l("劳动节"),
    _l("端午"),
    _l("端午节"),
    _l("中秋"),
    _l("中秋节"),
    _l("国庆节"),
    _l("中秋节; 国庆节"),
)


@dataclass(frozen=True)
class Opening:
    """Today, the next day off, the next working day, and the first day of the next statutory holiday if near."""

    today: Day
    next_closed: Day
    next_open: Day
    next_holiday: Day | None


def opening(calendar: Calendar, today: dt.date) -> Opening:
    """All four, from the calendar alone."""
    ahead = [calendar.day(today + dt.timedelta(days)) for days in range(1, HOLIDAY_HORIZON_DAYS)]
    return Opening(
        today=calendar.day(today),
        next_closed=next(day for day in ahead if not day.is_worked),
        next_open=next(day for day in ahead if day.is_worked),
        next_holiday=next((day for day in ahead if day.kind is DayKind.HOLIDAY), None),
    )
