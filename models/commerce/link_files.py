"""Rows of links out of what somebody pastes or uploads: lines of text, CSV, XLSX."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from models.commerce.operations import Row
from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.reader import read_rows
from models.plain import plain
from models.types import BEIJING

MOST_BYTES = 4 << 20
_UNPACKED_BYTES = 64 << 20
_MOST_ROWS = 5000
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "given": ("链接", "网址", "商品链接", "地址", "link", "url", "address"),
    "captured_at": ("取证时间", "截图时间", "captured at", "time"),
    "screenshot": ("截图文件名", "截图", "screenshot", "file"),
    "remark": ("备注", "商品名称", "说明", "remark", "note"),
}
_MOMENTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
)


def rows_of_text(text: str) -> list[Row]:
    """One row a line; empty lines are none."""
    return [Row(line) for line in (plain(one) for one in text.splitlines()) if line]


def rows_of_file(content: bytes) -> list[Row]:
    """The rows of a spreadsheet by the names of its columns, or lines of a text. Raises UnreadableSpreadsheet."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(content)
        kept.flush()
        try:
            rows = [cells for _number, cells in read_rows(Path(kept.name), unpacked_bytes=_UNPACKED_BYTES)]
        except UnreadableSpreadsheet:
            if (text := _as_text(content)) is None:
                raise
            lines = rows_of_text(text)  # a table of one column
            return lines[1:] if lines and lines[0].given.lower() in _COLUMNS["given"] else lines
    return list(_by_columns(rows[:_MOST_ROWS]))


def _as_text(content: bytes) -> str | None:
    if b"\x00" in content or content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _by_columns(rows: Sequence[Sequence[object]]) -> Iterator[Row]:
    heads = [_said(cell).lower() for cell in rows[0]] if rows else []
    places = {
        name: next((heads.index(one) for one in known if one in heads), None)
        for name, known in _COLUMNS.items()
    }
    has_heads = places["given"] is not None
    for cells in rows[1:] if has_heads else rows:
        if has_heads:
            told = {name: _cell(cells, place) for name, place in places.items()}
        else:
            told = {"given": next((cell for cell in cells if _said(cell)), None)}
        if given := _said(told["given"]):
            yield Row(
                given=given,
                captured_at=_moment(told.get("captured_at")),
                screenshot=_said(told.get("screenshot")),
                remark=_said(told.get("remark")),
            )


def _cell(cells: Sequence[object], place: int | None) -> object:
    return cells[place] if place is not None and place < len(cells) else None


def _said(cell: object) -> str:
    return "" if cell is None else plain(str(cell))


def _moment(cell: object) -> dt.datetime | None:
    """A moment in Beijing; what cannot be read is left out: when a page was recorded is never guessed."""
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=BEIJING) if cell.tzinfo is None else cell
    for form in _MOMENTS:
        try:
            return dt.datetime.strptime(_said(cell), form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    return None
