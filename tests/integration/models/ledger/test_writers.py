"""Several writers at once lengthen one chain, without a gap and without waiting for each other's work."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.database import Database
from models.ledger import LedgerEvent, record
from models.ledger.queries import verify
from models.people.actors import WORKER
from models.people.tables import Unit
from tests.factories import NOW

WRITERS, COMMITS = 4, 8


def _unit(session: Session, code: str) -> Unit:
    unit = Unit(code=code, name="机构", kind="city", path="/", is_active=True)
    session.add(unit)
    session.flush()
    return unit


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(LedgerEvent)) or 0


def _is_whole(database: Database) -> bool:
    with database.reading() as session:
        return not list(verify(session))


def test_writers_at_the_same_time_give_one_unbroken_chain(real_database: Database) -> None:
    together = threading.Barrier(WRITERS)

    def write(writer: int) -> None:
        together.wait(timeout=30)
        for number in range(COMMITS):
            with real_database.writing() as session:
                unit = _unit(session, f"{writer}-{number}")
                for act in ("unit.open", "unit.change"):
                    record(session, act=act, subject=unit, actor=WORKER, now=NOW)
                if number % 4 == 3:
                    session.rollback()  # takes no number away
                else:
                    session.commit()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert _count(real_database) == WRITERS * (COMMITS - COMMITS // 4) * 2
    assert _is_whole(real_database)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_a_long_transaction_keeps_nobody_from_the_chain(real_database: Database) -> None:
    with real_database.writing() as slow:
        record(slow, act="unit.open", subject=_unit(slow, "slow"), actor=WORKER, now=NOW)
        with real_database.writing() as quick:
            record(quick, act="unit.close", subject=_unit(quick, "quick"), actor=WORKER, now=NOW)
            quick.commit()
        slow.commit()
    with real_database.reading() as session:
        acts = list(session.scalars(select(LedgerEvent.act).order_by(LedgerEvent.id)))
    assert acts == ["unit.close", "unit.open"]
    assert _is_whole(real_database)
