"""The office that refers."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.support.cases import Office, an_office


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)
