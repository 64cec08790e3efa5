"""Days as decisions write them: 2026年3月5日, 2026 年 3 月 5 日, ２０２６年３月５日, 二〇二六年三月五日, 2026.3.5."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from models.decisions.redaction.width import alike
from models.decisions.served.amounts import han_number

_HAN_YEAR = str.maketrans("零〇○ＯO0一二三四五六七八九", "000000123456789")
_NUMBER = r"[\d一二三四五六七八九十元]{1,3}"
DAY = re.compile(
    rf"((?:19|20)\d{{2}}|[一二][零〇○O0九][零〇○O0一二三四五六七八九]{{2}})\s*年\s*({_NUMBER})\s*月\s*({_NUMBER})\s*日"
)
DOTTED_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[.\-/](\d{1,2})[.\-/](\d{1,2})(?!\d)")


def days(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """Every day in `text` with where it begins and ends, in order of their places."""
    half = alike(text)
    found = [match for pattern in (DAY, DOTTED_DAY) for match in pattern.finditer(half)]
    for match in sorted(found, key=re.Match.start):
        day = _day(*match.groups())
        if day is not None:
            yield day, match.start(), match.end()


def _day(year: str, month: str, day: str) -> dt.date | None:
    digits = year.translate(_HAN_YEAR)
    parts = [_number(month), _number(day)]
    if not digits.isdigit() or None in parts:
        return None
    try:
        return dt.date(int(digits), *(part for part in parts if part is not None))
    except ValueError:
        return None


def _number(written: str) -> int | None:
    return int(written) if written.isdigit() else han_number(written.replace("元", "一"))
