"""How long a decision stays public: three generations of rules as data; the earliest of their dates wins.

The generations overlap and none says that it replaces the others, so the one that protects the party most
is the default. A later day than this needs a legal basis and an approver.
"""

import calendar
import datetime as dt
import enum
from collections.abc import Collection
from dataclasses import dataclass

from models.decisions.kinds import PenaltyKind


class Gravity(enum.StrEnum):
    """The three classes of bad-credit information (国办发〔2025〕22号 Art 2)."""

    MINOR = "minor"
    GENERAL = "general"
    SERIOUS = "serious"


GRAVITY_LABELS = {Gravity.MINOR: "轻微", Gravity.GENERAL: "一般", Gravity.SERIOUS: "严重"}

_MINOR = frozenset({PenaltyKind.WARNING, PenaltyKind.CRITICISM})
_SERIOUS = frozenset(
    {
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.RESTRICT_BUSINESS,
        PenaltyKind.STOP_BUSINESS,
        PenaltyKind.CLOSE,
        PenaltyKind.RESTRICT_PROFESSION,
    }
)


class Start(enum.StrEnum):
    """The day from which a term runs."""

    DECISION = "decision"
    PUBLICATION = "publication"


@dataclass(frozen=True, slots=True)
class Policy:
    """One generation: its longest term in months by gravity, the day it runs from, and its basis."""

    code: str
    force_from: dt.date
    start: Start
    months: dict[Gravity, int]
    basis: str


POLICY_BASIS_LABELS = {
    "R1": "《市场监督管理行政处罚信息公示规定》（总局令第45号）第十三条",
    "R2": "《市场监督管理信用修复管理办法》（2025年12月25日施行）",
    "R3": "《信用修复管理办法》（国家发展改革委令第36号）",
}

POLICIES = (
    Policy(
        code="R1",
        force_from=dt.date(2021, 9, 1),
        start=Start.PUBLICATION,
        months={Gravity.MINOR: 3, Gravity.GENERAL: 36, Gravity.SERIOUS: 36},
        basis=POLICY_BASIS_LABELS["R1"],
    ),
    Policy(
        code="R2",  # its text does not say from when the term runs: the earlier day is taken
        force_from=dt.date(2025, 12, 25),
        start=Start.DECISION,
        months={Gravity.MINOR: 3, Gravity.GENERAL: 12, Gravity.SERIOUS: 36},
        basis=POLICY_BASIS_LABELS["R2"],
    ),
    Policy(
        code="R3",
        force_from=dt.date(2026, 4, 1),
        start=Start.DECISION,
        months={Gravity.MINOR: 3, Gravity.GENERAL: 12, Gravity.SERIOUS: 36},
        basis=POLICY_BASIS_LABELS["R3"],
    ),
)


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which a record is public under one policy."""

    ends_on: dt.date
    policy_code: str
    basis: str


def gravity_of(kinds: Collection[PenaltyKind]) -> Gravity:
    """The class of a decision by its heaviest penalty."""
    if any(kind in _SERIOUS for kind in kinds):
        return Gravity.SERIOUS
    if kinds and all(kind in _MINOR for kind in kinds):
        return Gravity.MINOR
    return Gravity.GENERAL


def ends_under_each(
    gravity: Gravity, *, decided_on: dt.date, published_on: dt.date, policies: tuple[Policy, ...] = POLICIES
) -> list[End]:
    """The end under every policy in force on the day of publication, for older decisions as well."""
    starts = {Start.DECISION: decided_on, Start.PUBLICATION: published_on}
    return [
        End(add_months(starts[policy.start], policy.months[gravity]), policy.code, policy.basis)
        for policy in policies
        if policy.force_from <= published_on
    ]


def earliest_end(gravity: Gravity, *, decided_on: dt.date, published_on: dt.date) -> End | None:
    """The end that applies; among equal days the newest policy. None before the first policy."""
    ends = ends_under_each(gravity, decided_on=decided_on, published_on=published_on)
    return min(reversed(ends), key=lambda end: end.ends_on, default=None)


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day `months` later, or the last day of that month (民法典 Art 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
