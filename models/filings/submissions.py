"""What is handed to the verbs: a submission as the filer meant it, and the person who files it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from models.codes.text import compact
from models.kinds import Channel, RightType, Track

FAST = "fast_lane"  # in the data of what a holder in the fast lane sent
UNPROVEN = "unproven"  # in the data of what was sent without proof of work


@dataclass(frozen=True)
class Agent:
    """代理人: who files for somebody else. In the envelope with them."""

    name: str
    phone: str
    organisation: str = ""

    def __repr__(self) -> str:
        return "Agent(…)"


@dataclass(frozen=True)
class Companion:
    """Somebody who files jointly with the filer, who is the first representative (Order 121 Art 12)."""

    name: str
    phone: str
    address: str
    is_representative: bool = False

    def __repr__(self) -> str:
        return "Companion(…)"


@dataclass(frozen=True)
class Person:
    """The filer. Goes into the envelope and nowhere else; `repr` keeps quiet."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    id_number: str = ""
    organisation: str = ""
    uscc: str = ""
    agent: Agent | None = None
    companions: tuple[Companion, ...] = ()

    def to_json(self) -> bytes:
        """The canonical form that is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Person:
        """The person in an opened envelope."""
        kept = json.loads(content)
        agent, companions = kept.pop("agent", None), kept.pop("companions", ())
        return cls(
            **kept,
            agent=Agent(**agent) if agent else None,
            companions=tuple(Companion(**one) for one in companions),
        )

    @property
    def phone_digits(self) -> str:
        """The number as it is compared: digits only, without the country's prefix."""
        digits = "".join(character for character in compact(self.phone) if character.isdigit())
        return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits

    def __repr__(self) -> str:
        return "Person(…)"


@dataclass(frozen=True)
class Respondent:
    """被举报(投诉)方 as the filer knows it."""

    name: str
    uscc: str = ""
    address: str = ""
    platform_link: str = ""


@dataclass(frozen=True)
class Submission:
    """One sending. `token` was given to the visitor's draft; the same token is the same sending, however often it comes.

    `also` are the further procedures that the same words ask for: each becomes a filing of its own (Order 121 Art 9).
    `person` None is an anonymous report. `data` holds answers that one kind of filing has, nothing about the filer.
    """

    token: str
    track: Track
    right_type: RightType
    respondent: Respondent
    region_code: str
    facts: str
    request: str = ""
    right_number: str = ""
    person: Person | None = None
    channel: Channel = Channel.WEB
    language: str = "zh_Hans"
    data: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[Track, ...] = ()
