"""The fixtures of the integration suite, which runs whole on SQLite and on PostgreSQL.

* `session`: a session for verbs and queries. Whatever the test does, commits included, is undone at its end.
* `app`, `client`: the application over the same data; a page that writes while answering a GET fails the test.
* `real_database`, `empty_database`: a database of the test's own, with and without tables, where commits are real, for
  workers, commands and migrations. Slower.
* `count_queries`: how many statements a block sent to the database.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app import Huhang, create_app
from config import Config
from models.clocks.loading import load_calendar, load_rules
from models.database import Database
from tests import factories
from tests.support import postgresql
from tests.support.databases import SharedDatabase, counting_queries, new_databases, new_schema
from tests.support.quick_apps import keep_what_never_differs

ENGINES = [pytest.param("sqlite", id="sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(scope="session", autouse=True)
def _quick_applications(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has an application of its own; what is the same in all of them is made once."""
    keep_what_never_differs(Huhang, folder=tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server where databases may be made: the one given, or a private one."""
    given = os.environ.get("HUHANG_TEST_POSTGRESQL_URL")
    if given:
        yield given
        return
    with contextlib.ExitStack() as stack:
        try:
            address = stack.enter_context(postgresql.guarded())
        except postgresql.PostgreSQLMissing as missing:
            pytest.skip(str(missing))
        yield address


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """`sqlite`, then `postgresql`: every test that touches a database runs once on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def new_database_url(
    engine_name: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], str]]:
    """Makes empty databases and gives their addresses; they are gone at the end."""
    if engine_name == "sqlite":
        yield lambda: f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'huhang.db'}"
        return
    with new_databases(request.getfixturevalue("postgresql_server")) as create:
        yield create


@pytest.fixture
def empty_database(new_database_url: Callable[[], str]) -> Iterator[Database]:
    """A database of the test's own without a table."""
    database = Database(new_database_url())
    yield database
    database.dispose()


@pytest.fixture
def real_database(empty_database: Database) -> Database:
    """A database of the test's own with the schema, where a commit is a commit: for workers and processes."""
    new_schema(empty_database)
    return empty_database


@pytest.fixture(scope="session")
def schema(new_database_url: Callable[[], str]) -> Iterator[Database]:
    """A database with the models' schema, made once, and the calendar and the rules of clocks that nearly all need."""
    database = Database(new_database_url())
    new_schema(database)
    with database.writing() as session:
        load_calendar(session)
        load_rules(session)
        session.commit()
    yield database
    database.dispose()


@pytest.fixture
def connection(schema: Database) -> Iterator[Connection]:
    """The one connection that all sessions of a test share; its transaction is rolled back at the end."""
    with schema.engine.connect() as connection:
        outer = connection.begin()
        yield connection
        outer.rollback()


@pytest.fixture
def database(connection: Connection) -> SharedDatabase:
    """The database as the application sees it: every session works inside the test's transaction."""
    return SharedDatabase(connection)


@pytest.fixture
def session(database: SharedDatabase) -> Iterator[Session]:
    """A session of the test itself, also used by the factories."""
    with database.writing() as session, factories.using(session):
        yield session


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """The configuration of tests: all data in a temporary folder, no rate limits, mail to the log."""
    env = {"HUHANG_ENV": "testing", "HUHANG_DATA": str(tmp_path / "data"), "HUHANG_RATE_LIMITS": "off"}
    return Config.from_env({**env, "HUHANG_PUBLIC_URL": "http://localhost"})


@pytest.fixture
def app(config: Config, database: SharedDatabase) -> Flask:
    """The application, without form tokens; tests of the tokens themselves switch WTF_CSRF_ENABLED on."""
    application = create_app(config, database)
    application.config["WTF_CSRF_ENABLED"] = False
    return application


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor who has not signed in."""
    return app.test_client()


@pytest.fixture
def count_queries(connection: Connection) -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as statements:` fills the list with what is sent to the database inside."""
    return lambda: counting_queries(connection)


@pytest.fixture
def other_database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the other kind."""
    if engine_name == "postgresql":
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    with new_databases(request.getfixturevalue("postgresql_server")) as create:
        yield create()
