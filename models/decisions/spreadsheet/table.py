"""A file as a table: its header found among the first rows, then the rows under it that are not blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from models.decisions.spreadsheet.columns import Header, recognise, title_of
from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.reader import read_rows
from models.decisions.spreadsheet.xlsx.sheet import Row
from models.wording import said

_HEADER_WITHIN = 10  # titles and notes may stand above the header


@dataclass(frozen=True, slots=True)
class Table:
    """The header, and the rows that follow it; the rows can be walked once."""

    header: Header
    rows: Iterator[Row]


def open_table(path: Path) -> Table:
    """The table in `path`. Raises UnreadableSpreadsheet when it is none, or lacks what every decision needs."""
    rows = read_rows(path)
    for number, cells in islice(rows, _HEADER_WITHIN):
        header = recognise(number, cells)
        if header is None:
            continue
        if header.missing:
            names = [title_of(which) for which in header.missing]
            raise UnreadableSpreadsheet(
                said("第 %(row)s 行表头缺少必需的列：%(names)s。", row=number, names=names)
            )
        return Table(header, _data_rows(rows, number))
    raise UnreadableSpreadsheet(
        said(
            "前 %(count)s 行里没有“双公示”行政处罚表头（例如“行政处罚决定书文号”或 CF_WSH）。",
            count=_HEADER_WITHIN,
        )
    )


def _data_rows(rows: Iterator[Row], header_row: int) -> Iterator[Row]:
    """Leaves out blank rows, and a second header row near the first with the codes under the names."""
    for number, cells in rows:
        is_blank = not any(cell is not None and str(cell).strip() for cell in cells)
        may_be_header = number <= header_row + _HEADER_WITHIN
        if not is_blank and not (may_be_header and recognise(number, cells)):
            yield number, cells
