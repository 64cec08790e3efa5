"""One cell: from what a spreadsheet program stores to text, day, code and amount. A wrong cell says why."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from models.codes.uscc import LENGTH, PLACEHOLDER, is_valid_uscc, normalise_uscc
from models.decisions.money import AmountError, wan_to_fen
from models.plain import plain
from models.wording import Sentence, said

_EXCEL_EPOCH = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_EXACT_DIGITS = 15  # a spreadsheet keeps this many of a number
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_BLANK_WORDS = frozenset({"", "NULL", "NONE", "N/A", "/", "-", "--", "无", "空"})


class CellError(ValueError):
    """The cell does not fit its column; the sentence is for the person who made the table."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def text_of(cell: object) -> str:
    """The cell as text; whole numbers without a point, days as ISO, line ends as one sign."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        cell = format(cell, f".{_EXACT_DIGITS}g")
    return plain(str(cell).replace("_x000D_", ""))


def optional_text(cell: object) -> str | None:
    """The text, or None for an empty cell and for the words that tables use for nothing."""
    text = text_of(cell)
    return None if text.upper() in _BLANK_WORDS else text


def required_text(cell: object, limit: int) -> str:
    """The text of a cell that may be neither empty nor longer than `limit` characters."""
    text = optional_text(cell)
    if text is None:
        raise CellError(said("必填，不能为空"))
    if text.startswith("#") and text in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"):
        raise CellError(said("公式出错（%(text)s），请填写文字", text=text))
    return within(text, limit)


def within(text: str, limit: int) -> str:
    """`text`, when it is not longer than `limit` characters."""
    if len(text) > limit:
        raise CellError(said("最多 %(limit)s 个字，现在是 %(count)s 个字", limit=limit, count=len(text)))
    return text


def code_of(cell: object) -> str | None:
    """A unified social credit code whose check character fits; None when empty or 17 zeros and X."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**_EXACT_DIGITS:
        raise CellError(said("代码被存成了数字，末几位已经丢失；请把这一列设为文本后重新填写"))
    written = optional_text(cell)
    if written is None:
        return None
    code = normalise_uscc(written)
    if code == PLACEHOLDER:
        return None
    if len(code) != LENGTH:
        raise CellError(
            said("统一社会信用代码应为 %(wanted)s 位，现在是 %(count)s 位", wanted=LENGTH, count=len(code))
        )
    if not is_valid_uscc(code):
        raise CellError(said("统一社会信用代码的校验位不对，请核对"))
    return code


def day_of(cell: object) -> dt.date | None:
    """The day in a date cell, a serial number, or text such as 2026-3-5, 2026/03/05, 2026年3月5日, 20260305."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    written = optional_text(cell)
    if written is None:
        return None
    folded = unicodedata.normalize("NFKC", written)
    if _SERIAL.fullmatch(folded) and int(float(folded)) in _SERIALS:
        return _EXCEL_EPOCH + dt.timedelta(days=int(float(folded)))
    match = _DAY.fullmatch(folded) or _COMPACT_DAY.fullmatch(folded)
    try:
        if match is not None:
            return dt.date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise CellError(said("“%(text)s”不是日期，请写成 2026-03-05", text=written[:40]))


def fen_of(cell: object) -> int | None:
    """Exact fen of an amount in 万元; None when empty."""
    written = optional_text(cell)
    if written is None:
        return None
    if isinstance(cell, float) and "e" in written:  # very small numbers are stored as 1e-06
        written = format(cell, ".12f").rstrip("0")
    try:
        return wan_to_fen(written)
    except AmountError as error:
        raise CellError(error.sentence) from error
