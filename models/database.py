"""The database: engines and the two kinds of session, for reading and for writing.

SQLite lets one writer in at a time. A transaction that starts by reading and then wants to write can find the
door shut and no way to wait (`SQLITE_BUSY_SNAPSHOT`), so a session that may write asks for the door at once with
`BEGIN IMMEDIATE` and waits its turn. On PostgreSQL both kinds are ordinary transactions. A reading one is declared
read-only on both, so that a page that changes something by mistake fails in tests and in life.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.sqlite_door import Door

SQLITE_BUSY_TIMEOUT_MS = 30_000
# What the planner has been told of the tables it reads when a connection is opened, and not again.
SQLITE_RENEWED_AFTER_SECONDS = 600
CONNECT_SECONDS = 5  # a database that does not answer is an error page, not a page that never comes

# Result codes by which SQLite says "not now" instead of "this statement is wrong".
_SQLITE_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Classes of SQLSTATE that say the same: connection, rollback (deadlock), resources, operator intervention, lock.
_POSTGRESQL_OUTAGES = ("08", "40", "53", "57", "55P03")

_READ_ONLY_TRANSACTION = "25006"
_DISK_FULL = "53100"
_CROSSED = ("40001", "40P01")  # could not be serialised; deadlock


class NotWritable(OperationalError):
    """A writing session found that nothing can be written: a disk or a server that only lets read."""


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
        """A session for looking only: it does not wait for a writer, and the database refuses a write through it."""
        return self._reading()

    def writing(self) -> Session:
        """A session that may change rows; the caller commits it once."""
        return self._writing()

    def is_reachable(self) -> bool:
        """Whether a trivial question is answered now; a writer at work does not keep it from being answered."""
        try:
            with self.reading() as session:
                session.execute(text("select 1"))
        except Exception:  # any failure means the same to the one who asks
            return False
        return True

    def dispose(self) -> None:
        """Closes all pooled connections (before a fork, at the end of a test)."""
        self.engine.dispose()


def is_outage(error: DBAPIError) -> bool:
    """Whether the database could not answer now (locked, full, read-only, gone), as opposed to having been asked wrongly."""
    if error.connection_invalidated or isinstance(error, NotWritable):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE_OUTAGES  # the low byte is the primary code
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(_POSTGRESQL_OUTAGES)  # None: there was no answer at all


def lacks_room(error: DBAPIError) -> bool:
    """Whether the outage is a full disk, which lasts until somebody makes room."""
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(error.orig, "sqlstate", None) == _DISK_FULL


def is_crossed(error: DBAPIError) -> bool:
    """Whether this transaction was the one that gave way where two crossed: doing it again from the start may go well."""
    return getattr(error.orig, "sqlstate", None) in _CROSSED


def is_duplicate(error: DBAPIError) -> bool:
    """Whether a row was refused because another one already holds what may be held only once."""
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return getattr(error.orig, "sqlstate", None) == "23505"


def _make_engine(url: str, pool_size: int) -> Engine:
    """An engine whose errors do not repeat the values sent: they may be somebody's name, and errors are logged."""
    address = make_url(url)
    if (
        address.drivername == "postgresql"
    ):  # the usual form of the address; psycopg is the driver that we ship
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        engine = create_engine(
            address,
            pool_size=pool_size,
            max_overflow=pool_size,
            pool_pre_ping=True,
            hide_parameters=True,
            isolation_level="READ COMMITTED",  # the ledger reads its end after it has got the lock
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "begin", _begin_on_postgresql)
        event.listen(engine, "handle_error", _tell_not_writable)
        return engine
    engine = create_engine(
        address,
        pool_recycle=SQLITE_RENEWED_AFTER_SECONDS,
        hide_parameters=True,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_MS / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    door = Door(SQLITE_BUSY_TIMEOUT_MS)
    door.stand_before(engine)
    event.listen(engine, "begin", partial(_begin_on_sqlite, door))
    event.listen(engine, "handle_error", _tell_not_writable)
    return engine


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """Questions of pages take milliseconds; compiling one (JIT) takes a third of a second."""
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA synchronous = FULL")  # a receipt that was shown survives a power cut
    cursor.close()


def _begin_on_sqlite(door: Door, connection: Any) -> None:
    writes = connection.get_execution_options().get("huhang_writes", True)
    if connection.info.get("writes") != writes:  # the pool gives the same connection to readers and writers
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        connection.info["writes"] = writes
    if writes:
        door.enter(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_on_postgresql(connection: Any) -> None:
    if connection.get_execution_options().get("huhang_writes") is False:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _tell_not_writable(context: ExceptionContext) -> None:
    """The databases say the same of a reader that writes, which is our mistake, and of a disk that is read-only."""
    error, connection = context.original_exception, context.connection
    is_sqlite = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
    if not is_sqlite and getattr(error, "sqlstate", None) != _READ_ONLY_TRANSACTION:
        return
    if connection is not None and connection.get_execution_options().get("huhang_writes", True):
        raise NotWritable(context.statement, None, error, hide_parameters=True) from error
