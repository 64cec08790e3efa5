"""What each kind of outside body needs is data: `profiles/transfers.toml`, with the article of each fact and material."""

from __future__ import annotations

import dataclasses
import enum
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import RightType
from models.people.profiles import OutsideKind

NEEDS_FILE = Path(__file__).parents[3] / "profiles" / "transfers.toml"


class NeedError(Exception):
    """The file cannot be used; the text says where and why. Whoever runs the site reads it."""


class Occasion(enum.StrEnum):
    """On which occasion something goes to the body. Before acceptance little may be asked: the filer waits."""

    FORWARD = "forward"
    TRANSFER = "transfer"
    FILED = "filed"
    LETTER = "letter"


class Has(enum.StrEnum):
    """What the case itself shows; BY_HAND: an officer has to look."""

    FACTS = "facts"
    RESPONDENT = "respondent"
    PLACE = "place"
    RIGHT = "right"
    EVIDENCE = "evidence"
    PAPER = "paper"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Need:
    """One fact or material. `unsure`: the article was not read in the original; such a need never blocks."""

    id: str
    bodies: tuple[OutsideKind, ...]
    title: str
    basis: str
    has: Has = Has.BY_HAND
    papers: tuple[str, ...] = ()
    rights: tuple[RightType, ...] = ()
    required: tuple[Occasion, ...] = ()
    unsure: bool = False

    def concerns(self, body: OutsideKind, right_type: RightType) -> bool:
        """Whether such a body needs it in a matter of that right."""
        return body in self.bodies and (not self.rights or right_type in self.rights)


@cache
def needs(path: Path = NEEDS_FILE) -> Sequence[Need]:
    """All of them in the order of the file; NeedError where it is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NeedError(f"{path.name}：{error}") from error
    found = tuple(_need(row, f"{path.name}：{row.get('id', '?')}") for row in table.get("needs", []))
    if len({one.id for one in found}) < len(found):
        raise NeedError(f"{path.name}：id 不能重复。")
    return found


def occasion_of(case: Case) -> Occasion:
    """Which occasion a transfer is now."""
    if case.state is State.RECEIVED:
        return Occasion.FORWARD
    return Occasion.FILED if case.state is State.INVESTIGATING else Occasion.TRANSFER


def _need(row: Mapping[str, Any], place: str) -> Need:
    known = {one.name for one in dataclasses.fields(Need)}
    if unknown := sorted(set(row) - known):
        raise NeedError(f"{place} 有不认识的设置：{'、'.join(unknown)}。")
    try:
        lists = {
            "bodies": tuple(map(OutsideKind, row["bodies"])),
            "has": Has(row.get("has", Has.BY_HAND)),
            "papers": tuple(row.get("papers", ())),
            "rights": tuple(map(RightType, row.get("rights", ()))),
            "required": tuple(map(Occasion, row.get("required", ()))),
        }
        need = Need(**{**row, **lists})
    except (KeyError, ValueError, TypeError) as error:
        raise NeedError(f"{place}：{error}") from error
    if (need.has is Has.PAPER) != bool(need.papers):
        raise NeedError(f"{place}：has 是 paper 的写明 papers，其他的不写。")
    if need.required and (need.unsure or need.has is Has.BY_HAND):
        raise NeedError(f"{place}：待确认的、由承办人核对的，不能是必需项。")
    return need
