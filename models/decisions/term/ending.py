"""How long a decision stays public: one date under each generation of rules; the earliest of those that govern wins.

The generations overlap and none says that it replaces the others, so the one that protects the party most
is the default. A later day than this needs a legal basis and an approver: see `operations`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from models.decisions.kinds import PartyKind, PenaltyKind
from models.decisions.term.policies import Gravity, Policy, Start, low_fine, policies


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the term of a decision hangs on. `valid_until_on` is the last day of what the penalty restricts."""

    kinds: tuple[PenaltyKind, ...]
    decided_on: dt.date
    published_on: dt.date
    fine_fen: int | None = None
    party_kind: PartyKind = PartyKind.ORGANISATION
    valid_until_on: dt.date | None = None
    region_code: str | None = None

    @property
    def has_low_fine(self) -> bool:
        line = low_fine(self.region_code)
        return line is not None and line.holds(self.fine_fen, self.party_kind)


@dataclass(frozen=True, slots=True)
class End:
    """The last day on which a record is public under one policy, which `governs` it or only stands beside."""

    ends_on: dt.date
    policy: Policy
    gravity: Gravity
    governs: bool


def ends_under_each(
    facts: Facts, *, today: dt.date, generations: Sequence[Policy] | None = None
) -> list[End]:
    """The end under every generation, the oldest first.

    One governs when it was in force on some day on which the record was public, up to `today`: a rule that comes
    later and is milder holds for older records as well (立法法 Art 104).
    """
    last = max(today, facts.published_on)
    return [
        End(
            _end(policy, facts),
            policy,
            policy.gravity(facts.kinds, has_low_fine=facts.has_low_fine),
            policy.governs(facts.published_on, last),
        )
        for policy in (policies() if generations is None else generations)
    ]


def earliest_end(facts: Facts, *, today: dt.date, generations: Sequence[Policy] | None = None) -> End | None:
    """The end that applies; among equal days that of the newest generation. None before the first one."""
    governing = [end for end in ends_under_each(facts, today=today, generations=generations) if end.governs]
    return min(reversed(governing), key=lambda end: end.ends_on, default=None)


def _end(policy: Policy, facts: Facts) -> dt.date:
    start = facts.decided_on if policy.start is Start.DECISION else facts.published_on
    gravity = policy.gravity(facts.kinds, has_low_fine=facts.has_low_fine)
    end = add_months(start, policy.months[gravity])
    lasts = facts.valid_until_on if any(kind in policy.actual_term for kind in facts.kinds) else None
    return max(end, lasts) if lasts else end


def add_months(day: dt.date, months: int) -> dt.date:
    """The corresponding day `months` later, or the last day of that month (民法典 Art 202)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
