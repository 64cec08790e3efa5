"""履行方式和期限: how and until when the party has to do what is ordered, as the text says it (国发〔2014〕6号 二(三))."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_SENTENCE = re.compile(r"[^。\n]+。?\n?")
_ZONES = ("penalty", "remedy")


def performance_in(zones: Mapping[str, str]) -> str:
    """What follows its heading, else the sentences on paying and doing, in their order; "" where there are none."""
    for zone in _ZONES:
        heading = _HEADING.search(alike(zones[zone]))
        if heading:
            return zones[zone][heading.end() :].strip()
    told = [part for zone in _ZONES for part in _sentences(zones[zone])]
    return "".join(told).strip()


def _sentences(text: str) -> list[str]:
    found = []
    for place in _SENTENCE.finditer(text):
        half = alike(place[0])
        if _HOW.search(half) and not _REMEDY.search(half):
            found.append(place[0])
    return found
