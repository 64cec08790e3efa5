"""Amounts as decisions write them: 5,000元, ￥５０００.００, 0.5万元, 伍仟元整, 十二万五千元, 贰拾伍万肆仟叁佰元伍角."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from models.decisions.money import MAX_FEN
from models.decisions.redaction.width import alike

_SIGNS = ("零〇○", "一壹", "二贰两貳弍", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {sign: value for value, signs in enumerate(_SIGNS) for sign in signs}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_HAN = "".join((*_DIGITS, *_SMALL, *_LARGE))
_YUAN = "[元圆圓]"
_UNITS = "".join((*_SMALL, *_LARGE))
_DIGITS_AND_UNIT = rf"\d[\d, ]{{0,24}}+(?:\.\d{{1,8}}+)?+\s{{0,4}}+[{_UNITS}]{{0,3}}+\s{{0,4}}+"
# Possessive and bounded, so that no text is costly to read.
AMOUNT = re.compile(
    rf"(?:人民币|RMB|[¥￥])?\s{{0,4}}(?P<sum>(?:{_DIGITS_AND_UNIT}){{1,4}}+|[{_HAN}]{{1,24}}+)\s{{0,4}}{_YUAN}"
    rf"(?:(?P<jiao>[\d{_HAN}]{{1,3}})角)?(?:(?P<fen>[\d{_HAN}]{{1,3}})分)?[整正]?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:¥|￥)\s*(?P<sum>\d[\d,]*(?:\.\d{1,2})?)(?!\s*[万亿\d])")
_PART = re.compile(rf"(\d[\d, ]*(?:\.\d+)?)\s*([{_UNITS}]*)")


@dataclass(frozen=True, slots=True)
class Found:
    """An amount in fen, and where it stands."""

    fen: int
    begin: int
    end: int


def amounts(text: str) -> Iterator[Found]:
    """All amounts of money in `text`, in order; what has parts of a fen or is beyond all reason is none."""
    half = alike(text)
    found = {match.start(): match for pattern in (_SIGNED, AMOUNT) for match in pattern.finditer(half)}
    end = 0
    for begin, match in sorted(found.items()):
        fen = _fen(match)
        if fen is not None and begin >= end:
            end = match.end()
            yield Found(fen, begin, end)


def han_number(written: str) -> int | None:
    """A whole number in Chinese numerals, plain or 大写; None when it is none. 十五 is 15, 二〇二六 is not a sum."""
    total = section = digit = 0
    for sign in written:
        if sign in _DIGITS:
            if digit:
                return None  # two digits side by side: a year or a number, no sum
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            section += (digit or 1) * _SMALL[sign]
            digit = 0
        elif sign in _LARGE:
            total = (
                (total + section + digit) * _LARGE[sign]
                if _LARGE[sign] > 10**4
                else total + (section + digit) * _LARGE[sign]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit


def _fen(match: re.Match[str]) -> int | None:
    yuan = _yuan(match["sum"].strip())
    groups = match.groupdict()
    if yuan is None:
        return None
    fen = yuan * 100
    for name, worth in (("jiao", 10), ("fen", 1)):
        if groups.get(name):
            fen += (_yuan(groups[name]) or 0) * worth
    return int(fen) if fen == fen.to_integral_value() and 0 < fen <= MAX_FEN else None


def _yuan(written: str) -> Decimal | None:
    if not written[:1].isdigit():
        number = han_number(written)
        return None if number is None else Decimal(number)
    total = Decimal(0)
    try:
        for digits, units in _PART.findall(written):
            worth = Decimal(1)
            for unit in units:
                worth *= _SMALL.get(unit) or _LARGE[unit]
            total += Decimal(digits.replace(",", "").replace(" ", "")) * worth
    except InvalidOperation:
        return None
    return total
