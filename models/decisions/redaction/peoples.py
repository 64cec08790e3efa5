"""Names of other nations of China written without a dot: 阿牛木支, 额尔敦朝鲁, 吐尔逊江, 扎西次仁.

They have no family name to begin with, so they are told by the characters that write them: for certain only where the place
says that somebody is named – after a role, in a row of names, before “另案处理” –, elsewhere for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import (
    AFTER_PEOPLE,
    ENDS_A_NAME,
    FOLLOWS_A_NAME,
    SIGNS_OF_OTHER_NATIONS,
)
from models.decisions.redaction.width import alike

_LONGEST, _SHORTEST = 6, 3
_OF_OTHERS = "".join(sorted(SIGNS_OF_OTHER_NATIONS))
_SIGNS = re.compile(f"[{_OF_OTHERS}]{{{_SHORTEST},{_LONGEST}}}")
_LONG = re.compile(rf"(?<![{_OF_OTHERS}])[{_OF_OTHERS}]{{4,{_LONGEST}}}")
_OF_KIN = re.compile(r"其[子女夫妻父母兄弟姐妹]")  # 其子曲向阳, but 其其格
_HAN = re.compile(r"[\u4e00-\u9fa5]")
_GOES_ON = AFTER_PEOPLE + FOLLOWS_A_NAME


def other_nation_end(half: str, at: int) -> int | None:
    """Where such a name ends that begins at `at`: the longest after which the text lets one end."""
    made = _SIGNS.match(half, at)
    if made is None or _OF_KIN.match(half, at):
        return None
    for end in range(made.end(), at + _SHORTEST - 1, -1):
        is_ended = not _HAN.match(half, end) or half[end] in ENDS_A_NAME or half.startswith(_GOES_ON, end)
        is_ended = is_ended or (end == made.end() and _word_begins(half, end))
        if is_ended and half[at:end] not in phrases_dict:
            return end
    return None


def find_of_other_nations(text: str, about: About) -> Iterator[Proposal]:
    """Four to six of those characters in a row that hold no word of the dictionary, wherever they stand: for review."""
    half = alike(text)
    for match in _LONG.finditer(half):
        end = other_nation_end(half, match.start())
        name = half[match.start() : end] if end else ""
        pairs = {name[at : at + 2] for at in range(len(name) - 1)}
        if (
            len(name) >= 4
            and name not in about.settled_names
            and not any(pair in phrases_dict for pair in pairs)
        ):
            yield Proposal(
                match.start(), match.start() + len(name), MarkKind.PERSON_NAME, Why.LIKE_A_NAME, Risk.REVIEW
            )


def _word_begins(half: str, at: int) -> bool:
    """Whether a word of the dictionary begins here: 罗洪木果 and 户籍, 降央卓玛 and 辨认."""
    return any(half[at : at + length] in phrases_dict for length in (2, 3, 4))
