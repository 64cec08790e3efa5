"""The database: engines and the two kinds of session, for reading and for writing.

SQLite lets one writer in at a time. A transaction that starts by reading and then wants to write can find the
door shut and no way to wait (`SQLITE_BUSY_SNAPSHOT`), so a session that may write asks for the door at once with
`BEGIN IMMEDIATE` and waits its turn. On PostgreSQL both kinds are ordinary transactions; a reading one is declared
read-only, so that a page that changes something by mistake fails in tests and in life.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

SQLITE_BUSY_TIMEOUT_MS = 15_000


class Database:
    """One database, opened by its address; `reading()` and `writing()` make sessions that the caller closes."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine = _make_engine(url, pool_size)
        self._reading = sessionmaker(self.engine.execution_options(huhang_writes=False))
        self._writing = sessionmaker(self.engine.execution_options(huhang_writes=True))

    @property
    def is_postgresql(self) -> bool:
        return self.engine.dialect.name == "postgresql"

    def reading(self) -> Session:
        """A session for looking only; SQLite does not wait for a writer, PostgreSQL refuses a write."""
        return self._reading()

    def writing(self) -> Session:
        """A session that may change rows; the caller commits it once."""
        return self._writing()

    def is_reachable(self) -> bool:
        """Whether a trivial question is answered now."""
        try:
            with self.engine.connect() as connection:
                connection.execute(text("select 1"))
        except Exception:  # any failure means the same to the one who asks
            return False
        return True

    def dispose(self) -> None:
        """Closes all pooled connections (before a fork, at the end of a test)."""
        self.engine.dispose()


def _make_engine(url: str, pool_size: int) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_on_postgresql)
        return engine
    engine = create_engine(address, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA synchronous = FULL")  # a receipt that was shown survives a power cut
    cursor.close()


def _begin_on_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("huhang_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_postgresql(connection: Any) -> None:
    if connection.get_execution_options().get("huhang_writes") is False:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
