"""Rules and calendar for the publication clocks, a maker, a reviewer, and a decision on its way."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from models.decisions.operations import approve, enter, submit_for_review
from models.decisions.publication import publish
from models.decisions.tables import Decision
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.support.decisions import a_content


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory()
    return made


@pytest.fixture
def maker(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit)
    return made


@pytest.fixture
def reviewer(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit)
    return made


@pytest.fixture
def draft(session: Session, unit: Unit, maker: Account) -> Decision:
    return enter(session, content=a_content(), unit=unit, actor=maker, now=NOW)


@pytest.fixture
def in_review(session: Session, draft: Decision, maker: Account) -> Decision:
    return submit_for_review(session, draft, actor=maker, now=NOW)


@pytest.fixture
def published(session: Session, in_review: Decision, reviewer: Account) -> Decision:
    approve(session, in_review, revision=in_review.revision, actor=reviewer, now=NOW)
    return publish(session, in_review, actor=WORKER, now=NOW + dt.timedelta(minutes=1))
