"""Fifty officers at the same queue at once, on each database: nothing done twice, nothing lost, no deadlock left.

    python -m benchmarks.officers [--scale full] [--json]

They work through the pages of one application, in threads: accept, write, assign, merge and split, always at the top of the
queue. Prints what came of it and how many acts a second; 1 when something is not right.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict

from app import create_app
from benchmarks.pages import configurations
from config import Config
from models.cases.terms import State
from models.database import Database
from models.kinds import Track
from models.people.roles import Role
from tests import factories
from tests.factories import StaffFactory
from tests.support.cases import a_case_in, an_office
from tests.support.databases import new_schema
from tests.support.officers import Counts, work_at_once

OFFICERS, CASES = 50, 120
ROUNDS = {"reduced": 4, "full": 40}


def measure(config: Config, rounds: int) -> tuple[Counts, float]:
    """An office with fifty people and its cases, who then all work at once; the seconds that it took."""
    database = Database(config.database_url, pool_size=OFFICERS)
    new_schema(database)
    with database.writing() as session, factories.using(session):
        office = an_office(session)
        names = [StaffFactory(role=Role.INTAKE, unit=office.bureau).username for _ in range(OFFICERS)]
        for state in (State.RECEIVED, State.ACCEPTED) * (CASES // 2):
            a_case_in(session, office, state, Track.REPORT)
        session.commit()
    began = time.perf_counter()
    counts = work_at_once(create_app(config, database), database, names, rounds=rounds, seed=12330)
    seconds = time.perf_counter() - began
    database.dispose()
    return counts, seconds


def main() -> int:
    """Prints the counts of each database."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=list(ROUNDS), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found: dict[str, tuple[Counts, float]] = {}
    with configurations() as configs:
        for name, config in configs.items():
            found[name] = measure(config, ROUNDS[chosen.scale])
            counts, seconds = found[name]
            if not chosen.json:
                print(f"{name}: {counts}; {counts.done.total() / seconds:.1f} acts a second", flush=True)
    if chosen.json:
        print(
            json.dumps(
                {name: {**asdict(one), "seconds": round(took, 1)} for name, (one, took) in found.items()}
            )
        )
    return 0 if all(counts.is_right for counts, _seconds in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
