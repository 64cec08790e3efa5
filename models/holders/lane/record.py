"""The numbers of a holder's record over the last months, and what they suggest to a person; nothing is decided here."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.response.tables import Invitation, Statement
from models.cases.tables import Case
from models.cases.terms import Outcome, State
from models.holders.lane.rules import LaneRules, Threshold
from models.holders.lane.tables import StatementFinding
from models.holders.tables import HeldFiling

MONTH = dt.timedelta(days=30)


class Suggestion(enum.StrEnum):
    """What the numbers suggest."""

    GRANT = "grant"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Record:
    """What became of the filings that ended since a day. `upheld` are cases in which the company's statement was upheld."""

    since: dt.date
    ended: int = 0
    good: int = 0
    bad: int = 0
    withdrawn: int = 0
    upheld: int = 0

    @property
    def judged(self) -> int:
        """Those that say something: found true, or not."""
        return self.good + self.bad

    @property
    def success(self) -> float | None:
        """The share found true of those that were judged; None when none was."""
        return self.good / self.judged if self.judged else None

    @property
    def upheld_share(self) -> float:
        """The share of judged cases in which the company was right."""
        return self.upheld / self.judged if self.judged else 0.0

    def as_data(self) -> dict[str, Any]:
        """To be kept with a decision."""
        return {**asdict(self), "since": self.since.isoformat()}


def record_of(session: Session, organisation_id: int, rules: LaneRules, *, now: dt.datetime) -> Record:
    """The numbers of one organisation."""
    return records(session, rules, now=now, organisation_id=organisation_id).get(
        organisation_id, Record((now - rules.months * MONTH).date())
    )


def records(
    session: Session, rules: LaneRules, *, now: dt.datetime, organisation_id: int | None = None
) -> dict[int, Record]:
    """The numbers by organisation, in two queries; organisations without an ended filing are left out."""
    since = now - rules.months * MONTH
    ended = [Case.closed_at >= since]
    if organisation_id is not None:
        ended.append(HeldFiling.organisation_id == organisation_id)
    joined = HeldFiling.filing_id == Case.filing_id
    counted = (
        select(HeldFiling.organisation_id, Case.state, Case.outcome, func.count())
        .join(Case, joined)
        .where(*ended)
        .group_by(HeldFiling.organisation_id, Case.state, Case.outcome)
    )
    heard = (
        select(HeldFiling.organisation_id, func.count(Case.id.distinct()))
        .join(Case, joined)
        .join(Invitation, Invitation.case_id == Case.id)
        .join(Statement, Statement.invitation_id == Invitation.id)
        .join(StatementFinding, StatementFinding.statement_id == Statement.id)
        .where(*ended, StatementFinding.is_upheld)
        .group_by(HeldFiling.organisation_id)
    )
    upheld: Mapping[int, int] = {row[0]: row[1] for row in session.execute(heard)}
    found: dict[int, dict[str, int]] = {}
    for number, state, outcome, count in session.execute(counted):
        sums = found.setdefault(number, dict.fromkeys(("ended", "good", "bad", "withdrawn"), 0))
        sums["ended"] += count
        if kind := _kind(state, outcome, rules):
            sums[kind] += count
    return {
        number: Record(since=since.date(), upheld=upheld.get(number, 0), **sums)
        for number, sums in found.items()
    }


def suggested(record: Record, rules: LaneRules, *, has_lane: bool) -> Suggestion | None:
    """What the numbers suggest: to grant the lane, to withdraw it, or nothing."""
    if has_lane:
        limit = rules.withdraw
        is_low = record.judged >= limit.at_least and not _reaches(record, limit)
        return Suggestion.WITHDRAW if is_low else None
    limit = rules.grant
    return Suggestion.GRANT if record.judged >= limit.at_least and _reaches(record, limit) else None


def _reaches(record: Record, limit: Threshold) -> bool:
    return (record.success or 0.0) >= limit.success and record.upheld_share <= limit.upheld


def _kind(state: State, outcome: Outcome | None, rules: LaneRules) -> str:
    if state is State.WITHDRAWN:
        return "withdrawn"
    if outcome in rules.good:
        return "good"
    return "bad" if outcome in rules.bad or state is State.REFUSED else ""
