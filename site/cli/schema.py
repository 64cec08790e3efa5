"""The schema of a database and its revisions: bring it up to date, take one step back, compare it with the models.

There is no alembic.ini: the address of the database is known to the configuration alone, and Alembic gets an open
connection. Everything happens in one transaction on both databases, so a revision that fails leaves nothing behind.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

import models
from models.base import Base
from models.database import Database
from shared.revision import MIGRATIONS, known_revisions, revision_of

OF_PAIRS = ("case_pairs", "ix_case_texts_pairs")
_ADVISORY_LOCK = 0x48554842  # one of several web machines that start together does the work, the others wait


@cache
def whole_metadata() -> MetaData:
    """The metadata with the tables of every module of the domain, also of one that nothing has imported yet."""
    for module in pkgutil.walk_packages(models.__path__, "models."):
        importlib.import_module(module.name)
    return Base.metadata


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether it stands in the models: the index of pairs behind `models.cases.texts` is statements of its own."""
    return kind not in ("table", "index") or not (name or "").startswith(OF_PAIRS)


@contextmanager
def changing(database: Database) -> Iterator[Connection]:
    """A connection in one transaction that may change tables: no other such one runs beside it, and on SQLite foreign
    keys are checked at its end and not before.
    """
    with database.engine.connect() as connection:
        if database.is_postgresql:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
                yield connection
            return
        # Copying a table would fire the foreign keys of others; SQLite heeds this only outside a transaction.
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                _refuse_dangling_rows(connection)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
            driver.close()


def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the schema to `revision`; nothing happens when it is there already."""
    with changing(database) as connection:
        upgrade_over(connection, revision)


def upgrade_over(connection: Connection, revision: str) -> None:
    """Brings the schema to `revision` inside the transaction of a connection from `changing`."""
    command.upgrade(_configuration(connection), revision)


def downgrade(database: Database, revision: str = "-1") -> None:
    """Takes the schema back to `revision`, by default one step."""
    with changing(database) as connection:
        command.downgrade(_configuration(connection), revision)


def write_revision(database: Database, message: str) -> Path:
    """Writes the next numbered revision from what the models have and the database lacks."""
    with changing(database) as connection:
        configuration = _configuration(connection)
        number = 1 + sum(1 for _ in ScriptDirectory.from_config(configuration).walk_revisions())
        script = command.revision(configuration, message, autogenerate=True, rev_id=f"{number:04d}")
    return Path(script.path)  # type: ignore[union-attr]  # one revision in, one script out


def current_revision(database: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with database.engine.connect() as connection:
        return revision_of(connection)


def newest_revision() -> str:
    """The revision that this version of the program needs."""
    return known_revisions()[0]


def differences(database: Database) -> list[Any]:
    """What the models have and the database has not, or the other way round, as Alembic describes it."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        return list(compare_metadata(context, whole_metadata()))


def _configuration(connection: Connection) -> AlembicConfig:
    configuration = AlembicConfig(stdout=sys.stderr)
    configuration.set_main_option("script_location", str(MIGRATIONS))
    configuration.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    configuration.attributes["connection"] = connection
    return configuration


def _refuse_dangling_rows(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        raise RuntimeError(f"rows without the row that they refer to: {dangling[:5]}")
