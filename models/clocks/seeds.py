"""Days that come with the product: published years from `chinesecalendar`, later ones from `holidays`.

The second computes the statutory holidays by law and moon, but not the swaps of a notice that is not out yet,
so what it says is always shown as provisional.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from chinese_calendar import constants
from holidays import country_holidays

from models.clocks.calendar import DayKind, KnownDay

LAST_COMPUTABLE_YEAR = 2100  # the lunar tables of `holidays` end here


def seeded_source() -> str:
    """Where the seeded years come from, with the version."""
    return f"chinesecalendar {version('chinesecalendar')}"


def seeded_years() -> range:
    """The years that the installed `chinesecalendar` covers."""
    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


@cache
def seeded_days() -> Mapping[dt.date, KnownDay]:
    """Every holiday and make-up workday of the seeded years."""
    holidays = {on: KnownDay(DayKind.HOLIDAY, _chinese(name)) for on, name in constants.holidays.items()}
    makeups = {on: KnownDay(DayKind.MAKEUP, _chinese(name)) for on, name in constants.workdays.items()}
    return {**holidays, **makeups}


@cache
def computed_days(year: int) -> Mapping[dt.date, KnownDay]:
    """The statutory holidays of a year whose notice is not out, without the swaps that it will bring."""
    if year > LAST_COMPUTABLE_YEAR:
        return {}
    statutory = country_holidays("CN", years=year, language="zh_CN")
    return {on: KnownDay(DayKind.HOLIDAY, name) for on, name in statutory.items() if on.year == year}


def _chinese(name: str) -> str:
    chinese: str = constants.Holiday(name).chinese
    return chinese
