"""The term of one decision: what each generation gives, what its source states, what was put off, and which holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from models.decisions.tables import Decision
from models.decisions.term.ending import End, Facts, earliest_end, ends_under_each
from models.decisions.term.policies import newest_in_force

STATED_END = "stated"
POSTPONED_END = "postponed"
TERM_BASIS_LABELS = {STATED_END: "作出机关载明的公示截止期"}


@dataclass(frozen=True, slots=True)
class Term:
    """The last public day, by which rule, and that rule in words."""

    ends_on: dt.date
    code: str
    basis: str


def facts_of(decision: Decision, *, published_on: dt.date) -> Facts:
    """What its term hangs on, if it is public from that day."""
    return Facts(
        kinds=decision.kinds,
        decided_on=decision.decided_on,
        published_on=published_on,
        fine_fen=decision.fine_fen,
        party_kind=decision.party_kind,
        valid_until_on=decision.valid_until_on,
        region_code=decision.unit.region_code,
    )


def each_end(decision: Decision, *, published_on: dt.date, today: dt.date) -> list[End]:
    """The end under every generation, for staff to see."""
    return ends_under_each(facts_of(decision, published_on=published_on), today=today)


def planned_term(decision: Decision, *, published_on: dt.date, today: dt.date) -> Term | None:
    """The earliest of the generations that govern and the stated day; None where there is neither."""
    end = earliest_end(facts_of(decision, published_on=published_on), today=today)
    stated = decision.stated_end_on
    if stated is not None and (end is None or stated < end.ends_on):
        return Term(stated, STATED_END, TERM_BASIS_LABELS[STATED_END])
    return Term(end.ends_on, end.policy.code, end.policy.basis) if end else None


def take_term(decision: Decision, term: Term | None, *, today: dt.date) -> None:
    """Freezes the term on the decision, and the newest generation that was looked at for it."""
    newest = newest_in_force(today)
    decision.term_rules = newest.code if newest else None
    if term is not None:
        decision.ends_on, decision.end_policy, decision.end_basis = term.ends_on, term.code, term.basis
