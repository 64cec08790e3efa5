"""A session with the product's calendar and rules."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from models.clocks.loading import load_calendar, load_rules
from tests.support.clocks import NOW


@pytest.fixture
def loaded(session: Session) -> Session:
    """The session of the test after calendar and rules were loaded."""
    load_calendar(session, now=NOW)
    load_rules(session)
    return session
