"""SQLite lets one writer in at a time: those of a process queue for it, and nothing keeps the door shut for good."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import Database, is_outage, lacks_room

WRITERS, TIMES = 8, 25


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/door.db")
    with database.writing() as session:
        session.execute(text("CREATE TABLE counts (n INTEGER)"))
        session.execute(text("INSERT INTO counts VALUES (0)"))
        session.commit()
    yield database
    database.dispose()


def _add_one(database: Database) -> None:
    """Reads, lets others run, writes: adds up only if nobody else is in."""
    with database.writing() as session:
        found = session.scalar(text("SELECT n FROM counts"))
        time.sleep(0.0005)
        session.execute(text("UPDATE counts SET n = :n"), {"n": found + 1})
        session.commit()


def test_many_writers_all_get_in_one_after_another(counted: Database, tmp_path: Path) -> None:
    other = Database(f"sqlite:///{tmp_path}/door.db")  # as another process: it does not stand in our queue
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(_add_one, [counted, other] * (WRITERS * TIMES // 2)))
    other.dispose()
    with counted.reading() as session:
        assert session.scalar(text("SELECT n FROM counts")) == WRITERS * TIMES


def test_who_waits_gets_in_as_soon_as_the_door_opens(counted: Database) -> None:
    came_in = threading.Event()

    def follow() -> None:
        with counted.writing() as session:
            session.execute(text("UPDATE counts SET n = 7"))
            came_in.set()
            session.commit()

    with counted.writing() as first:
        first.execute(text("UPDATE counts SET n = 1"))
        waiting = threading.Thread(target=follow)
        waiting.start()
        assert not came_in.wait(0.05)
        first.rollback()
    waiting.join(10)
    assert came_in.is_set()


def test_a_connection_that_is_lost_does_not_keep_the_door_shut(counted: Database) -> None:
    with counted.writing() as session:
        session.execute(text("UPDATE counts SET n = 1"))
        session.connection().invalidate()
    _add_one(counted)


def test_a_door_that_stays_shut_is_an_outage(counted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.database.SQLITE_BUSY_TIMEOUT_MS", 50)
    impatient = Database(str(counted.engine.url))
    with counted.writing() as session:
        session.execute(text("UPDATE counts SET n = 1"))
        with pytest.raises(OperationalError) as refused, impatient.writing() as late:
            late.execute(text("UPDATE counts SET n = 2"))
        assert is_outage(refused.value)
        session.rollback()
    _add_one(impatient)
    impatient.dispose()


def test_a_file_that_cannot_grow_lacks_room(counted: Database) -> None:
    with counted.writing() as session:
        session.execute(text("PRAGMA max_page_count = 1"))  # SQLite then refuses as with a full disk
        with pytest.raises(OperationalError) as refused:
            session.execute(text("CREATE TABLE more AS SELECT hex(randomblob(1000000))"))
        assert is_outage(refused.value)
        assert lacks_room(refused.value)
    with counted.reading() as session:
        assert session.scalar(text("SELECT n FROM counts")) == 0
