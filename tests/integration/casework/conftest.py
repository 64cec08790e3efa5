"""An office whose officers read and act through pages, at a fixed hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.people.tables import Account
from tests.support.cases import OPENED, Office, an_office
from tests.support.visitors import sign_in


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture
def browser(app: Flask) -> Callable[[Account], FlaskClient]:
    """`browser(account)` is a browser in which that account has signed in."""
    return lambda account: sign_in(app.test_client(), account)
