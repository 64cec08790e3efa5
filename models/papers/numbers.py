"""文号: one row counts the papers of one series in one year. The number is drawn in the transaction that issues the paper.

Whoever draws holds the row until the commit: the next one waits, and a rollback gives the number back. So there is no
gap and no double, on both databases (`benchmarks/paper_numbers.py` draws 2,000 by 50 workers).
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from models.papers.tables import PaperCounter
from models.types import beijing_date

_COUNTERS = cast(Table, PaperCounter.__table__)


def draw(session: Session, *, series: str, now: dt.datetime) -> tuple[int, int]:
    """The year (in Beijing) and the next number of the series in it."""
    year = beijing_date(now).year
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    first = insert(_COUNTERS).values(series=series, year=year, last=1)
    drawn = first.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": _COUNTERS.c.last + 1}
    ).returning(_COUNTERS.c.last)
    return year, int(session.scalar(drawn) or 0)


def written(series: str, year: int, number: int) -> str:
    """As it stands on the paper: 平市监受字〔2026〕12号."""
    return f"{series}〔{year}〕{number}号"
