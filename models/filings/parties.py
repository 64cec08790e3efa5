"""Who files with whom and for whom, and against whom besides: the sides of a filing that has more than two people.

What identifies people goes into the envelope with the filer (`Person`); how many they are, and what an agent may do and
until when, stands in the filing's own data, so that staff see it without opening anybody's envelope.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from models.filings.submissions import Respondent

MOST_RESPONDENTS = 20
MOST_JOINT = 50
MOST_REPRESENTATIVES = 2  # Order 121 Art 12; the one who files is the first


class Capacity(enum.StrEnum):
    """For whom somebody files."""

    SELF = "self"
    AGENT = "agent"
    JOINT = "joint"


class Power(enum.StrEnum):
    """What a power of attorney allows (Order 121 Art 11: 委托事项、权限和期限)."""

    GENERAL = "general"
    SPECIAL = "special"


CAPACITY_LABELS: dict[Capacity, str] = {
    Capacity.SELF: "我为自己（本单位）提交",
    Capacity.AGENT: "我是代理人，替别人提交",
    Capacity.JOINT: "我们几个人一起提交",
}

POWER_LABELS: dict[Power, str] = {
    Power.GENERAL: "一般代理：提交材料、接收文书、说明情况",
    Power.SPECIAL: "特别授权：还可以变更、放弃请求，进行和解、调解",
}


@dataclass(frozen=True)
class Mandate:
    """A power of attorney as it concerns the case: no names."""

    matters: str
    power: Power
    ends_on: dt.date

    def has_ended(self, today: dt.date) -> bool:
        """Whether its term is over on that Beijing day."""
        return self.ends_on < today

    def as_data(self) -> dict[str, str]:
        """For the filing's data."""
        return {"matters": self.matters, "power": self.power.value, "ends_on": self.ends_on.isoformat()}


@dataclass(frozen=True)
class Joint:
    """A joint filing 共同投诉 as it concerns the case (Order 121 Art 12): how many, and how many speak for them."""

    people: int
    representatives: int


def mandate_of(data: Mapping[str, Any]) -> Mandate | None:
    """The power of attorney under which a filing was made, if an agent made it."""
    kept = data.get("mandate")
    if not kept:
        return None
    return Mandate(kept["matters"], Power(kept["power"]), dt.date.fromisoformat(kept["ends_on"]))


def joint_of(data: Mapping[str, Any]) -> Joint | None:
    """How many filed together, if several did."""
    kept = data.get("joint")
    return Joint(kept["people"], kept["representatives"]) if kept else None


def more_respondents(data: Mapping[str, Any]) -> list[Respondent]:
    """Those complained of besides the first."""
    return [Respondent(**one) for one in data.get("respondents", [])]


def respondent_names(first: str, data: Mapping[str, Any]) -> list[str]:
    """Everybody complained of, by name, the first one first."""
    return [name for name in (first, *(one.name for one in more_respondents(data))) if name.strip()]


def respondents_data(respondents: Sequence[Respondent]) -> list[dict[str, str]]:
    """The same for the filing's data."""
    return [asdict(one) for one in respondents]
