"""The marks by which filings that may be about the same thing are found again; officers read of them in `models.signals`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.filings.kinds import Likeness
from models.filings.likeness import alike, marks_of, matter_of
from models.filings.submissions import Submission
from models.filings.tables import Filing, FilingMark

AT_ONCE = 200


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


def among(filings: Sequence[Filing], submission: Submission) -> list[Filing]:
    """Those of some filings that may be about the same as what is about to be sent."""
    wanted = matter_of(submission)
    return [one for one in filings if _is_same(alike(wanted, matter_of(one)))]


def _is_same(common: Collection[Likeness]) -> bool:
    """The words alone, or the same link, or the same respondent with something else."""
    return Likeness.FACTS in common or Likeness.LINK in common or len(common) > 1
