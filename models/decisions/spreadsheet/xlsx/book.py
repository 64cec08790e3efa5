"""A workbook from end to end: its archive bounded, its first sheet read."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers.expat import ExpatError

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.parts import find_parts, refuse_bomb
from models.decisions.spreadsheet.xlsx.sheet import Row, Sheet
from models.decisions.spreadsheet.xlsx.strings import SharedStrings
from models.decisions.spreadsheet.xlsx.styles import day_styles

# RuntimeError is what the archive's reader raises for a password or a way of packing that it does not know.
_FAULTS = (
    zipfile.BadZipFile, zlib.error, ExpatError, KeyError, IndexError, ValueError, EOFError, RuntimeError,
)  # fmt: skip


def read_book(path: Path, *, unpacked_bytes: int) -> Iterator[Row]:
    """Each row of the first worksheet. Raises UnreadableSpreadsheet, also on the way, for a file that is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bomb(archive, unpacked_bytes)
            yield from _rows(archive)
    except _FAULTS as error:
        raise UnreadableSpreadsheet("打不开这个文件：它不是完整的 .xlsx 电子表格。") from error


def _rows(archive: zipfile.ZipFile) -> Iterator[Row]:
    parts = find_parts(archive)
    with contextlib.ExitStack() as stack:

        def opened(name: str | None) -> IO[bytes] | None:
            return stack.enter_context(archive.open(name)) if name in archive.NameToInfo else None

        styles = opened(parts.styles)
        days = day_styles(styles) if styles is not None else frozenset()
        strings = stack.enter_context(SharedStrings(opened(parts.strings)))
        sheet = Sheet(strings, days, is_1904=parts.is_1904)
        yield from sheet.read(stack.enter_context(archive.open(parts.sheet)))
