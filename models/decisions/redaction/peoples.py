"""Names of other nations of China written without a dot: 阿牛木支, 额尔敦朝鲁, 吐尔逊江, 扎西次仁.

They have no family name to begin with, so they are told by the characters that write them, and only where the place says
that somebody is named: after a role, in a row of names, before “另案处理”.
"""

from __future__ import annotations

import re

from pypinyin.phrases_dict import phrases_dict

from models.decisions.redaction.surnames import (
    AFTER_PEOPLE,
    ENDS_A_NAME,
    FOLLOWS_A_NAME,
    SIGNS_OF_OTHER_NATIONS,
)

_LONGEST, _SHORTEST = 6, 3
_SIGNS = re.compile(f"[{''.join(sorted(SIGNS_OF_OTHER_NATIONS))}]{{{_SHORTEST},{_LONGEST}}}")
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
        if is_ended and half[at:end] not in phrases_dict:
            return end
    return None
