"""How fast the ledger is verified: a million events in at most sixty seconds.

    python -m benchmarks.audit [--scale full] [--json]

`reduced` writes 100,000 events on SQLite, `full` 1,000,000. The ratio is to reading the same rows without checking them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from models.database import Database
from models.ledger.chain import GENESIS, hash_of
from models.ledger.queries import all_events, verify
from models.ledger.tables import LedgerEvent
from models.types import now_utc
from tests.support.databases import new_schema

SIZES = {"reduced": 100_000, "full": 1_000_000}
PER_MILLION_SECONDS = 60.0
_AT_ONCE = 10_000


def events(number: int) -> Iterator[dict[str, Any]]:
    """A chain as the verbs write it."""
    previous_hash, now = GENESIS, now_utc()
    for count in range(1, number + 1):
        row = {
            "id": count,
            "at": now,
            "actor": f"account:{count % 50}",
            "act": "case.transfer",
            "subject_kind": "cases",
            "subject_id": str(count // 8 + 1),
            "data": f'{{"entry":{count},"from":"accepted","to":"transferred","unit":{count % 20}}}',
            "previous_hash": previous_hash,
        }
        row["hash"] = previous_hash = hash_of(LedgerEvent(**row))
        yield row


def measure(number: int) -> dict[str, Any]:
    """Writes `number` events into a database of its own, reads them, verifies them."""
    with tempfile.TemporaryDirectory(prefix="huhang-audit-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'huhang.db'}")
        new_schema(database)
        rows = events(number)
        with database.writing() as session:
            while batch := list(itertools.islice(rows, _AT_ONCE)):
                session.execute(insert(LedgerEvent), batch)
            session.commit()
        with database.reading() as session:
            began = time.perf_counter()
            read = sum(1 for _event in all_events(session))
            between = time.perf_counter()
            findings = list(verify(session))
            ended = time.perf_counter()
        database.dispose()
    verified = ended - between
    per_million = verified * 1_000_000 / number
    return {
        "events": read,
        "findings": len(findings),
        "read_seconds": round(between - began, 2),
        "verify_seconds": round(verified, 2),
        "ratio_to_reading": round(verified / (between - began), 2),
        "seconds_per_million": round(per_million, 1),
        "kept": not findings and read == number and per_million <= PER_MILLION_SECONDS,
    }


def main() -> int:
    """Prints what was measured; 1 when the promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit")
    parser.add_argument("--scale", choices=sorted(SIZES), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    result = measure(SIZES[chosen.scale])
    if chosen.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name}: {value}")
    return 0 if result["kept"] else 1


if __name__ == "__main__":
    sys.exit(main())
