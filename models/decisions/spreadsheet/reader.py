"""Rows out of a file, one at a time: XLSX in little room, CSV in the encodings that Excel writes.

The file may come from anywhere, so its unpacked size is bounded before anything is unpacked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.xlsx.book import read_book
from models.decisions.spreadsheet.xlsx.sheet import MAX_COLUMNS, Row
from models.decisions.spreadsheet.xlsx.strings import MAX_CELL_CHARACTERS
from models.wording import said

MAX_UNPACKED_BYTES = 1024**3
MAX_CSV_BYTES = 512 * 1024**2

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;"


def read_rows(path: Path, *, unpacked_bytes: int | None = None) -> Iterator[Row]:
    """Each row's number, as the spreadsheet shows it, and its cells. Raises UnreadableSpreadsheet.

    `unpacked_bytes` bounds what an XLSX may unpack to: as little as fits, where anybody may send one.
    """
    with path.open("rb") as opened:
        head = opened.read(4096)
    if head.startswith(_ZIP_MAGIC):
        return read_book(
            path, unpacked_bytes=MAX_UNPACKED_BYTES if unpacked_bytes is None else unpacked_bytes
        )
    if head.startswith(_OLE_MAGIC):
        raise UnreadableSpreadsheet(
            "这是旧版 .xls 或加了密码的文件。请在 Excel 里另存为不加密的 .xlsx 后再导入。"
        )
    if not head.strip():
        raise UnreadableSpreadsheet("文件是空的。")
    return _read_csv(path, head)


def _read_csv(path: Path, head: bytes) -> Iterator[Row]:
    if path.stat().st_size > MAX_CSV_BYTES:
        raise UnreadableSpreadsheet("表格太大，请拆成几个文件导入。")
    encoding = _encoding_of(path, head)
    first_line = head.decode(encoding, errors="ignore").splitlines()[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    if delimiter not in first_line:
        raise UnreadableSpreadsheet("这不是电子表格：请用 .xlsx，或以逗号分隔的 .csv。")
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    with path.open(encoding=encoding, newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, 1):
                yield number, tuple(cells[:MAX_COLUMNS])
        except csv.Error as error:
            raise UnreadableSpreadsheet(
                said("第 %(row)s 行不能按 CSV 读取。", row=reader.line_num)
            ) from error


def _encoding_of(path: Path, head: bytes) -> str:
    """UTF-8, the Chinese code page, or UTF-16 with its mark; anything else is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head:
        raise UnreadableSpreadsheet("这不是电子表格：请用 .xlsx，或以逗号分隔的 .csv。")
    for encoding in ("utf-8-sig", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise UnreadableSpreadsheet("文字编码无法识别：请把 .csv 存成 UTF-8。")


def _decodes(path: Path, encoding: str) -> bool:
    with path.open("rb") as opened, io.TextIOWrapper(opened, encoding=encoding) as text:
        try:
            while text.read(1 << 20):
                pass
        except UnicodeDecodeError:
            return False
    return True
