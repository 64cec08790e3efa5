"""The shared strings of a workbook on disk: Excel keeps every text of all cells in one table, which may be large.

Memory holds where each begins (8 bytes) and the short ones that come again and again.
"""

from __future__ import annotations

import os
import re
import tempfile
from array import array
from types import TracebackType
from typing import IO, Self

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.parsing import local, parse

MAX_STRINGS = 4_000_000
MAX_CELL_CHARACTERS = 400_000
_SHORT_BYTES = 120
_SHORT_KEPT = 10_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring: how XML carries signs that it can't


class Words:
    """The text of one cell while it is read; readings over the signs 注音 are no part of it."""

    __slots__ = ("_parts", "_size", "_skipping", "_taking")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._taking = self._skipping = False

    def start(self, name: str) -> None:
        if name in ("t", "v"):
            self._taking = not self._skipping
        elif name == "rPh":
            self._skipping = True

    def data(self, text: str) -> None:
        if self._taking:
            self._size += len(text)
            if self._size > MAX_CELL_CHARACTERS:
                raise UnreadableSpreadsheet("表格里有过长的单元格，不予处理。请拆开后再导入。")
            self._parts.append(text)

    def end(self, name: str) -> None:
        if name in ("t", "v"):
            self._taking = False
        elif name == "rPh":
            self._skipping = False

    def take(self) -> str:
        """What was read since the last time."""
        text = "".join(self._parts)
        self._parts.clear()
        self._size = 0
        return text


class SharedStrings:
    """The strings by their number. To be closed, which removes the file."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._begins = array("Q", [0])
        self._short: dict[int, str] = {}
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the object
        if stream is not None:
            try:
                self._fill(stream)
            except BaseException:
                self.close()
                raise

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, number: int) -> str:
        """Raises IndexError for a number that the workbook does not have."""
        known = self._short.get(number)
        if known is not None:
            return known
        if not 0 <= number < len(self):
            raise IndexError(number)
        begin, end = self._begins[number], self._begins[number + 1]
        text = os.pread(self._file.fileno(), end - begin, begin).decode()
        if end - begin <= _SHORT_BYTES and len(self._short) < _SHORT_KEPT:
            self._short[number] = text
        return text

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def _fill(self, stream: IO[bytes]) -> None:
        words = Words()

        def end(name: str) -> None:
            name = local(name)
            words.end(name)
            if name == "si":
                self._add(words.take())

        parse(stream, start=lambda name, _: words.start(local(name)), end=end, data=words.data)
        self._file.flush()

    def _add(self, text: str) -> None:
        if len(self) >= MAX_STRINGS:
            raise UnreadableSpreadsheet("表格太大，请拆成几个文件导入。")
        written = unescaped(text).encode(errors="replace")
        self._file.write(written)
        self._begins.append(self._begins[-1] + len(written))


def unescaped(text: str) -> str:
    """`text` with the signs that were written as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
