"""From publication to search, measured with a worker of its own: how soon each decision is found, how fast all are indexed.

    python -m benchmarks.visibility [--scale full] [--json]

One decision after the other is published, and searched for by its number until it is found; then it is withdrawn, and must not
be found by the very next search. Rebuilding is measured with the database, from its rows to the index in use.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flask_security import hash_password
from sqlalchemy import select

from app import create_app
from background import indexing
from benchmarks.pages import configured
from benchmarks.support.copies import multiply
from benchmarks.support.run import run
from cli.database import bring_up_to_date
from cli.demo.accounts import PASSWORD, member
from cli.demo.load import SEED, play
from journey.papers import office as office_of_today
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from models.types import beijing_date, now_utc
from results.asked import Asked
from results.finding import find
from shared.database import commit, session
from tests.support.published import published

ROOT = Path(__file__).resolve().parents[1]
PLAYED = 60
TIMES = {"reduced": 20, "full": 400}
PUBLISHED = 30
PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 120.0


def measure(times: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        config = configured(Path(name), HUHANG_ENV="development")
        with create_app(config).app_context():
            rate = _loaded(times)
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
            worker = subprocess.Popen(
                command, cwd=ROOT, env={**_environment(name)}, stderr=subprocess.DEVNULL
            )
            try:
                _seen(_published(0))  # the first one waits for the worker to come up
                waits = sorted(_seen(_published(number)) for number in range(1, PUBLISHED + 1))
            finally:
                worker.terminate()
                worker.wait(timeout=30)
    return {
        "rebuilt_per_second": rate,
        "published": len(waits),
        "seconds": {"p50": waits[len(waits) // 2], "max": waits[-1]},
    }


def _environment(folder: str) -> dict[str, str]:
    paths = f"{ROOT / 'site'}:{ROOT}"
    return {"HUHANG_DATA": folder, "HUHANG_LOG_LEVEL": "error", "PYTHONPATH": paths, "PATH": "/usr/bin:/bin"}


def _loaded(times: int) -> float:
    """Fills the database; decisions that a rebuild indexes in a second."""
    bring_up_to_date()
    play(
        session, office=office_of_today(), password_hash=hash_password(PASSWORD), seed=SEED,
        filing_count=1, decision_count=PLAYED, now=now_utc(), progress=lambda _words: None,
    )  # fmt: skip
    multiply(session.connection(), times)
    commit()
    session.close()
    began = time.perf_counter()
    return indexing.rebuild() / (time.perf_counter() - began)


def _published(number: int) -> Decision:
    reviewer = session.scalars(select(Account).where(Account.username == member(Role.REVIEWER))).one()
    unit = reviewer.assignments[0].unit
    words = f"测市监罚〔2026〕测量{number:05}号"
    return published(session, unit, reviewer, now=now_utc(), document_number=words)


def _seen(decision: Decision) -> float:
    """Seconds until it is found; afterwards it is withdrawn."""
    began, asked = time.perf_counter(), Asked(q=decision.document_number, size=1)
    while not find(session, asked, today=beijing_date(now_utc())).total:
        if time.perf_counter() - began > PATIENCE_SECONDS:
            raise SystemExit(f"{decision.document_number} was not found within {PATIENCE_SECONDS:.0f} s")
        session.rollback()
        time.sleep(PAUSE_SECONDS)
    taken = time.perf_counter() - began
    withdraw(session, decision, reason="测量完毕。", actor=COMMAND, now=now_utc())
    commit()
    if find(session, asked, today=beijing_date(now_utc())).total:
        raise SystemExit(f"{decision.document_number} was found after its withdrawal")
    session.rollback()
    return taken


def verdict(figures: dict[str, Any]) -> dict[str, bool]:
    return {
        "every decision is found within 2 s of its publication": figures["seconds"]["max"] <= 2,
        "at least 250 decisions a second are indexed from the database": figures["rebuilt_per_second"] >= 250,
    }


def show(figures: dict[str, Any]) -> None:
    print(f"rebuilt from the database: {figures['rebuilt_per_second']:.0f} decisions a second")
    seconds = figures["seconds"]
    print(
        f"{figures['published']} published: found after {seconds['p50']:.2f} s (p50), {seconds['max']:.2f} s (max)"
    )


if __name__ == "__main__":
    sys.exit(run(__doc__, TIMES, measure=measure, verdict=verdict, show=show))
