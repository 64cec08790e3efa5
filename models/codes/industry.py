"""Industry codes of GB/T 4754—2017 《国民经济行业分类》: a letter for the section 门类, two to four digits below it.

Only the sections are named here; what stands below them is kept as given. The first two digits tell the section, so a code may
come without its letter, and one whose letter and digits disagree is none.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left

SECTION_LABELS: dict[str, str] = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
# The last division 大类 of each section, in their order.
_LAST = (5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97)

_WRITTEN = re.compile(r"([A-T])?([0-9]{2,4})?[^A-Z0-9]*")
_LONGEST = 40


def section_of(code: str) -> str:
    """The letter of a code."""
    return code[:1]


def industry_code(written: str) -> str | None:
    """The code as letter and digits (C2614), from a code with or without its letter or name, or from the name of a section.

    None when it is none.
    """
    text = "".join(unicodedata.normalize("NFKC", written).upper().split())[:_LONGEST]
    for letter, name in SECTION_LABELS.items():
        if text == name:
            return letter
    found = _WRITTEN.fullmatch(text)
    if found is None or not (found[1] or found[2]):
        return None
    letter, digits = found[1], found[2] or ""
    if not digits:
        return letter
    section = _section(int(digits[:2]))
    return section + digits if section and letter in (None, section) else None


def _section(division: int) -> str:
    """The letter of the section that the division is in; empty when there is no such division."""
    if not 1 <= division <= _LAST[-1]:
        return ""
    return tuple(SECTION_LABELS)[bisect_left(_LAST, division)]
