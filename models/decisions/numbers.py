"""文号: the number of a decision, kept as written and folded for matching.

Bureaus write 〔2023〕, [2023], 【2023】 and （2023） for one thing; leading zeros belong to the number.
"""

import re
import unicodedata

MAX_LENGTH = 128

_BRACKETS = str.maketrans("[【({「〖", "〔〔〔〔〔〔") | str.maketrans("]】)}」〗", "〕〕〕〕〕〕")
# 46, 稽-61, 知2-15, 04-0093; Shanghai's serials have twelve digits.
_SERIAL = r"(?:[\u4e00-\u9fa5A-Z]{1,2}\s?-?\s?)?\d{1,14}(?:-\d+)?"
_USUAL_FORM = re.compile(rf"[\u4e00-\u9fa5]{{2,20}}〔(?:19|20)\d{{2}}〕{_SERIAL}号")
# Within a text, in any brackets: the year, a number, 号. The office's letters before it may be missing.
BRACKETED_NUMBER = re.compile(
    rf"[〔\[(【［（]\s?(?:19|20)\d{{2}}\s?[〕\])】］）]\s{{0,3}}第?\s*{_SERIAL}\s*号"
)
_BLANK = re.compile(r"\s+")


def number_key(written: str) -> str:
    """`written` with half-width signs, one kind of bracket and no white space: equal keys are one number.

    >>> number_key("凤市监处罚［2024］第 049 号")
    '凤市监处罚〔2024〕049号'
    """
    folded = unicodedata.normalize("NFKC", written).translate(_BRACKETS)
    return _BLANK.sub("", folded).replace("〕第", "〕")


def has_usual_form(written: str) -> bool:
    """Whether the number looks like 机关代字〔年〕序号号; others exist, so this only warns."""
    return _USUAL_FORM.fullmatch(number_key(written)) is not None
