"""How soon a phone on a slow line shows the pages that strangers land on: Lighthouse's performance, median of five runs.

    python -m benchmarks.lighthouse [--scale full] [--json]

The site runs behind gunicorn with the demo. Lighthouse reckons with a phone's processor and 1.6 Mbit/s at 150 ms.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app import create_app
from benchmarks.pages import load
from benchmarks.support.run import run
from benchmarks.support.served import served
from config import Config
from models.decisions.queries import is_public
from models.decisions.tables import Decision
from models.types import beijing_date, now_utc
from shared.database import database, session
from tests.support.lighthouse import judged
from tests.support.running import environment, free_port

TIMES_THE_DEMO = {"reduced": 1, "full": 10}
RUNS = 5
LEAST = 95
PERFORMANCE = "performance"


def measure(times: int) -> dict[str, Any]:
    """Loads the demo, starts the server, and has each page judged."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = environment(Path(folder), port, HUHANG_LOG_LEVEL="error")
        app = create_app(Config.from_env(env))
        with app.app_context():
            load(times)
            shown = select(Decision.public_id).where(is_public(beijing_date(now_utc())))
            decision = session.scalars(shown.limit(1)).one()
            session.close()
            database().dispose()
        pages = {"/": "/", "/decisions": "/decisions", "a decision": f"/decisions/{decision}"}
        pages["/statistics"] = "/statistics"
        with served(env, port, workers=2):
            return {
                "runs": RUNS,
                "rows": {name: _scores(f"http://127.0.0.1:{port}{path}") for name, path in pages.items()},
            }


def _scores(address: str) -> list[int]:
    found = (judged(address, [PERFORMANCE], as_on_a_phone_line=True) for _ in range(RUNS))
    return sorted(one.scores[PERFORMANCE] for one in found)


def verdict(figures: dict[str, Any]) -> dict[str, bool]:
    return {
        f"{name}: at least {LEAST}": statistics.median(scores) >= LEAST
        for name, scores in figures["rows"].items()
    }


def show(figures: dict[str, Any]) -> None:
    print(f"{'page':20}{'median':>8}{'of':>24}")
    for name, scores in figures["rows"].items():
        print(f"{name:20}{statistics.median(scores):8.0f}{' '.join(map(str, scores)):>24}")


if __name__ == "__main__":
    sys.exit(run(__doc__, TIMES_THE_DEMO, measure=measure, verdict=verdict, show=show))
