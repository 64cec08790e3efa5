"""Which styles of a workbook show a number as a day: a spreadsheet stores days as numbers."""

from __future__ import annotations

from typing import IO

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from models.decisions.spreadsheet.xlsx.parsing import local, parse

# Formats that Chinese Excel has built in and that no file spells out, such as 2026年3月5日 (ECMA-376 part 1, 18.8.30).
_CHINESE_DAYS = frozenset({*range(27, 37), *range(50, 59)})
_MAX_STYLES = 65_490  # the limit of Excel


def day_styles(stream: IO[bytes]) -> frozenset[int]:
    """The numbers of the cell styles that show days or times."""
    formats: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "numFmt" and len(formats) < _MAX_STYLES:
            formats[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and inside and len(used) < _MAX_STYLES:
            used.append(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            inside.append(name)

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            inside.clear()

    parse(stream, start=start, end=end)
    days = {number for number in set(used) if _shows_day(number, formats.get(number))}
    return frozenset(style for style, number in enumerate(used) if number in days)


def _shows_day(number: int, written: str | None) -> bool:
    if written is None and number in _CHINESE_DAYS:
        return True
    return bool(is_date_format(written if written is not None else BUILTIN_FORMATS.get(number, "")))
