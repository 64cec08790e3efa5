"""Names of whatever make where the place says that a person is named: after a role, a label, in a row of a table.

Rare family names (水庆霞, 勇恰东) are on no list, and with all of them on one, ordinary words would be names. So such a name is
believed only after a role, where it ends with the words or the clause, and is no word of the dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin.phrases_dict import phrases_dict

from models.decisions.names import COMPOUND_SURNAMES
from models.decisions.redaction.about import About
from models.decisions.redaction.kinds import MarkKind, Risk, Why
from models.decisions.redaction.proposals import Proposal
from models.decisions.redaction.surnames import (
    AFTER_PEOPLE,
    FOLLOWS_A_NAME,
    NEVER_IN_NAMES,
    NOT_NAMES,
    RARE_SURNAMES,
    SURNAMES,
)
from models.decisions.redaction.width import alike

_HAN = "\u4e00-\u9fa5"
# Who signs, in the words of every bureau: 法制审核：, 审理员：, 局长签发：. Parties and who stands for them are no such.
_SIGNS = re.compile(
    r"(?:[人员长师官者]|主办|协办|审核|审批|签发|核准|批准|拟稿|校对|承办|经办|经手|见证|记录|复核)(?=\s*:)"
)
_LABEL = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{0,9}}$")
_OF_A_PARTY = re.compile(
    r"代表人|负责人|经营者|投资人|权利人|权人|注册人|业主|当事人|处罚人|申请人|请求人|相对人|企业|单位"
)
_WHOLE = re.compile(rf"[{_HAN}]+")
_ENDS = re.compile(rf"(?!\s*:)(?:$|[^{_HAN}])")
_NO_NAME_BEGINS = frozenset(
    "他她它我你您一二三四五六七八九十两几多各每本该其此这那某等已未不无均同另以有为是在对向从与和及可将被的了"
)
_NO_NAME_HAS = re.compile(
    r"卡号|账号|账户|号码|电话|地址|邮箱|微信|为$|当事|公司|本局|我局|合格|通过|同意|情况|如下|见附|以上|以下|其他|人员|部门|单位|机关"
)
# A cell of its own, in a row that is divided by strokes.
_CELL = re.compile(rf"(?<=\|)\s*(?P<it>[{_HAN}]{{2,4}})\s*(?=\|)")
_NUMBER_OF_A_PERSON = re.compile(
    r"(?<![0-9])(?:1[3-9]\d(?:[ -]?\d{4}){2}|1[3-9]\d\*{4}\d{4}|\d{6}(?:\d{8}|\*{8})[\dXx*]{4}|\d{6}\d*\*{4,}[\dXx]*)(?![0-9])"
)
_BESIDE_A_NUMBER = re.compile(
    rf"(?<![{_HAN}])(?P<it>[{_HAN}]{{2,3}})[ ,:(/]{{1,3}}(?={_NUMBER_OF_A_PERSON.pattern})"
)
_ORIGIN = re.compile(
    rf"(?<![{_HAN}])(?P<it>[{_HAN}]{{2,4}})(?=\s*[(,]\s*(?:[{_HAN}]{{1,4}}族|(?:香港|澳门|台湾|[{_HAN}]{{2,8}}[省市县区镇乡村])(?:居民|村民|人)|[{_HAN}]{{1,4}}(?:籍|国人))\s*[,)。])"
)


def label_ends(half: str) -> Iterator[int]:
    """Where labels end that only people stand after: before their colons."""
    for sign in _SIGNS.finditer(half):
        label = _LABEL.search(half, max(0, sign.end() - 10), sign.end())
        if label and not _OF_A_PARTY.search(label[0]):
            yield sign.end()


def unlisted_name_end(half: str, at: int, *, is_announced: bool) -> tuple[int, Risk] | None:
    """Where a name of whatever make ends that begins at `at`, after a role, and how sure that is.

    `is_announced`: a colon or 为 stands before it, so that nothing but a name can follow.
    """
    for length in (3, 2):
        name = half[at : at + length]
        if len(name) < length or not _can_be(name, is_announced=is_announced):
            continue
        is_family = name[0] in RARE_SURNAMES
        goes_on = AFTER_PEOPLE + FOLLOWS_A_NAME if is_family and length == 3 else AFTER_PEOPLE
        if half.startswith(goes_on, at + length) and (is_family or length == 3):
            return at + length, Risk.BLOCKING
        if _ENDS.match(half, at + length) and (is_announced or is_family):
            return at + length, Risk.BLOCKING if is_announced or length > 2 else Risk.REVIEW
    return None


def find_in_rows(text: str, about: About) -> Iterator[Proposal]:
    """Names that stand alone: in a cell, before a person's number, before where somebody comes from."""
    half = alike(text)
    at = 0
    for line in half.split("\n"):
        risk = Risk.BLOCKING if _NUMBER_OF_A_PERSON.search(line) else Risk.REVIEW
        for match in _CELL.finditer(line):
            if _is_made_like_one(match["it"]) and match["it"] not in about.settled_names:
                begin, end = match.span("it")
                yield Proposal(at + begin, at + end, MarkKind.PERSON_NAME, Why.LIKE_A_NAME, risk)
        at += len(line) + 1
    for pattern in (_BESIDE_A_NUMBER, _ORIGIN):
        for match in pattern.finditer(half):
            if _is_made_like_one(match["it"]) and match["it"] not in about.settled_names:
                yield Proposal(*match.span("it"), MarkKind.PERSON_NAME, Why.LIKE_A_NAME)


def _can_be(name: str, *, is_announced: bool) -> bool:
    if name in phrases_dict or name[:2] in NOT_NAMES or name[0] in _NO_NAME_BEGINS:
        return False
    if not _WHOLE.fullmatch(name) or "某" in name or _NO_NAME_HAS.search(name):
        return False
    if is_announced:
        return name[0] in RARE_SURNAMES or name[-1] not in NEVER_IN_NAMES
    parts = (name[:2], name[1:])
    return not any(part in phrases_dict for part in parts) and not any(
        sign in NEVER_IN_NAMES for sign in name
    )


def _is_made_like_one(name: str) -> bool:
    is_compound = name[:2] in COMPOUND_SURNAMES
    if not is_compound and (name[0] not in SURNAMES or len(name) > 3):
        return False
    own = name[2:] if is_compound else name[1:]
    is_word = name in phrases_dict or name[:2] in NOT_NAMES or (not is_compound and name[:2] in phrases_dict)
    return bool(own) and not is_word and "某" not in name and not any(sign in NEVER_IN_NAMES for sign in own)
