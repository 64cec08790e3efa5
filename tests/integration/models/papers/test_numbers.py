"""Numbers drawn by many at once, some of whom give up: no gap and no double, with commits in earnest."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from models.database import Database
from models.papers.numbers import draw
from models.papers.tables import PaperCounter

NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
WORKERS, EACH = 8, 12


def test_no_gap_and_no_double(real_database: Database) -> None:
    def work(worker: int) -> list[int]:
        kept = []
        for turn in range(EACH):
            with real_database.writing() as session:
                _year, number = draw(session, series="平市监受字", now=NOW)
                if (worker + turn) % 3 == 0:
                    session.rollback()
                    continue
                session.commit()
                kept.append(number)
        return kept

    with ThreadPoolExecutor(WORKERS) as pool:
        drawn = sorted(number for kept in pool.map(work, range(WORKERS)) for number in kept)
    assert drawn == list(range(1, len(drawn) + 1))
    with real_database.reading() as session:
        assert session.scalars(select(PaperCounter.last)).one() == len(drawn)
