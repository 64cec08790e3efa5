"""A worker process killed between claim and finish loses nothing, and its work takes effect once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from background.work import Handler
from background.worker import Worker
from models import outbox
from models.database import Database
from models.outbox import OutboxRow
from models.types import now_utc
from tests.support.sources import ROOT
from tests.support.stuck_worker import leave_effect

KEYS = ("a", "b", "c")


def _kill_a_worker(database: Database, moment: str) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.stuck_worker", url, moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stuck\n"
        process.kill()


def _effects(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(OutboxRow.kind == "effect")) or 0


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_next_worker_finishes_what_a_killed_one_had_claimed(real_database: Database, moment: str) -> None:
    with real_database.writing() as session:
        for key in KEYS:
            outbox.put(session, kind="note", key=key, payload={}, now=now_utc())
        session.commit()
    _kill_a_worker(real_database, moment)
    assert _effects(real_database) == (1 if moment == "after" else 0)

    handlers = {"note": Handler(lambda works: leave_effect(real_database, works))}
    assert Worker(real_database, handlers).run_once() == (1 if moment == "after" else 0), (
        "the lease still holds"
    )

    def later() -> object:
        return now_utc() + outbox.LEASE * 2

    Worker(real_database, {**handlers, "effect": Handler(lambda _works: None)}, clock=later).run_once()  # type: ignore[arg-type]
    assert _effects(real_database) == len(KEYS)
    with real_database.reading() as session:
        done = session.scalars(
            select(OutboxRow.key).where(OutboxRow.kind == "note", OutboxRow.done_at.is_not(None))
        )
        assert set(done) == set(KEYS)
