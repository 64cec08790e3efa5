"""What filers say of closings, by unit: how many were rated and how, disputed, upheld, rejected.

An upheld dispute is a closing that was false or wrong; so false closing can be measured, and published. Figures behind
which fewer than `LEAST` people stand are not published.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select, true
from sqlalchemy.orm import Session

from models.cases.aftermath.tables import CaseDispute, CaseRating
from models.cases.recusal.queries import cases_kept_from
from models.cases.sight import Sight
from models.cases.tables import Case, CaseAct
from models.cases.terms import Act, Outcome
from models.people.tables import Account

MOST_CLOSINGS = 100
LEAST = 5  # the usual threshold of official statistics for counts of people


@dataclass(frozen=True, slots=True)
class Verdict:
    """The closings of one unit (0 for all), and what became of them. `scores` is the sum of the ratings."""

    unit_id: int
    closed: int = 0
    rated: int = 0
    scores: int = 0
    disputed: int = 0
    upheld: int = 0
    rejected: int = 0

    @property
    def waiting(self) -> int:
        """Disputes that nobody has decided."""
        return self.disputed - self.upheld - self.rejected

    @property
    def mean(self) -> float | None:
        """The mean rating, 1 to 5."""
        return self.scores / self.rated if self.rated else None

    @property
    def share_disputed(self) -> float:
        """The share of closings that were disputed, 0 to 1."""
        return self.disputed / self.closed if self.closed else 0.0

    @property
    def share_upheld(self) -> float:
        """The share of closings that turned out false or wrong and were reopened, 0 to 1."""
        return self.upheld / self.closed if self.closed else 0.0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            0,
            self.closed + other.closed,
            self.rated + other.rated,
            self.scores + other.scores,
            self.disputed + other.disputed,
            self.upheld + other.upheld,
            self.rejected + other.rejected,
        )


def verdicts(
    session: Session,
    *,
    since: dt.datetime,
    units: Collection[int] | None = None,
    officer: Account | None = None,
) -> list[Verdict]:
    """By the unit that closed, for closings since that moment, in one query; units without a closing are left out.

    With `officer`, as that officer may see them: without the cases that they are kept out of 回避.
    """
    upheld = func.sum(case((CaseDispute.is_upheld.is_(True), 1), else_=0))
    rejected = func.sum(case((CaseDispute.is_upheld.is_(False), 1), else_=0))
    wanted = (
        select(
            CaseAct.unit_id,
            func.count(CaseAct.id),
            func.count(CaseRating.id),
            func.coalesce(func.sum(CaseRating.score), 0),
            func.count(CaseDispute.id),
            upheld,
            rejected,
        )
        .outerjoin(CaseRating, CaseRating.closing_id == CaseAct.id)
        .outerjoin(CaseDispute, CaseDispute.closing_id == CaseAct.id)
        .where(CaseAct.act == Act.CLOSE, CaseAct.at >= since)
        .group_by(CaseAct.unit_id)
        .order_by(CaseAct.unit_id)
    )
    if units is not None:
        wanted = wanted.where(CaseAct.unit_id.in_(units))
    if officer is not None:
        wanted = wanted.where(CaseAct.case_id.not_in(cases_kept_from(officer)))
    return [Verdict(*map(int, row)) for row in session.execute(wanted)]


class Fate(enum.StrEnum):
    """What became of a closing, as the columns of the board."""

    CLOSED = "closed"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WAITING = "waiting"


FATE_LABELS: dict[Fate, str] = {
    Fate.CLOSED: "办结",
    Fate.DISPUTED: "被申诉",
    Fate.UPHELD: "申诉成立",
    Fate.REJECTED: "不成立",
    Fate.WAITING: "待处理",
}

_FATES: dict[Fate, ColumnElement[bool]] = {
    Fate.CLOSED: true(),
    Fate.DISPUTED: CaseDispute.id.is_not(None),
    Fate.UPHELD: CaseDispute.is_upheld.is_(True),
    Fate.REJECTED: CaseDispute.is_upheld.is_(False),
    Fate.WAITING: and_(CaseDispute.id.is_not(None), CaseDispute.decided_at.is_(None)),
}


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing behind a figure. A dispute has the outcome that it is about; the case may have moved on since."""

    case: Case
    closed_at: dt.datetime
    outcome: Outcome | None
    grounds: str
    decision: str


def closings(
    session: Session, *, unit_id: int, fate: Fate, since: dt.datetime, sight: Sight
) -> list[Closing]:
    """The closings that a figure of `verdicts` counts, as far as the officer may see the cases; the newest first.

    Which ones were rated opens to nobody: a rating is shown as a mean of many.
    """
    wanted = (
        select(Case, CaseAct.at, CaseDispute.outcome, CaseDispute.grounds, CaseDispute.decision)
        .join(CaseAct, CaseAct.case_id == Case.id)
        .outerjoin(CaseDispute, CaseDispute.closing_id == CaseAct.id)
        .where(CaseAct.act == Act.CLOSE, CaseAct.at >= since, CaseAct.unit_id == unit_id)
        .where(_FATES[fate], sight.visible())
        .order_by(CaseAct.id.desc())
        .limit(MOST_CLOSINGS)
    )
    return [
        Closing(found, at, outcome or found.outcome, grounds or "", decision or "")
        for found, at, outcome, grounds, decision in session.execute(wanted)
    ]


def total(parts: Sequence[Verdict]) -> Verdict:
    """All of them together."""
    return sum(parts, Verdict(0))
