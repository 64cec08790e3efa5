"""A session before and after the product's calendar and rules were loaded."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.clocks.loading import load_calendar, load_rules
from models.clocks.tables import CalendarDay, CalendarYear, ClockRevision, ClockRule
from tests.support.clocks import NOW


@pytest.fixture
def unloaded(session: Session) -> Session:
    """The session of the test without any day, year or rule."""
    for table in (CalendarDay, CalendarYear, ClockRule, ClockRevision):
        session.execute(delete(table))
    return session


@pytest.fixture
def loaded(unloaded: Session) -> Session:
    """The session of the test after calendar and rules were loaded."""
    load_calendar(unloaded, now=NOW)
    load_rules(unloaded)
    return unloaded
