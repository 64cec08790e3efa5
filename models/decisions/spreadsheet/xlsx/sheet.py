"""The rows of one worksheet, as far as they are read: numbers, days, texts, as the program that wrote them meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import IO

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.parsing import local, parse_in_pieces
from models.decisions.spreadsheet.xlsx.strings import SharedStrings, Words, unescaped

MAX_COLUMNS = 200
MAX_ROW_CHARACTERS = 2_000_000
_PLACES = {get_column_letter(place + 1): place for place in range(MAX_COLUMNS)}
_DIGITS = "0123456789"
_MAX_NUMBER_CHARACTERS = 400

Row = tuple[int, tuple[object, ...]]


class Sheet:
    """Handlers of the parser; complete rows gather in `rows` until they are taken."""

    def __init__(self, strings: SharedStrings, day_styles: frozenset[int], *, is_1904: bool) -> None:
        self.rows: list[Row] = []
        self._strings = strings
        self._day_styles = {str(style) for style in day_styles}
        self._epoch = CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900
        self._words = Words()
        self._number = 0
        self._cells: list[object] = []
        self._characters = 0
        self._place: int | None = None
        self._next_place = 0
        self._kind = "n"
        self._style: str | None = None

    def read(self, stream: IO[bytes]) -> Iterator[Row]:
        """The rows that the sheet has, with the number that the program shows; rows left out are not made up."""
        for _ in parse_in_pieces(stream, start=self._start, end=self._end, data=self._words.data):
            yield from self.rows
            self.rows.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "c":
            written = attributes.get("r")
            self._place = _PLACES.get(written.rstrip(_DIGITS)) if written else self._next_place
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s")
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._next_place, self._characters = [], 0, 0
        else:
            self._words.start(name)

    def _end(self, name: str) -> None:
        name = local(name)
        if name == "c":
            self._take(self._words.take())
        elif name == "row":
            self.rows.append((self._number, tuple(self._cells)))
        else:
            self._words.end(name)

    def _take(self, written: str) -> None:
        place = self._place
        if place is None or place >= MAX_COLUMNS:
            return
        self._next_place = place + 1
        if not written:
            return
        cell = self._value(written)
        if isinstance(cell, str):
            self._characters += len(cell)
            if self._characters > MAX_ROW_CHARACTERS:
                raise UnreadableSpreadsheet("表格里有过长的行，不予处理。请拆开后再导入。")
        if place >= len(self._cells):
            self._cells.extend([None] * (place + 1 - len(self._cells)))
        self._cells[place] = cell

    def _value(self, written: str) -> object:
        kind = self._kind
        if kind == "s":
            return self._strings[int(written)]
        if kind == "n":
            return self._number_or_day(written)
        if kind == "b":
            return written.strip() not in ("0", "false")
        return unescaped(written)  # also a day in ISO form, which is read as one where a day is wanted

    def _number_or_day(self, written: str) -> object:
        if len(written) > _MAX_NUMBER_CHARACTERS:
            raise ValueError(written[:20])
        is_whole = not any(sign in written for sign in ".eE")
        number = int(written) if is_whole else float(written)
        if self._style is None or self._style not in self._day_styles:
            return number
        try:
            day: dt.datetime | dt.time | dt.timedelta | None = from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return number  # no day that there is; the column says so
        return day
