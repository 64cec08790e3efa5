"""Names of natural persons by what stands around them, where no role is named: “对方志诚进行询问”, “由赵丽萍签收”.

What begins with a family name and is two or three characters long is a name only where both sides let it be one: a word
that takes a person before it (or the beginning of a clause), and something that only people do or have after it. What
has one such side is shown for review. Ordinary words are told by a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from models.decisions.names import COMPOUND_SURNAMES
from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.peoples import other_nation_end
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import (
    AFTER_PEOPLE,
    BEFORE_PEOPLE,
    BEGINS_A_NAME,
    GIVEN_NAMES,
    NEVER_IN_NAMES,
    NOT_GIVEN_NAMES,
    NOT_LIKELY_NAMES,
    NOT_NAMES,
    OFTEN_AFTER_PEOPLE,
    OFTEN_BEFORE_PEOPLE,
    SURNAMES,
)
from models.decisions.redaction.width import alike

_HAN = re.compile(r"[\u4e00-\u9fa5]+")
_CLAUSE_BEGINS = re.compile(r"(?:^|[,;:。!?、()“”\"\n\s])$")
_KNOWN_TO_PARTY = re.compile(
    r"\((?:\d{1,2}周?岁|系|是|为|另案|身份|男|女|已|住|现住|户籍|电话|手机|微信)|\s*,\s*[男女]\s*[,)]"
)
# The rest of a company's name: nothing is done in it to anybody.
_COMPANY_GOES_ON = re.compile(
    r"[^,;。购销售向从由与给签租付\n]{0,8}?(?:有限公司|股份公司|集团|合作社|事务所)"
)
_LONGEST_WORD = 4
_KIN = frozenset("子女妻夫父母兄弟姐妹侄婿")
# 向剑河购买, 与李村签订: far more often prepositions than family names.
_PREPOSITIONS = frozenset("向于和与同从对")
# 慕容雪、谷雨等人: what stands in a row before a name is one.
_LISTED_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fa5]|[有为是由即系与和向对])(?P<it>[\u4e00-\u9fa5]{2,4})、$")
# Only of people, so that a name that is an ordinary word as well is believed: 谷雨等人, 阳光（快递站站长）.
_SURELY_OF_PEOPLE = re.compile(
    r"等(?:[二三四五六两]?人)|夫妇|夫妻|\([^()]{0,8}(?:长|员|工|师|老板|店主|业主|妻|夫|父|母|子|女|弟|兄|姐|妹)\)"
)


def find_by_context(text: str, about: About) -> Iterator[Proposal]:
    """Names in `text` that no role announces: certain ones block, likely ones are for review."""
    half = alike(text)
    at = 0
    while begins := BEGINS_A_NAME.search(half, at):
        at = begins.start()
        found = _name_at(half, at)
        if found is None:
            at += 1
            continue
        end, is_certain = found
        end = max(end, other_nation_end(half, at) or 0)  # 罗洪木果 begins like a name of three
        if half[at:end] not in about.public_names and not is_in_public_name(half, at, end, about):
            risk = Risk.BLOCKING if is_certain else Risk.REVIEW
            yield Proposal(at, end, MarkKind.PERSON_NAME, Why.LIKE_A_NAME, risk)
            listed = _LISTED_BEFORE.search(half, max(0, at - 6), at) if is_certain else None
            if listed and _is_listed(half, *listed.span("it")):
                yield Proposal(*listed.span("it"), MarkKind.PERSON_NAME, Why.LIKE_A_NAME)
        at = end


def _name_at(half: str, at: int) -> tuple[int, bool] | None:
    """Where the name ends that begins here, and whether both sides say that it is one."""
    surname = 2 if half[at : at + 2] in COMPOUND_SURNAMES else 1
    before = half[max(0, at - 8) : at]
    is_begun = _CLAUSE_BEGINS.search(before) is not None
    strong_before, weak_before = before.endswith(BEFORE_PEOPLE), before.endswith(OFTEN_BEFORE_PEOPLE)
    if not (is_begun or strong_before or weak_before) or (before.endswith("及") and half[at] == "时"):
        return None
    for given in (2, 1):
        end = at + surname + given
        if not can_be_name(half, at, end, given):
            continue
        strong_after = half.startswith(AFTER_PEOPLE, end) or _KNOWN_TO_PARTY.match(half, end) is not None
        strong_after = strong_after or _SURELY_OF_PEOPLE.match(half, end) is not None
        weak_after = half.startswith(OFTEN_AFTER_PEOPLE, end)
        if strong_after:
            return end, True
        if company_goes_on(half, end) or half[at] in _PREPOSITIONS:
            continue
        if weak_after and (strong_before or weak_before) and not cuts_a_word(half, at, end):
            return end, True
        is_whole = weak_after or _ends_clause(half, end)
        if is_whole and (strong_before or weak_before or weak_after) and not cuts_a_word(half, at, end):
            return end, strong_before and given == 2
    return None


def company_goes_on(half: str, end: int) -> bool:
    """Whether what ended here is the beginning of a company's name."""
    return _COMPANY_GOES_ON.match(half, end) is not None


def can_be_name(half: str, at: int, end: int, given: int) -> bool:
    """Whether the characters may be a name, `given` of them at the end the given one: no word, no sign that no name has."""
    name = half[at:end]
    if len(name) < end - at or not _HAN.fullmatch(name) or "某" in name or is_of_kin(half, end):
        return False
    is_compound = name[:2] in COMPOUND_SURNAMES
    if _SURELY_OF_PEOPLE.match(half, end) and name[:2] not in NOT_NAMES:
        return not any(sign in NEVER_IN_NAMES for sign in name[-given:])
    if name[-2] == "之" and name[-1] in _KIN:  # 占山之弟
        return False
    if name in phrases_dict or (
        not is_compound and (name[:2] in NOT_LIKELY_NAMES or name[:2] in phrases_dict)
    ):
        return False
    own = name[-given:]
    if own in GIVEN_NAMES:
        return True
    return not any(sign in NEVER_IN_NAMES for sign in own) and not any(
        word in own for word in NOT_GIVEN_NAMES
    )


def is_of_kin(half: str, end: int) -> bool:
    """Whether what ends here ends with 之 and somebody's relation follows: 第五琼之子."""
    return half[end - 1] == "之" and half[end : end + 1] in _KIN


def _is_listed(half: str, at: int, end: int) -> bool:
    surname = 2 if half[at : at + 2] in COMPOUND_SURNAMES else 1
    is_surname = surname == 2 or half[at] in SURNAMES
    return is_surname and end - at - surname in (1, 2) and can_be_name(half, at, end, end - at - surname)


def _ends_clause(half: str, end: int) -> bool:
    return end >= len(half) or half[end] in ',;:。、)\n "”等的'


def cuts_a_word(half: str, at: int, end: int) -> bool:
    """Whether a word of the dictionary goes across one of the two edges, or the whole is within one."""
    for begin in range(max(0, at - _LONGEST_WORD + 1), end):
        for stop in range(begin + 2, min(begin + _LONGEST_WORD, len(half)) + 1):
            crosses = (begin < at < stop) or (at <= begin < end < stop)
            if crosses and half[begin:stop] in phrases_dict:
                return True
    return False


def is_in_public_name(half: str, at: int, end: int, about: About) -> bool:
    """Whether the stretch is part of the name of a party that is public."""
    for name in about.public_names:
        folded = alike(name)
        start = half.find(folded, max(0, end - len(folded)), at + len(folded))
        if start != -1 and start <= at and end <= start + len(folded):
            return True
    return False
