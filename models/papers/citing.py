"""How a paper cites the law: with its title and in Chinese numerals, where pages use the short form."""

from __future__ import annotations

import re

# What a page calls a law for short.
TITLES: dict[str, str] = {
    "121号": "市场监督管理投诉举报处理办法",
    "20号": "市场监督管理投诉举报处理暂行办法",
    "程序规定": "市场监督管理行政处罚程序规定",
}
_DIGITS = "零一二三四五六七八九"
_PLACE = re.compile(r"(?<=第)\d+(?:、\d+)*(?=[条款项])")


def cited(basis: str) -> str:
    """「121号 第23条第1款第1项」 as 《市场监督管理投诉举报处理办法》第二十三条第一款第一项."""
    law, _space, place = basis.partition(" ")
    return f"《{TITLES.get(law, law)}》{_PLACE.sub(_numerals, place)}" if place else basis


def in_han(number: int) -> str:
    """As articles are counted, up to 999: 十, 二十三, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones or not number else "")


def _numerals(found: re.Match[str]) -> str:
    return "、".join(in_han(int(one)) for one in found[0].split("、"))
