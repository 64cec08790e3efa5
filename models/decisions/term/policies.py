"""The generations of rules on the term of publication, read from `profiles/publication.toml`."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.clocks.terms import Confidence
from models.decisions.kinds import PartyKind, PenaltyKind

POLICY_FILE = Path(__file__).parents[3] / "profiles" / "publication.toml"
FEN = 100


class Gravity(enum.StrEnum):
    """The three classes of bad-credit information (国办发〔2025〕22号 Art 2)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


GRAVITY_LABELS = {Gravity.MINOR: "轻微", Gravity.GENERAL: "一般", Gravity.SERIOUS: "严重"}


class Start(enum.StrEnum):
    """The day from which a term runs."""

    DECISION = "decision"
    PUBLICATION = "publication"


START_LABELS = {Start.DECISION: "自作出决定之日起", Start.PUBLICATION: "自公示之日起"}


@dataclass(frozen=True, slots=True)
class Policy:
    """One generation: its longest term in months by gravity, the day it runs from, and its basis.

    `least_months` is the shortest term before credit repair; penalties `never_early` have none.
    """

    code: str
    basis: str
    force_from: dt.date
    force_to: dt.date | None
    start: Start
    months: dict[Gravity, int]
    least_months: dict[Gravity, int]
    minor: frozenset[PenaltyKind]
    serious: frozenset[PenaltyKind]
    actual_term: frozenset[PenaltyKind] = frozenset()
    never_early: frozenset[PenaltyKind] = frozenset()
    low_fine_is_minor: bool = False
    confidence: Confidence = Confidence.HIGH
    note: str = ""

    def governs(self, first: dt.date, last: dt.date) -> bool:
        """Whether it was in force on some day from `first` to `last`."""
        return self.force_from <= last and (self.force_to is None or self.force_to >= first)

    def gravity(self, kinds: Collection[PenaltyKind], *, has_low_fine: bool = False) -> Gravity:
        """The class of a decision by its heaviest penalty; a low fine weighs as little as this policy says."""
        light = self.minor | ({PenaltyKind.FINE} if self.low_fine_is_minor and has_low_fine else frozenset())
        if any(kind in self.serious for kind in kinds):
            return Gravity.SERIOUS
        if kinds and all(kind in light for kind in kinds):
            return Gravity.MINOR
        return Gravity.GENERAL


@dataclass(frozen=True, slots=True)
class LowFine:
    """What one province calls a low fine 较低数额罚款: anything below, in fen."""

    region: str
    person_fen: int
    organisation_fen: int

    def holds(self, fine_fen: int | None, party: PartyKind) -> bool:
        line = self.person_fen if party is PartyKind.PERSON else self.organisation_fen
        return fine_fen is not None and fine_fen < line


@dataclass(frozen=True, slots=True)
class Stock:
    """Which records of an older generation a lawyer looks through: `months` after they became public, from `force_from` on."""

    of: str
    months: int
    force_from: dt.date
    basis: str


@functools.cache
def stock(path: Path = POLICY_FILE) -> Stock:
    """The list for the legal section, from the same file."""
    entry = _table(path)["stock"]
    return Stock(entry["of"], entry["months"], entry["from"], entry["basis"])


@functools.cache
def policies(path: Path = POLICY_FILE) -> tuple[Policy, ...]:
    """All generations, the oldest first."""
    found = [_policy(entry) for entry in _table(path)["policies"]]
    return tuple(sorted(found, key=lambda policy: policy.force_from))


@functools.cache
def low_fine(region_code: str | None, path: Path = POLICY_FILE) -> LowFine | None:
    """The line of the province in which `region_code` lies; None where none is known."""
    for entry in _table(path).get("low_fines", ()):
        if region_code and region_code.startswith(entry["region"]):
            return LowFine(entry["region"], entry["person_yuan"] * FEN, entry["organisation_yuan"] * FEN)
    return None


def newest_in_force(today: dt.date) -> Policy | None:
    """The newest generation in force on that day; before the first one None."""
    return next((policy for policy in reversed(policies()) if policy.governs(today, today)), None)


@functools.cache
def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _policy(entry: dict[str, Any]) -> Policy:
    return Policy(
        code=entry["code"],
        basis=entry["basis"],
        force_from=entry["from"],
        force_to=entry.get("to"),
        start=Start(entry["start"]),
        months={Gravity(name): months for name, months in entry["months"].items()},
        least_months={Gravity(name): months for name, months in entry["least_months"].items()},
        minor=_kinds(entry["minor"]),
        serious=_kinds(entry["serious"]),
        actual_term=_kinds(entry.get("actual_term", ())),
        never_early=_kinds(entry.get("never_early", ())),
        low_fine_is_minor=entry.get("low_fine_is_minor", False),
        confidence=Confidence(entry["confidence"]),
        note=entry.get("note", ""),
    )


def _kinds(words: Collection[str]) -> frozenset[PenaltyKind]:
    return frozenset(PenaltyKind(word) for word in words)
