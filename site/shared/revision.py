"""Which revision of the schema a database is at, and which ones this version of the program knows."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at; None for one that nobody has upgraded yet."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def known_revisions() -> tuple[str, ...]:
    """Those of this version of the program, the newest first."""
    configuration = AlembicConfig(stdout=sys.stderr)
    configuration.set_main_option("script_location", str(MIGRATIONS))
    return tuple(one.revision for one in ScriptDirectory.from_config(configuration).walk_revisions())


def is_behind(connection: Connection) -> bool:
    """Whether the program needs more than the database has.

    A revision that it doesn't know is of a newer program, whose upgrade goes before its start: the older one still serves.
    """
    return revision_of(connection) in known_revisions()[1:]
