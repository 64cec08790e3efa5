"""Two decisions against one company, final and public, a proposer and a decider."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from models.decisions.tables import Decision
from models.kinds import RightType
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import StaffFactory, UnitFactory
from tests.support.published import published


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(region_code="410400")
    return made


@pytest.fixture
def proposer(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.PUBLISHER, unit=unit)
    return made


@pytest.fixture
def decider(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit)
    return made


@pytest.fixture
def two(session: Session, unit: Unit, decider: Account) -> list[Decision]:
    """For the same right, half a year apart, both final."""
    found = []
    for number, decided_on in (("101", dt.date(2025, 8, 1)), ("102", dt.date(2026, 2, 20))):
        decision = published(
            session, unit, decider, document_number=f"测市监处罚〔2026〕{number}号", decided_on=decided_on,
            right_type=RightType.TRADEMARK, cause_name="侵犯注册商标专用权", cause_code="TM-01",
            facts="当事人销售侵犯第1234567号“护航”注册商标专用权的白酒。",
        )  # fmt: skip
        decision.final_on = dt.date(2026, 3, 1)
        found.append(decision)
    session.flush()
    return found
