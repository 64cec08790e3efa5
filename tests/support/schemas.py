"""What a database looks like, read from the database itself, in a form that two of them can be compared in."""

from __future__ import annotations

import warnings
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SAWarning

from models.database import Database

ALEMBIC = "alembic_version"
TRIGGERS = {
    "sqlite": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY tgname",
}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
FUNCTIONS = "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY proname"


def described(database: Database) -> dict[str, Any]:
    """Tables with columns, keys, checks and comments; indexes with their conditions; triggers and functions."""
    with database.engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # indexes on expressions are compared by their own text
        dialect = connection.dialect.name
        description = {f"table {name}": _table(connection, name) for name in _tables(connection)}
        description["indexes"] = _rows(connection, INDEXES[dialect])
        description["triggers"] = _rows(connection, TRIGGERS[dialect])
        description["functions"] = _rows(connection, FUNCTIONS) if dialect == "postgresql" else []
        return description


def _tables(connection: Connection) -> list[str]:
    return [name for name in inspect(connection).get_table_names() if name != ALEMBIC]


def _table(connection: Connection, name: str) -> dict[str, Any]:
    inspector = inspect(connection)
    columns = {
        column["name"]: {**column, "type": str(column["type"])} for column in inspector.get_columns(name)
    }
    return {
        "columns": columns,
        "primary key": inspector.get_pk_constraint(name),
        "foreign keys": _by_name(inspector.get_foreign_keys(name)),
        "unique": _by_name(inspector.get_unique_constraints(name)),
        "checks": _by_name(inspector.get_check_constraints(name)),
    }


def _by_name(constraints: list[Any]) -> dict[str, Any]:
    return {str(constraint["name"]): constraint for constraint in constraints}


def _rows(connection: Connection, query: str) -> list[list[str]]:
    found = [[" ".join(str(value).split()) for value in row] for row in connection.execute(text(query))]
    return sorted(row for row in found if ALEMBIC not in row[0])
