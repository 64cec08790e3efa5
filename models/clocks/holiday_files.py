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
from models.wording import Sentence, said

FEWEST_DAYS = 11  # the statutory holidays of a year before 2025; a real notice names more


class _Wrong(Exception):
    """An entry that cannot be taken."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


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
        raise CalendarFileError(said("不是有效的 JSON 文件：%(error)s。", error=error)) from None
    if not isinstance(content, dict) or not isinstance(content.get("days"), list):
        raise CalendarFileError("文件里没有 days 列表，应为 holiday-cn 的年度 JSON 文件。")
    year = content.get("year")
    if type(year) is not int:
        raise CalendarFileError("文件里没有年份 year。")
    days: dict[dt.date, KnownDay] = {}
    errors: dict[str, Sentence] = {}
    for number, entry in enumerate(content["days"], start=1):
        try:
            on, day = _day(entry, year)
            if on in days:
                raise _Wrong(said("%(day)s 出现了两次", day=on))
            days[on] = day
        except _Wrong as error:
            errors[f"days[{number}]"] = error.sentence
    if not errors and len(days) < FEWEST_DAYS:
        errors["days"] = said(
            "只有 %(days)s 天，不像完整的年度安排（该年度的通知可能尚未发布）", days=len(days)
        )
    if errors:
        wrong = said("%(year)s 年节假日文件有 %(count)s 处错误", year=year, count=len(errors))
        raise CalendarFileError(wrong, dict(errors))
    return HolidayNotice(year, _source(content), days)


def _day(entry: Any, year: int) -> tuple[dt.date, KnownDay]:
    if not isinstance(entry, dict):
        raise _Wrong(said("不是一个对象"))
    on = _date(entry.get("date"))
    is_off, name = entry.get("isOffDay"), entry.get("name")
    if not isinstance(is_off, bool):
        raise _Wrong(said("isOffDay 应为 true 或 false"))
    if not isinstance(name, str) or not name.strip():
        raise _Wrong(said("缺少节日名称 name"))
    if abs(on.year - year) > 1:
        raise _Wrong(said("%(day)s 不属于 %(year)s 年的安排", day=on, year=year))
    if not is_off and on.weekday() < SATURDAY:
        raise _Wrong(said("%(day)s 不是周末，不能作为调休补班日", day=on))
    return on, KnownDay(DayKind.HOLIDAY if is_off else DayKind.MAKEUP, name.strip())


def _date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(said("日期“%(text)s”应写成 YYYY-MM-DD", text=value)) from None


def _source(content: Mapping[str, Any]) -> str:
    """The document number, where the file gives it, and the addresses of the notice."""
    papers, number = content.get("papers"), content.get("number")
    named = [number.strip()] if isinstance(number, str) and NUMBER.fullmatch(number.strip()) else []
    addresses = [paper for paper in papers if isinstance(paper, str)] if isinstance(papers, list) else []
    return " ".join([*named, *addresses]) or "导入的文件"
