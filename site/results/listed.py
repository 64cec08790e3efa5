"""The text of a list that somebody uploads: the first column of a workbook, or a text file in whatever encoding."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

from flask_babel import gettext as _

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.reader import read_rows
from results.checking import MOST_LINES

UNPACKED_BYTES = 16 << 20
_ZIP_MAGIC = b"PK\x03\x04"


def text_of_list(data: bytes) -> str:
    """One entry a line. Raises UnreadableSpreadsheet when the file is neither a workbook nor text."""
    if data.startswith(_ZIP_MAGIC):
        return "\n".join(_first_column(data))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableSpreadsheet(_("文字编码无法识别：请把 .csv 存成 UTF-8。"))


def _first_column(data: bytes) -> list[str]:
    """A comma would begin a second column."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(data)
        rows = islice(read_rows(path, unpacked_bytes=UNPACKED_BYTES), 2 * MOST_LINES)
        cells = (row[0] for _number, row in rows if row and row[0] is not None)
        return [" ".join(str(cell).split()).replace(",", "，") for cell in cells]
