"""Beijing days and office hours for invented acts: nobody in the demo works on a holiday."""

import datetime as dt
import random

from models.clocks.calendar import SATURDAY
from models.clocks.seeds import computed_days, seeded_days, seeded_years
from models.types import BEIJING


def is_worked(day: dt.date) -> bool:
    """Whether `day` is a working day by the calendar that comes with the product."""
    days = seeded_days() if day.year in seeded_years() else computed_days(day.year)
    known = days.get(day)
    return known.kind.is_worked if known else day.weekday() < SATURDAY


def working_day_from(day: dt.date, offset: int = 0) -> dt.date:
    """The first working day on or after `day`, then `offset` working days on."""
    while not is_worked(day):
        day += dt.timedelta(days=1)
    for _ in range(offset):
        day += dt.timedelta(days=1)
        while not is_worked(day):
            day += dt.timedelta(days=1)
    return day


def working_day_until(day: dt.date, offset: int = 0) -> dt.date:
    """The last working day on or before `day`, then `offset` working days back."""
    while not is_worked(day):
        day -= dt.timedelta(days=1)
    for _ in range(offset):
        day -= dt.timedelta(days=1)
        while not is_worked(day):
            day -= dt.timedelta(days=1)
    return day


def office_time(roll: random.Random, day: dt.date) -> dt.datetime:
    """An instant of `day` between nine and half past four in Beijing, aware, in UTC."""
    return _at(day, roll.randrange(9 * 60, 16 * 60 + 30))


def any_time(roll: random.Random, day: dt.date) -> dt.datetime:
    """An instant of `day` at which a citizen may file: mostly by day, sometimes late."""
    return _at(day, int(roll.triangular(7 * 60, 23 * 60 + 59, 15 * 60)))


def chinese_date(day: dt.date) -> str:
    """2025年3月5日"""
    return f"{day.year}年{day.month}月{day.day}日"


def _at(day: dt.date, minutes: int) -> dt.datetime:
    start = dt.datetime.combine(day, dt.time(), tzinfo=BEIJING)
    return (start + dt.timedelta(minutes=minutes)).astimezone(dt.UTC)
