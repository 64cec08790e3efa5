"""Recomputing open deadlines after a change of the calendar, and climbing the ladder, against computing alone.

    python -m benchmarks.clocks [--scale full] [--json]

Fills a database (SQLite, and PostgreSQL where Debian's is installed) with open deadlines, makes a working day a holiday
that all of them cross, and measures the one transaction that computes them anew and journals them. The baseline is the
same computations without a database. At full scale 100,000 deadlines have to be done in 30 seconds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from models.clocks.book import book
from models.clocks.calendar import DayKind
from models.clocks.calendar_operations import set_day
from models.clocks.deadlines import compute
from models.clocks.loading import load_calendar, load_rules
from models.clocks.tables import Deadline, DeadlineChange, SubjectKind
from models.database import Database
from models.people.actors import COMMAND
from models.supervision.climbing import climb
from models.supervision.ladder import read_ladders
from tests.support import postgresql
from tests.support.databases import new_databases, new_schema

SIZES = {"reduced": 10_000, "full": 100_000}
SECONDS_FOR_FULL = 30.0
RUNGS = 200
NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
HOLIDAY = dt.date(2026, 12, 1)
RULES = ("report_verify", "case_decision", "patent_adjudicate")


def fill(database: Database, size: int) -> float:
    """Open deadlines that all cross the holiday; returns the seconds of computing them, which is the baseline."""
    with database.writing() as session:
        load_calendar(session, now=NOW)
        load_rules(session)
        session.commit()
        found = book(session)
        rules = {rule_id: found.rules.pick(rule_id, NOW.date()) for rule_id in RULES}
        began = time.perf_counter()
        computed = [
            compute(rules[RULES[number % 3]], NOW - dt.timedelta(days=number % 10), found.calendar)
            for number in range(size)
        ]
        seconds = time.perf_counter() - began
        rows = [
            {
                "subject_kind": SubjectKind.CASE,
                "subject_id": number,
                "rule_id": one.rule.id,
                "version": one.rule.version,
                "started_at": NOW - dt.timedelta(days=number % 10),
                "started_on": one.started_on,
                "raw_end": one.raw_end,
                "legal_end": one.legal_end,
                "alert_on": one.alert_on,
                "due_at": one.due_at,
                "provisional": one.provisional,
                "extended": 0,
            }
            for number, one in enumerate(computed)
        ]
        session.execute(insert(Deadline), rows)
        session.commit()
    return seconds


def measure(database: Database, size: int) -> dict[str, Any]:
    """The change of the calendar, then one transaction of the ladder."""
    new_schema(database)
    baseline = fill(database, size)
    with database.writing() as session:
        began = time.perf_counter()
        moves = set_day(
            session, on=HOLIDAY, kind=DayKind.HOLIDAY, name="特别放假", reason="测量", actor=COMMAND, now=NOW
        )
        session.commit()
        recomputed = time.perf_counter() - began
        journaled = session.scalar(select(func.count()).select_from(DeadlineChange))
        later = NOW + dt.timedelta(days=16)
        began = time.perf_counter()
        climbed = climb(session, ladders=read_ladders(), profile="pingdingshan", now=later, limit=RUNGS)
        session.commit()
        ladder = time.perf_counter() - began
    return {
        "deadlines": size,
        "moved": len(moves),
        "journaled": journaled,
        "computing_seconds": round(baseline, 3),
        "recompute_seconds": round(recomputed, 3),
        "ratio": round(recomputed / baseline, 2),
        "rungs": climbed,
        "rungs_seconds": round(ladder, 3),
    }


def databases() -> Iterator[tuple[str, Database]]:
    """SQLite, and PostgreSQL where it can be run."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'clocks.db'}")
        yield "sqlite", database
        database.dispose()
    try:
        with postgresql.running() as server, new_databases(server) as create:
            database = Database(create())
            yield "postgresql", database
            database.dispose()
    except postgresql.PostgreSQLMissing as missing:
        print(missing, file=sys.stderr)


def main() -> int:
    """Measures on each database; 1 when 100,000 deadlines take longer than half a minute."""
    parser = argparse.ArgumentParser(description="Recomputing deadlines, climbing the ladder.")
    parser.add_argument("--scale", choices=sorted(SIZES), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    size = SIZES[chosen.scale]
    allowed = SECONDS_FOR_FULL * size / SIZES["full"]
    results = {}
    for name, database in databases():
        results[name] = found = measure(database, size)
        if not chosen.json:
            print(
                f"{name}: {found['moved']} of {size} deadlines moved and journaled in "
                f"{found['recompute_seconds']} s (allowed: {allowed:g} s), {found['ratio']} times "
                f"the computing alone; {found['rungs']} rungs climbed in {found['rungs_seconds']} s"
            )
    is_kept = all(found["recompute_seconds"] <= allowed for found in results.values())
    if chosen.json:
        print(json.dumps({"results": results, "allowed_seconds": allowed, "ok": is_kept}))
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
