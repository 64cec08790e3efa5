"""Rows out of a file, one at a time: XLSX by openpyxl's streaming reader, CSV in the encodings that Excel writes.

The file may come from anywhere, so its unpacked size is bounded before anything is unpacked.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from models.errors import DomainError

MAX_UNPACKED_BYTES = 1024**3
MAX_PARTS = 2_000
MAX_COLUMNS = 200
MAX_CSV_BYTES = 512 * 1024**2
MAX_CELL_CHARACTERS = 400_000

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",\t;"

Row = tuple[int, tuple[object, ...]]


class UnreadableSpreadsheet(DomainError):
    """The file is no table that can be read; the sentence says what to do."""


def read_rows(path: Path, *, unpacked_bytes: int | None = None) -> Iterator[Row]:
    """Each row's number, as the spreadsheet shows it, and its cells. Raises UnreadableSpreadsheet.

    `unpacked_bytes` bounds what an XLSX may unpack to: as little as fits, where anybody may send one.
    """
    with path.open("rb") as opened:
        head = opened.read(4096)
    if head.startswith(_ZIP_MAGIC):
        return _read_xlsx(path, MAX_UNPACKED_BYTES if unpacked_bytes is None else unpacked_bytes)
    if head.startswith(_OLE_MAGIC):
        raise UnreadableSpreadsheet(
            "这是旧版 .xls 或加了密码的文件。请在 Excel 里另存为不加密的 .xlsx 后再导入。"
        )
    if not head.strip():
        raise UnreadableSpreadsheet("文件是空的。")
    return _read_csv(path, head)


def _read_xlsx(path: Path, unpacked_bytes: int) -> Iterator[Row]:
    _refuse_bomb(path, unpacked_bytes)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # some programs write a wrong size, which would cut rows off
            for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
                yield number, tuple(cells)
        finally:
            book.close()
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        IndexError,
        ValueError,
        EOFError,
    ) as error:
        raise UnreadableSpreadsheet("打不开这个文件：它不是完整的 .xlsx 电子表格。") from error


def _refuse_bomb(path: Path, unpacked_bytes: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableSpreadsheet("打不开这个文件：它不是完整的 .xlsx 电子表格。") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > unpacked_bytes:
        raise UnreadableSpreadsheet("表格解压后太大，不予处理。请拆成几个文件导入。")


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
            raise UnreadableSpreadsheet(f"第 {reader.line_num} 行不能按 CSV 读取。") from error


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
