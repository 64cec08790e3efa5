"""Amounts and days as people write them in a range: 1万..5万, >=2000, 2025-01..2025-06, 2025年3月."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

Limits = tuple[int | None, int | None]
Read = Callable[[str], tuple[int, int] | None]

MONEY_LIMIT = 1 << 60  # in fen: more than this nobody is fined, and no column holds

_FACTORS = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "亿": 100_000_000,
}
_MONEY = re.compile(r"[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(十万|百万|百|千|万|亿|[wW])?元?")
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?)?[年月]?")
_SOLID_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPARED = re.compile(r"(>=|<=|≥|≤|>|<|=|＞=|＜=|＞|＜)\s*(.+)")
_BETWEEN = re.compile(r"(.*?)(?:\.\.+|…+|至|~|～)(.*)")


def money(written: str) -> tuple[int, int] | None:
    """The fen of an amount of yuan, as the range from itself to itself; None if it is not one."""
    found = _MONEY.fullmatch(written.strip())
    if not found:
        return None
    whole, part, unit = found.groups(default="")
    factor = _FACTORS["万" if unit in ("w", "W") else unit]
    fen = Decimal(whole.replace(",", "") + part) * factor * 100
    if fen != int(fen) or fen >= MONEY_LIMIT:
        return None
    return int(fen), int(fen)


def days(written: str) -> tuple[int, int] | None:
    """First and last day of a year, a month or a day, as ordinals; None if it is none."""
    found = _SOLID_DAY.fullmatch(written.strip()) or _DAY.fullmatch(written.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
        return first.toordinal(), _last(first, month, day).toordinal()
    except ValueError:
        return None


def _last(first: dt.date, month: int | None, day: int | None) -> dt.date:
    if day is not None:
        return first
    if month is None or month == 12:
        return dt.date(first.year, 12, 31)
    return dt.date(first.year, month + 1, 1) - dt.timedelta(1)


def limits(written: str, read: Read) -> Limits | None:
    """What a range written in one word includes; None if it is not one. The two ends may be the wrong way round."""
    compared = _COMPARED.fullmatch(written)
    if compared:
        return _one_sided(compared[1].translate({0xFF1E: ">", 0xFF1C: "<"}), read(compared[2]))
    whole = read(written)
    if whole is not None:
        return whole
    between = _BETWEEN.fullmatch(written)
    if not between or not (between[1] or between[2]):
        return None
    low = read(_with_unit(between[1], between[2], read)) if between[1] else None
    high = read(between[2]) if between[2] else None
    if (between[1] and low is None) or (between[2] and high is None):
        return None
    return low[0] if low else None, high[1] if high else None


def _with_unit(low: str, high: str, read: Read) -> str:
    """`1..5万` means from one to five times ten thousand, as it is said."""
    unit = re.search(r"(?:十万|百万|百|千|万|亿)元?$", high)
    return low + unit[0] if unit and read is money and re.fullmatch(r"[\d.]+", low) else low


def _one_sided(sign: str, value: tuple[int, int] | None) -> Limits | None:
    if value is None:
        return None
    first, last = value
    match sign:
        case ">=" | "≥":
            return first, None
        case "<=" | "≤":
            return None, last
        case ">":
            return last + 1, None
        case "<":
            return None, first - 1
        case _:
            return first, last
