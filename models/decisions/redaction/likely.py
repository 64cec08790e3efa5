"""Names of natural persons by what they are made of: a family name and signs of given names, wherever they stand.

Whoever writes a decision names people in ways that no list of roles foresees: “真名涂建业的人”, “关于樊立新的笔录”. Such a find is
for review; it blocks where it stands by itself, between signs that are no Chinese characters. What is part of words in quotation
marks is a brand; the whole of them may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.decisions.names import COMPOUND_SURNAMES
from models.decisions.redaction.about import About
from models.decisions.redaction.context import can_be_name, company_goes_on, cuts_a_word, is_in_public_name
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.peoples import other_nation_end
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import (
    BEGINS_A_NAME,
    FAMILY_NAMES_AND_WORDS,
    GIVEN_NAME_SIGNS,
    GIVEN_NAMES,
    WORDS_BEFORE,
)
from models.decisions.redaction.width import alike

_QUOTED = re.compile(r"[“‘「『\"](?P<words>[^“”‘’「」『』\"]{1,12})[”’」』\"]")
_OF_PLACES = frozenset("县市区镇乡村路街道省州屯庄寨山河湖巷")


def find_likely(text: str, about: About) -> Iterator[Proposal]:
    """What is made like a name of two to four characters, and is neither a word nor a place nor public."""
    half = alike(text)
    settled = about.settled_names
    at, last = 0, -1
    quotations = list(_QUOTED.finditer(half))
    while begins := BEGINS_A_NAME.search(half, at):
        at = begins.start()
        end = _end(half, at, is_listed=last >= 0 and half[last:at] == "、")
        if end is None or half[at:end] in settled or is_in_public_name(half, at, end, about):
            at += 1
            continue
        end = max(end, other_nation_end(half, at) or 0)
        quoted = next((one for one in quotations if one.start() < at and end < one.end()), None)
        if quoted and len(quoted["words"]) > end - at:
            at = quoted.end()
            continue
        is_alone = not (_is_han(half[at - 1 : at]) and _is_han(half[end : end + 1])) and end - at > 2
        risk = Risk.BLOCKING if is_alone and not quoted else Risk.REVIEW
        yield Proposal(at, end, MarkKind.PERSON_NAME, Why.LIKE_A_NAME, risk)
        at = last = end


def _end(half: str, at: int, *, is_listed: bool) -> int | None:
    """Where the name ends that begins here. One of two characters has to end where a word does.

    `is_listed`: a name and 、 stand before it, so that its family name may be a word as well.
    """
    surname = 2 if half[at : at + 2] in COMPOUND_SURNAMES else 1
    if surname == 1 and half[at] in FAMILY_NAMES_AND_WORDS and not is_listed:
        return None
    if half.endswith(WORDS_BEFORE, 0, at + 1):
        return None
    for given in (2, 1):
        end = at + surname + given
        following = half[end : end + 1]
        is_place = (
            half[end - 1 : end] in _OF_PLACES
            and (  # 市江阳路, 杨路1001弄
                half[at - 1 : at] in _OF_PLACES or following.isdigit()
            )
        )
        if is_place or following in _OF_PLACES or (given == surname == 1 and _is_han(following)):
            continue
        own = half[at + surname : end]
        is_made_so = own in GIVEN_NAMES or (
            len(own) == given and all(sign in GIVEN_NAME_SIGNS for sign in own)
        )
        if is_made_so and can_be_name(half, at, end, given) and not cuts_a_word(half, at, end):
            return None if company_goes_on(half, end) else end
    return None


def _is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fa5"
