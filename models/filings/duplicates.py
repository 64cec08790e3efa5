"""Finding filings that may be about the same thing, by the marks that each keeps; and by the same person, blindly."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, or_, select, tuple_
from sqlalchemy.orm import Session

from models.filings.kinds import Likeness
from models.filings.likeness import alike, marks_of, matter_of
from models.filings.submissions import Submission
from models.filings.tables import Filing, FilingMark, Identity

MOST_CANDIDATES = 200
MOST_SHOWN = 20
AT_ONCE = 200


@dataclass(frozen=True)
class Similar:
    """Another filing, what it has in common with the one looked at, and whether the same person may have sent it."""

    filing: Filing
    likeness: dict[Likeness, float]
    same_person: bool = False

    @property
    def weight(self) -> float:
        """What stands first in a list."""
        return sum(self.likeness.values()) + self.same_person


def mark(session: Session, *filings: Filing) -> None:
    """Keeps the marks by which these filings, already flushed, are found again."""
    rows = [
        {"filing_id": filing.id, "kind": kind, "value": value}
        for filing in filings
        for kind, value in marks_of(matter_of(filing))
    ]
    if rows:
        session.execute(insert(FilingMark), rows)


def mark_unmarked(session: Session, _now: dt.datetime) -> int:
    """Marks filings that were taken in before there were marks, some at a time; returns how many."""
    wanted = (
        select(Filing).where(~Filing.id.in_(select(FilingMark.filing_id))).order_by(Filing.id).limit(AT_ONCE)
    )
    found = list(session.scalars(wanted))
    mark(session, *found)
    return len(found)


def similar(session: Session, filing: Filing, *, by_person: bool) -> list[Similar]:
    """What may be about the same thing as `filing`, the most alike first; the same person only where asked for.

    Three queries however many filings there are. Whether somebody may see them is for the caller to ask.
    """
    persons = _of_same_person(session, filing) if by_person else set()
    numbers = (_candidates(session, filing) | persons) - {filing.id}
    mine = matter_of(filing)
    found = []
    for other in session.scalars(
        select(Filing).where(Filing.id.in_(numbers), Filing.files_of_id != filing.files_of_id)
    ):
        common = alike(mine, matter_of(other))
        if common or other.id in persons:
            found.append(Similar(other, common, same_person=other.id in persons))
    return sorted(found, key=lambda one: (-one.weight, -one.filing.id))[:MOST_SHOWN]


def among(filings: Sequence[Filing], submission: Submission) -> list[Filing]:
    """Those of some filings that may be about the same as what is about to be sent."""
    wanted = matter_of(submission)
    return [one for one in filings if _is_same(alike(wanted, matter_of(one)))]


def _is_same(common: Collection[Likeness]) -> bool:
    """The words alone, or the same link, or the same respondent with something else."""
    return Likeness.FACTS in common or Likeness.LINK in common or len(common) > 1


def _candidates(session: Session, filing: Filing) -> set[int]:
    """Those that share a mark, the ones that share most marks first."""
    marks = list(marks_of(matter_of(filing)))
    shared = select(FilingMark.filing_id).where(tuple_(FilingMark.kind, FilingMark.value).in_(marks))
    counted = Counter(session.scalars(shared.limit(MOST_CANDIDATES * 10)))
    return {number for number, _count in counted.most_common(MOST_CANDIDATES)}


def _of_same_person(session: Session, filing: Filing) -> set[int]:
    mine = filing.identity
    if mine is None:
        return set()
    same = [
        column == value
        for column, value in (
            (Identity.phone_index, mine.phone_index),
            (Identity.id_number_index, mine.id_number_index),
        )
        if value
    ]
    if not same:
        return set()
    wanted = select(Identity.filing_id).where(or_(*same)).order_by(Identity.id.desc()).limit(MOST_CANDIDATES)
    return set(session.scalars(wanted))
