"""Reading a year's holiday notice in the form of holiday-cn: `{"year", "papers", "days": [{"name", "date", "isOffDay"}]}`.

Of our own, `"number"` may give the document number of the notice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.clocks.calendar import SATURDAY, DayKind, KnownDay
from models.clocks.errors import CalendarFileError
from models.clocks.holiday_notices import NUMBER

FEWEST_DAYS = 11  # the statutory holidays of a year before 2025; a real notice names more


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """What a yearly notice says. A few days may lie in a neighbouring year (a make-up workday in December)."""

    year: int
    source: str
    days: Mapping[dt.date, KnownDay]


def read_notice(text: str) -> HolidayNotice:
    """The notice in a file; raises `CalendarFileError` with every error found."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise CalendarFileError(f"不是有效的 JSON 文件：{error}。") from None
    if not isinstance(content, dict) or not isinstance(content.get("days"), list):
        raise CalendarFileError("文件里没有 days 列表，应为 holiday-cn 的年度 JSON 文件。")
    year = content.get("year")
    if type(year) is not int:
        raise CalendarFileError("文件里没有年份 year。")
    days: dict[dt.date, KnownDay] = {}
    errors: dict[str, str] = {}
    for number, entry in enumerate(content["days"], start=1):
        try:
            on, day = _day(entry, year)
            if on in days:
                raise ValueError(f"{on} 出现了两次")
            days[on] = day
        except ValueError as error:
            errors[f"days[{number}]"] = str(error)
    if not errors and len(days) < FEWEST_DAYS:
        errors["days"] = f"只有 {len(days)} 天，不像完整的年度安排（该年度的通知可能尚未发布）"
    if errors:
        raise CalendarFileError(f"{year} 年节假日文件有 {len(errors)} 处错误。", errors)
    return HolidayNotice(year, _source(content), days)


def _day(entry: Any, year: int) -> tuple[dt.date, KnownDay]:
    if not isinstance(entry, dict):
        raise ValueError("不是一个对象")
    on = _date(entry.get("date"))
    is_off, name = entry.get("isOffDay"), entry.get("name")
    if not isinstance(is_off, bool):
        raise ValueError("isOffDay 应为 true 或 false")
    if not isinstance(name, str) or not name.strip():
        raise ValueError("缺少节日名称 name")
    if abs(on.year - year) > 1:
        raise ValueError(f"{on} 不属于 {year} 年的安排")
    if not is_off and on.weekday() < SATURDAY:
        raise ValueError(f"{on} 不是周末，不能作为调休补班日")
    return on, KnownDay(DayKind.HOLIDAY if is_off else DayKind.MAKEUP, name.strip())


def _date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"日期“{value}”应写成 YYYY-MM-DD") from None


def _source(content: Mapping[str, Any]) -> str:
    """The document number, where the file gives it, and the addresses of the notice."""
    papers, number = content.get("papers"), content.get("number")
    named = [number.strip()] if isinstance(number, str) and NUMBER.fullmatch(number.strip()) else []
    addresses = [paper for paper in papers if isinstance(paper, str)] if isinstance(papers, list) else []
    return " ".join([*named, *addresses]) or "导入的文件"
