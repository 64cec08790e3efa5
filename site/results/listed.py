"""The entries of a list that somebody pastes or uploads: one name or code of each row, wherever in the row it stands.

Lists come as people have them: with a title above, a running number in front, two columns for name and code, merged
cells, blanks, repeats, in a workbook or in text of whatever encoding.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from flask_babel import gettext as _

from models.codes.uscc import LENGTH, normalise_uscc
from models.decisions.spreadsheet.errors import UnreadableSpreadsheet
from models.decisions.spreadsheet.reader import read_rows
from models.errors import Invalid
from search.fold import fold

MOST_ENTRIES = 5000
MOST_ROWS = 20_000
UNPACKED_BYTES = 16 << 20
LONGEST = 200  # characters of an entry
_ZIP_MAGIC = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEADER_WITHIN = 10  # rows
_MOST_LINES_IN_A_CELL = 3
_BOM = "\ufeff"

_CODE_HEADS = ("信用代码", "纳税人识别号", "uscc")
# fmt: off
_NAME_HEADS = frozenset({
    "企业名称", "单位名称", "公司名称", "名称", "机构名称", "主体名称", "市场主体名称", "法人名称", "当事人", "当事人名称",
    "行政相对人名称", "供应商", "供应商名称", "投标人", "投标人名称", "申请人", "申请人名称", "申报单位", "申报单位名称",
    "客户名称", "商户名称", "店铺名称", "企业", "公司", "单位", "字号", "name", "company", "companyname",
})
# fmt: on
_ENDS_LIKE_A_FIRM = re.compile(
    r"(?:公司|集团|厂|店|馆|坊|铺|超市|商场|市场|中心|企业|工作室|事务所|研究所|研究院|合作社|旅行社|"
    r"商行|车行|茶行|药房|银行|分行|支行|经营部|营业部|门市部|批发部|服务部|销售部|经销部)(?:\(.*\))?$"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_BETWEEN = re.compile(r"[、；;|]")

Row = Sequence[str]


def entries_of_text(text: str) -> list[str]:
    """One entry a line; a line of several firms with 、 or ； between them is several entries."""
    return entries_of([piece for line in text.splitlines() for piece in _cells(line)])


def entries_of_file(data: bytes) -> list[str]:
    """The entries of a workbook or a text file.

    Raises:
        UnreadableSpreadsheet: it is neither.
        Invalid: it has too many rows.
    """
    if data.startswith(_ZIP_MAGIC):
        return entries_of(_rows_of_book(data))
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "gb18030"):
        try:
            return entries_of(_rows_of_text(data.decode(encoding)))
        except UnicodeDecodeError:
            continue
    raise UnreadableSpreadsheet(_("文字编码无法识别：请把 .csv 存成 UTF-8。"))


def entries_of(rows: Iterable[Row]) -> list[str]:
    """What to look for, each once, in the order of the rows; what stands above the heads of the columns is left out."""
    kept = [[_clean(cell) for cell in row] for row in islice(rows, MOST_ROWS + 1)]
    if len(kept) > MOST_ROWS:
        raise Invalid(_("表格太长，最多 %(most)s 行。", most=MOST_ROWS))
    start, columns = _heads(kept)
    found = (_entry(row, columns) for row in kept[start:])
    return list(dict.fromkeys(entry[:LONGEST] for entry in found if entry))


def _heads(rows: Sequence[Row]) -> tuple[int, tuple[int, ...]]:
    """Behind which row the entries begin, and the columns of codes and names; nothing where no row is one of heads."""
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        words = [re.sub(r"[\s\d_()*:\[\]/]", "", fold(cell).text) for cell in row]
        codes = [place for place, word in enumerate(words) if any(head in word for head in _CODE_HEADS)]
        names = [place for place, word in enumerate(words) if word in _NAME_HEADS]
        if (codes or names) and not any(_is_code(cell) for cell in row):
            return number + 1, (*codes, *names)
    return 0, ()


def _entry(row: Row, columns: tuple[int, ...]) -> str:
    """The cell of a known column; else the code, the name of a firm, any words, or what else there is."""
    named = next((row[place] for place in columns if place < len(row) and row[place]), "")
    if columns:
        return named
    for fits in (_is_code, _is_firm, _HAN.search, str.strip):
        if found := next((cell for cell in row if cell and fits(cell)), ""):
            return found
    return ""


def _is_code(cell: str) -> bool:
    code = normalise_uscc(cell)
    is_plain = code.isascii() and code.isalnum() and any(char.isdigit() for char in code)
    return is_plain and LENGTH - 1 <= len(code) <= LENGTH + 1


def _is_firm(cell: str) -> bool:
    return bool(_ENDS_LIKE_A_FIRM.search(fold(cell).text))


def _clean(cell: str) -> str:
    return " ".join(cell.replace(_BOM, "").split())


def _cells(line: str) -> Iterator[Row]:
    """A line as a row; as a row for each of its firms where it lists several."""
    pieces = [piece for piece in _BETWEEN.split(line) if piece.strip()]
    if len(pieces) > 1 and all(_is_firm(_clean(piece)) or _is_code(piece) for piece in pieces):
        yield from ([piece] for piece in pieces)
    else:
        yield from csv.reader([line], delimiter="\t" if "\t" in line else ",")


def _rows_of_text(text: str) -> Iterator[Row]:
    """The rows of a table; line by line where a quotation mark is open, so that it does not swallow the rest."""
    delimiter = max(",\t;", key=text[:4096].count)
    try:
        rows = list(islice(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), MOST_ROWS + 1))
    except csv.Error:
        rows = []
    if not rows or any(cell.count("\n") > _MOST_LINES_IN_A_CELL for row in rows for cell in row):
        return (cells for line in text.splitlines() for cells in _cells(line))
    return iter(rows)


def _rows_of_book(data: bytes) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(data)
        for _number, cells in read_rows(path, unpacked_bytes=UNPACKED_BYTES):
            yield ["" if cell is None else str(cell) for cell in cells]
