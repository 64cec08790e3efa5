"""How alike two names of companies are, part by part, so that a person sees why one is proposed for the other.

The trade name 字号 tells firms apart and weighs most; the region, the trade and the legal form are shared by many. A name
never decides: equal names may belong to two firms, and one firm has several names.
"""

from __future__ import annotations

import difflib
import enum
from dataclasses import dataclass

from models.companies.naming import NameParts, parts_of


class Part(enum.StrEnum):
    """What is compared."""

    TRADE_NAME = "trade_name"
    REGION = "region"
    TRADE = "trade"
    LEGAL_FORM = "legal_form"
    BRANCH = "branch"


PART_LABELS = {
    Part.TRADE_NAME: "字号",
    Part.REGION: "行政区划",
    Part.TRADE: "行业",
    Part.LEGAL_FORM: "组织形式",
    Part.BRANCH: "分支机构",
}
_WEIGHTS = {Part.TRADE_NAME: 60, Part.REGION: 15, Part.TRADE: 12, Part.LEGAL_FORM: 5, Part.BRANCH: 8}
_ONE_SAYS_NOTHING = 0.6  # one of the two names leaves the part out: neither for nor against
_MOST_UNEQUAL = 99.0
_FOREIGN_TRADE_NAME = 0.5  # below, the other parts may agree as they like


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of both names, and how alike they are from 0 to 1."""

    part: Part
    asked: str
    found: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is out of 100, and 100 only for equal names; `parts` are those that at least one name has."""

    score: float
    whole: float
    parts: tuple[Compared, ...]

    def of(self, part: Part) -> float:
        """The likeness in one part; 0 where neither name has it."""
        return next((one.likeness for one in self.parts if one.part is part), 0.0)


def compare(asked: str, found: str) -> Likeness:
    """How alike two folded names are."""
    return compare_parts(asked, parts_of(asked), found, parts_of(found))


def compare_parts(asked: str, asked_parts: NameParts, found: str, found_parts: NameParts) -> Likeness:
    """The same for who compares many names, each taken apart once."""
    whole = _ratio(asked, found)
    parts = tuple(_compared(asked_parts, found_parts))
    if asked == found:
        return Likeness(100.0, 1.0, parts)
    weight = sum(_WEIGHTS[one.part] for one in parts)
    in_parts = sum(_WEIGHTS[one.part] * one.likeness for one in parts) / weight if weight else 0.0
    names = next((one.likeness for one in parts if one.part is Part.TRADE_NAME), 0.0)
    score = 100 * (0.8 * in_parts + 0.2 * whole) * (1.0 if names >= _FOREIGN_TRADE_NAME else 0.5)
    return Likeness(round(min(score, _MOST_UNEQUAL), 1), round(whole, 3), parts)


def _compared(asked: NameParts, found: NameParts) -> list[Compared]:
    pairs = [(part, getattr(asked, part.value), getattr(found, part.value)) for part in Part]
    return [
        Compared(part, one, other, round(_part_likeness(part, one, other), 3))
        for part, one, other in pairs
        if one or other
    ]


def _part_likeness(part: Part, one: str, other: str) -> float:
    if one and other:
        if part is Part.REGION and (one.startswith(other) or other.startswith(one) or one.endswith(other)):
            return 1.0 if one == other else 0.9  # a district of the same city
        return _ratio(one, other)
    return 0.0 if part is Part.BRANCH else _ONE_SAYS_NOTHING  # a branch is not its head office


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
