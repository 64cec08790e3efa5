"""What SQLite's planner is told, and that the questions of every search take the index meant for them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from models.decisions.queries import ended_but_indexed
from models.outbox import OutboxRow
from models.planner import LEAST_ROWS, look_at_tables
from tests.factories import NOW


@pytest.fixture
def many(session: Session) -> Session:
    """A database with one big table; the indexes of all others hold next to nothing."""
    row = {"kind": "mail", "payload": {}, "created_at": NOW, "due_at": NOW}
    session.execute(insert(OutboxRow), [{**row, "key": f"mail-{number}"} for number in range(LEAST_ROWS)])
    return session


def test_only_big_tables_are_looked_at_and_only_on_sqlite(many: Session, engine_name: str) -> None:
    if engine_name == "postgresql":
        assert look_at_tables(many, NOW) == 0
        return
    assert look_at_tables(many, NOW) == 1
    known = set(many.scalars(text("SELECT tbl FROM sqlite_stat1")))
    assert "outbox" in known
    assert "units" not in known


def test_decisions_that_leave_the_index_have_one_of_their_own(
    session: Session, engine_name: str, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as statements:
        assert ended_but_indexed(session) == set()
    if engine_name == "sqlite":  # PostgreSQL scans so small a table
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {statements[-1]}")).one()
        assert "ix_decisions_leaving_index" in plan.detail
