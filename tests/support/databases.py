"""A database whose sessions all work inside one outer transaction, and a counter of statements."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.orm import ORMExecuteState, Session

from cli.schema import whole_metadata
from models.database import Database

SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK TO", "BEGIN", "COMMIT")


class SharedDatabase(Database):
    """Opens sessions on one connection; their commits are savepoints, so a rollback of the connection undoes all."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.engine = connection.engine

    def reading(self) -> Session:
        """A session that fails when something is written through it, as a reading one does on PostgreSQL."""
        session = self.writing()
        event.listen(session, "before_flush", _refuse_to_write)
        event.listen(session, "do_orm_execute", _refuse_to_change)
        return session

    def writing(self) -> Session:
        return Session(self.connection, join_transaction_mode="create_savepoint")

    def is_reachable(self) -> bool:
        return True

    def dispose(self) -> None:
        """Nothing: the connection belongs to the test."""


def new_schema(database: Database) -> None:
    """Makes all tables and triggers straight from the models; a test of its own compares that with the migrations."""
    with database.engine.begin() as connection:
        whole_metadata().create_all(connection)


@contextmanager
def new_databases(server: str) -> Iterator[Callable[[], str]]:
    """Gives a function that makes empty databases on a PostgreSQL server; drops them all at the end."""
    address = make_url(server)
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    names: list[str] = []

    def create() -> str:
        names.append(f"huhang_test_{secrets.token_hex(6)}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {names[-1]}"))
        return address.set(database=names[-1]).render_as_string(hide_password=False)

    yield create
    with engine.connect() as connection:
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextmanager
def counting_queries(connection: Connection) -> Iterator[list[str]]:
    """Collects the statements sent over `connection`, savepoints left out."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(SAVEPOINTS):
            statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", note)


def _refuse_to_write(session: Session, *_: Any) -> None:
    changed = [
        *session.new,
        *session.deleted,
        *(thing for thing in session.dirty if session.is_modified(thing)),
    ]
    if changed:
        raise AssertionError(f"a request that only looks would write {changed}")


def _refuse_to_change(statement: ORMExecuteState) -> None:
    if statement.is_insert or statement.is_update or statement.is_delete:
        raise AssertionError(f"a request that only looks would run {statement.statement}")
