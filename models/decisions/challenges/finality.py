"""终局: from which day on a decision can no longer be challenged. The limits are data in `profiles/publication.toml`.

Nothing is guessed: without the day of service, or of the ruling's service, no decision becomes final by time.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.clocks.calendar import Calendar
from models.clocks.deadlines import rolled
from models.decisions.challenges.kinds import ChallengeKind, Outcome
from models.decisions.challenges.tables import Challenge
from models.decisions.kinds import DecisionKind
from models.decisions.term.ending import add_months
from models.decisions.term.policies import POLICY_FILE

DAY = dt.timedelta(days=1)


class Stage(enum.StrEnum):
    """What was served last, and so which remedy is open."""

    DECISION = "decision_served"
    RECONSIDERATION = "reconsideration_served"
    JUDGMENT = "judgment_served"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One limit: so many days or months after the stage's paper was served, for decisions of `kinds`."""

    stage: Stage
    title: str
    days: int
    months: int
    basis: str
    kinds: frozenset[DecisionKind]

    def ends_on(self, served_on: dt.date, calendar: Calendar) -> dt.date:
        return rolled(add_months(served_on, self.months) + dt.timedelta(days=self.days), calendar)


@functools.cache
def all_remedies(path: Path = POLICY_FILE) -> tuple[Remedy, ...]:
    """All limits."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Remedy(
            Stage(entry["event"]),
            entry["title"],
            entry["n"] if entry["unit"] == "d" else 0,
            entry["n"] if entry["unit"] == "mo" else 0,
            entry["basis"],
            frozenset(DecisionKind(kind) for kind in entry.get("kinds", DecisionKind)),
        )
        for entry in table["finality"]
    )


def remedies(kind: DecisionKind) -> tuple[Remedy, ...]:
    """Those against a decision of that kind: who disagrees with an adjudication has fifteen days (专利法 Art 65)."""
    return tuple(one for one in all_remedies() if kind in one.kinds)


def final_day(
    served_on: dt.date | None, challenges: Sequence[Challenge], calendar: Calendar, *, kind: DecisionKind
) -> dt.date | None:
    """The first day on which it is final; None while it can be or is being challenged, is changed, or a day is unknown.

    `challenges` are those of the decision in the order in which they were filed.
    """
    if any(one.is_open or one.changes_decision for one in challenges):
        return None
    heard = [one for one in challenges if one.outcome is not Outcome.ABANDONED]
    last = heard[-1] if heard else None
    if last is None:
        end = _last_end(Stage.DECISION, served_on, calendar, kind)
    elif last.kind is ChallengeKind.APPEAL:
        return last.outcome_served_on
    else:
        stage = Stage.RECONSIDERATION if last.kind is ChallengeKind.RECONSIDERATION else Stage.JUDGMENT
        end = _last_end(stage, last.outcome_served_on, calendar, kind)
    if end is None:
        return None
    # Who has taken a challenge back is bound by it only from that day on.
    return max([end + DAY, *(one.outcome_on for one in challenges if one.outcome_on)])


def _last_end(
    stage: Stage, served_on: dt.date | None, calendar: Calendar, kind: DecisionKind
) -> dt.date | None:
    if served_on is None:
        return None
    return max(remedy.ends_on(served_on, calendar) for remedy in remedies(kind) if remedy.stage is stage)
