"""The fixtures keep what they promise: each test starts from nothing, and a GET that writes fails."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.people.tables import Unit
from shared.access import public
from shared.database import session as request_session
from tests.factories import UnitFactory


def _units(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Unit)) or 0


@pytest.mark.parametrize("round_", [1, 2])
def test_what_one_test_commits_the_next_does_not_see(session: Session, round_: int) -> None:
    assert _units(session) == 0
    UnitFactory()
    session.commit()
    assert _units(session) == 1


def test_a_page_that_writes_while_it_answers_a_get_fails(app: Flask, session: Session) -> None:
    @app.get("/writes")
    @public
    def writes() -> str:
        request_session.add(Unit(code="x", name="x", path="/"))
        request_session.flush()
        return "written"

    assert app.test_client().get("/writes").status_code == 500
    assert _units(session) == 0


def test_statements_are_counted(
    session: Session, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as statements:
        _units(session)
        _units(session)
    assert len(statements) == 2
