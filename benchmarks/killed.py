"""Three hundred filings at once and a server that is killed in the middle, again and again: nothing lost, half, twice.

    python -m benchmarks.killed [--scale full] [--json]

Each round has a database of its own, on SQLite and, where there is a server, on PostgreSQL; the server is killed after
another number of receipts. Prints the counts; 1 when a round is not right.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from tests.support import postgresql
from tests.support.databases import new_databases
from tests.support.killing import Counts, kill_while_filing
from tests.support.running import environment, free_port

FILERS = 300
ROUNDS = {"reduced": 1, "full": 10}


@contextlib.contextmanager
def _engines() -> Iterator[dict[str, Callable[[], str]]]:
    found: dict[str, Callable[[], str]] = {"sqlite": lambda: ""}
    with contextlib.ExitStack() as stack:
        try:
            found["postgresql"] = stack.enter_context(
                new_databases(stack.enter_context(postgresql.running()))
            )
        except postgresql.PostgreSQLMissing as missing:
            print(f"without PostgreSQL: {missing}", file=sys.stderr)
        yield found


def one_round(folder: Path, url: str, seed: int) -> Counts:
    """One installation, one death."""
    folder.mkdir()
    settings = {"HUHANG_DATABASE_URL": url} if url else {}
    env = environment(folder / "data", free_port(), **settings)
    return kill_while_filing(env, folder, filers=FILERS, seed=seed)


def main() -> int:
    """Prints the counts of each round."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scale", choices=list(ROUNDS), default="reduced")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found: list[tuple[str, Counts]] = []
    with tempfile.TemporaryDirectory() as name, _engines() as engines:
        for engine, new_url in engines.items():
            for seed in range(ROUNDS[chosen.scale]):
                counts = one_round(Path(name) / f"{engine}-{seed}", new_url(), seed)
                found.append((engine, counts))
                if not chosen.json:
                    print(f"{engine}: {counts}", flush=True)
    if chosen.json:
        rows = [{"engine": engine, **asdict(counts)} for engine, counts in found]
        print(json.dumps([{**row, "references": len(row["references"])} for row in rows]))
    return 0 if all(counts.is_right for _engine, counts in found) else 1


if __name__ == "__main__":
    sys.exit(main())
