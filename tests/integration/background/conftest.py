"""An application with a decision that a reviewer has cleared, and a worker that does what is due."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from background.handlers import HANDLERS
from background.periodic import JOBS
from background.worker import Worker
from models.clocks.loading import load_calendar, load_rules
from models.decisions.operations import approve, enter, submit_for_review
from models.decisions.tables import Decision
from models.people.roles import Role
from models.types import now_utc
from shared.database import database
from tests.factories import StaffFactory, UnitFactory
from tests.support.decisions import a_content


@pytest.fixture
def approved(session: Session) -> Decision:
    """A decision that waits to be published, with its work in the outbox."""
    load_calendar(session, now=now_utc())
    load_rules(session)
    unit = UnitFactory()
    maker, reviewer = (
        StaffFactory(role=Role.PUBLISHER, unit=unit),
        StaffFactory(role=Role.REVIEWER, unit=unit),
    )
    now = now_utc()
    decision = enter(session, content=a_content(decided_on=now.date()), unit=unit, actor=maker, now=now)
    submit_for_review(session, decision, actor=maker, now=now)
    approve(session, decision, revision=decision.revision, actor=reviewer, now=now)
    session.commit()
    return decision


@pytest.fixture
def work(app: Flask, session: Session) -> Callable[[], None]:
    """Does all work and all jobs that are due, as the worker process does."""

    def run() -> None:
        with app.app_context():
            Worker(database(), HANDLERS, JOBS).run(until_idle=True)
        session.expire_all()

    return run
