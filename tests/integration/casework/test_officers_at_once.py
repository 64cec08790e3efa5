"""Officers at the same queue at once: nothing is done twice, nothing lost, whoever gives way is not left in the rain."""

from __future__ import annotations

from app import create_app
from config import Config
from models.cases.terms import State
from models.database import Database
from models.kinds import Track
from models.people.roles import Role
from tests import factories
from tests.factories import StaffFactory
from tests.support.cases import a_case_in, an_office
from tests.support.officers import work_at_once

OFFICERS, ROUNDS, CASES = 8, 5, 12  # fifty officers in benchmarks.officers


def test_nothing_is_done_twice_and_nothing_lost(real_database: Database, config: Config) -> None:
    with real_database.writing() as session, factories.using(session):
        office = an_office(session)
        people = [StaffFactory(role=Role.INTAKE, unit=office.bureau).username for _ in range(OFFICERS)]
        for state in (State.RECEIVED, State.ACCEPTED) * (CASES // 2):
            a_case_in(session, office, state, Track.REPORT)
        session.commit()
    app = create_app(config, real_database)
    counts = work_at_once(app, real_database, people, rounds=ROUNDS, seed=12330)
    assert counts.is_right, counts
    assert counts.done["accept"] > 0
    assert counts.done["message"] > 0
