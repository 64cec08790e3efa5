"""履行方式和期限: how and until when the party has to do what is ordered, as the text says it (国发〔2014〕6号 二(三))."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from models.decisions.redaction.width import alike

_HEADING = re.compile(r"^[(一二三四五六七八九十)]{1,4}[、.]?[^\n。]{0,8}履行[^\n。]{0,10}$", re.MULTILINE)
_HOW = re.compile(
    r"(?:自|在|于|限|应)[^。;\n]{0,60}(?:缴|交至|交到|上缴|履行)"
    r"|(?:自|在|于|限)[^。;\n]{0,40}(?:前|内|限)[^。;\n]{0,12}(?:改正|整改)"
    r"|罚没?款[^。\n]{0,16}(?:缴|交)(?:至|到|纳|往|入)"
    r"|(?:缴纳|缴款|履行)(?:的)?(?:方式|期限|地点|账号|银行)"
    r"|(?:户名|账号|帐号|开户行|开户银行|收款单位|收款银行)\s*:"
    r"|(?:到|逾)期(?:不|未)(?:缴|履行)|加处罚款"
)
_REMEDY = re.compile(r"复议|诉讼|起诉|陈述|申辩")
# What may stand before the words on paying in a sentence that says nothing else: who has to, or what is to be paid.
_WHO = re.compile(
    r"\s*(?:[一二三四五六七八九十\d]{1,3}[、.]\s*)?(?:上述|以上)?(?:当事人|被请求人|被处罚人|你(?:单位|公司|店|厂)?|罚没?款)?(?:须|请)?\s*"
)
# A sentence that orders something besides stays among what is ordered.
_ORDERS = re.compile(r"没收(?!款)|销毁|责令|停止|改正|整改|警告|吊销|关闭|赔偿|消除")
_SENTENCE = re.compile(r"[^。\n]+。?\n?")
_ZONES = ("penalty", "remedy")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of performing, and the zones without what is said nowhere but there."""

    performance: str
    zones: Mapping[str, str]


def performance_in(zones: Mapping[str, str]) -> Told:
    """What follows its heading, else the sentences on paying and doing, in their order.

    A sentence on paying alone is taken out of its zone, so that a decision doesn't say it twice; of one that orders
    as well (罚款100元，限十五日内缴清), which stays where it is, the clause is told.
    """
    for zone in _ZONES:
        heading = _HEADING.search(alike(zones[zone]))
        if heading:
            told = zones[zone][heading.end() :].strip()
            return Told(told, _left(zones, {zone: zones[zone][: heading.start()]}))
    told, left = "", {}
    for zone in _ZONES:
        left[zone] = ""
        for place in _SENTENCE.finditer(zones[zone]):
            found = _HOW.search(alike(place[0]))
            if found is None or _REMEDY.search(alike(place[0])):
                left[zone] += place[0]
            elif _says_nothing_else(place[0], found):
                told += place[0]
            else:
                left[zone] += place[0]
                told += place[0][_clause(place[0], found) :]
    return Told(told.strip(), _left(zones, left))


def _says_nothing_else(sentence: str, found: re.Match[str]) -> bool:
    half = alike(sentence)
    return bool(_WHO.fullmatch(half, 0, found.start())) and not _ORDERS.search(half)


def _clause(sentence: str, found: re.Match[str]) -> int:
    """Where the clause begins that the words stand in, or the words where the clause begins with an order."""
    begins = max(sentence.rfind(sign, 0, found.start()) for sign in "，,；;：:") + 1
    return begins if begins and not _ORDERS.search(sentence, begins, found.start()) else found.start()


def _left(zones: Mapping[str, str], left: Mapping[str, str]) -> dict[str, str]:
    """A zone that consists of nothing else keeps it."""
    return {**zones, **{zone: rest for zone, text in left.items() if (rest := text.strip())}}
