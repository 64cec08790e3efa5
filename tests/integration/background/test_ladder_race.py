"""Two worker processes race over a thousand due rungs and one is killed midway: each rung is in the ledger once."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import Counter

from sqlalchemy import insert, select

from models.clocks.deadlines import compute
from models.clocks.loading import load_calendar, load_rules
from models.clocks.tables import Deadline, SubjectKind
from models.database import Database
from models.ledger.queries import verify
from models.ledger.tables import LedgerEvent
from models.people.roles import Role
from models.supervision.tables import RungClaim, StaffNotice
from tests import factories
from tests.support.clocks import calendar, rule_book
from tests.support.sources import ROOT

RUNGS = 1000
STARTED = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)  # the last day of fifteen working days
KILLED_AFTER = 2  # batches


def _prepare(database: Database) -> None:
    """A thousand cases' clocks in one unit with one intake officer; the cases themselves don't matter to a ladder."""
    end = compute(rule_book().pick("report_verify", STARTED.date()), STARTED, calendar())
    with database.writing() as session, factories.using(session):
        load_calendar(session, now=STARTED)
        load_rules(session)
        officer = factories.StaffFactory(role=Role.INTAKE)
        same = {
            "subject_kind": SubjectKind.CASE,
            "rule_id": "report_verify",
            "version": 1,
            "unit_id": officer.assignments[0].unit_id,
            "started_at": STARTED,
            "started_on": end.started_on,
            "raw_end": end.raw_end,
            "legal_end": end.legal_end,
            "alert_on": end.alert_on,
            "due_at": end.due_at,
            "provisional": False,
            "extended": 0,
        }
        session.execute(insert(Deadline), [{**same, "subject_id": number} for number in range(RUNGS)])
        session.commit()


def _start(database: Database, batches: int) -> subprocess.Popen[str]:
    url = database.engine.url.render_as_string(hide_password=False)
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.ladder_worker", url, DUE.isoformat(), str(batches)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_each_of_a_thousand_rungs_is_climbed_once(real_database: Database) -> None:
    _prepare(real_database)
    with _start(real_database, KILLED_AFTER) as doomed, _start(real_database, 0) as other:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == "stuck\n"
        doomed.kill()
        assert other.wait(timeout=300) == 0
    with _start(real_database, 0) as last:  # what the killed one held is free again
        assert last.wait(timeout=300) == 0
    with real_database.reading() as session:
        climbed = session.scalars(select(LedgerEvent.subject_id).where(LedgerEvent.act == "deadline.due"))
        times = Counter(climbed)
        told = Counter(notice.data["deadline"] for notice in session.scalars(select(StaffNotice)))
        sent = session.scalars(select(RungClaim.deadline_id).where(RungClaim.is_skipped.is_(False))).all()
        assert list(verify(session)) == []
    assert set(times.values()) == {1}
    assert len(times) == RUNGS
    assert set(told.values()) == {1}
    assert len(told) == RUNGS
    assert len(sent) == RUNGS
