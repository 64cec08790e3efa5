"""This month's public figures: what was filed, what was answered in time, what was published in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.clocks.punctuality import Punctuality, punctuality
from models.clocks.tables import SubjectKind
from models.filings.tables import Filing
from models.types import beijing_date, beijing_midnight


@dataclass(frozen=True)
class Figures:
    """The month from its first day in Beijing to now."""

    month: dt.date
    filed: int
    answers: Punctuality
    publications: Punctuality


def figures(session: Session, now: dt.datetime) -> Figures:
    """Two queries, whatever the amount of data."""
    month = beijing_date(now).replace(day=1)
    since = beijing_midnight(month)
    kept = punctuality(session, since=since, now=now)
    filed = session.scalar(select(func.count(Filing.id)).where(Filing.submitted_at >= since)) or 0
    return Figures(month, filed, kept[SubjectKind.CASE], kept[SubjectKind.DECISION])
