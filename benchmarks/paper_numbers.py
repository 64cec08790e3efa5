"""文号 drawn by 50 workers at once for 2,000 papers, some of whom give up: no gap, no double, on each database.

    python -m benchmarks.paper_numbers [--scale full] [--json]

`reduced` draws 200 by 10. The ratio is to the same commits without the drawing (one row of a table of the benchmark's
own), so it says what the order of the numbers costs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select, text

from models.database import Database
from models.papers.numbers import draw
from models.papers.tables import PaperCounter
from models.types import now_utc
from tests.support import postgresql
from tests.support.databases import new_databases, new_schema

SERIES = "平市监受字"
GIVES_UP = 7  # every seventh drawing is rolled back and tried again
SIZES = {"reduced": (10, 200), "full": (50, 2000)}


def run(database: Database, workers: int, papers: int) -> dict[str, float | int | bool]:
    """Draws, and says how long it took and whether the numbers are whole."""
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE plain (worker INTEGER, turn INTEGER)"))
    baseline = _timed(lambda worker: _insert(database, worker, papers // workers), workers)[0]
    seconds, drawn = _timed(lambda worker: _draw(database, worker, papers // workers), workers)
    numbers = sorted(number for kept in drawn for number in kept)
    with database.reading() as session:
        last = session.scalars(select(PaperCounter.last)).one()
    is_whole = numbers == list(range(1, papers + 1)) and last == papers
    return {
        "papers": papers,
        "workers": workers,
        "seconds": seconds,
        "ratio": seconds / baseline,
        "whole": is_whole,
    }


def _draw(database: Database, worker: int, turns: int) -> list[int]:
    kept: list[int] = []
    tries = 0
    while len(kept) < turns:
        tries += 1
        with database.writing() as session:
            number = draw(session, series=SERIES, now=now_utc())[1]
            if (worker + tries) % GIVES_UP == 0:
                session.rollback()
            else:
                session.commit()
                kept.append(number)
    return kept


def _insert(database: Database, worker: int, turns: int) -> list[int]:
    for turn in range(turns):
        with database.writing() as session:
            session.execute(
                text("INSERT INTO plain VALUES (:worker, :turn)"), {"worker": worker, "turn": turn}
            )
            session.commit()
    return []


def _timed(work: Callable[[int], list[int]], workers: int) -> tuple[float, list[list[int]]]:
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        done = list(pool.map(work, range(workers)))
    return time.perf_counter() - began, done


def _databases() -> Iterator[tuple[str, str]]:
    """SQLite, and PostgreSQL where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        yield "sqlite", f"sqlite:///{Path(folder) / 'numbers.db'}"
    with contextlib.suppress(postgresql.PostgreSQLMissing), contextlib.ExitStack() as stack:
        create = stack.enter_context(new_databases(stack.enter_context(postgresql.guarded())))
        yield "postgresql", create()


def main() -> int:
    """Runs on each database; 1 when a number is lacking or drawn twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", choices=list(SIZES), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    results = {}
    for name, address in _databases():
        database = Database(address, pool_size=SIZES[chosen.scale][0])
        new_schema(database)
        results[name] = run(database, *SIZES[chosen.scale])
        database.dispose()
    if chosen.json:
        print(json.dumps(results))
    else:
        for name, found in results.items():
            print(
                f"{name:<11}{found['papers']:>6} papers by {found['workers']:>3}: {found['seconds']:.1f} s, "
                f"{found['ratio']:.2f} x plain commits, {'whole' if found['whole'] else 'BROKEN'}"
            )
    return 0 if all(found["whole"] for found in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
