"""All rows of a database as lines of JSON, and back into any database that has the same tables.

The tables are read from the database itself and not from the models, so a backup of an older version can be brought
back under a newer one. As the form knows neither SQLite nor PostgreSQL, it is also the way from one to the other.
"""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import gzip
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    cast,
    event,
    func,
    select,
)
from sqlalchemy.exc import SAWarning
from sqlalchemy.types import UserDefinedType

from cli.schema import is_ours

ROWS_AT_ONCE = 1_000
VERSION_TABLE = "alembic_version"


class _JSONAsText(UserDefinedType[str]):
    """A JSON column of PostgreSQL, read and written as the text it is: NULL and `null` stay two things."""

    cache_ok = True

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(column, Text)

    def bind_expression(self, value: Any) -> ColumnElement[Any]:
        return cast(value, JSON)


def tables_of(connection: Connection) -> list[Table]:
    """The tables of the database, those first that others refer to; not Alembic's own, and no index kept as tables."""
    metadata = MetaData()
    json_type = _JSONAsText() if connection.dialect.name == "postgresql" else Text()

    def keep_json_as_text(_inspector: object, _table: object, column: dict[str, Any]) -> None:
        if isinstance(column["type"], JSON):
            column["type"] = json_type

    event.listen(metadata, "column_reflect", keep_json_as_text)
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", SAWarning
        )  # about kinds of index that it cannot describe; rows need none
        metadata.reflect(connection)
        return [
            table
            for table in metadata.sorted_tables
            if table.name != VERSION_TABLE and is_ours(table.name, "table", {})
        ]


def dump(connection: Connection, path: Path) -> dict[str, int]:
    """Writes every row to `path`: per table a line that names it and its columns, then a line a row."""
    counts = {}
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as lines:
        for table in tables_of(connection):
            heading = {"table": table.name, "columns": [column.name for column in table.columns]}
            lines.write(json.dumps(heading) + "\n")
            counts[table.name] = 0
            query = select(table).order_by(*table.primary_key.columns)
            for row in connection.execute(query.execution_options(yield_per=ROWS_AT_ONCE)):
                lines.write(json.dumps([_outward(value) for value in row], ensure_ascii=False) + "\n")
                counts[table.name] += 1
    return counts


def load(connection: Connection, path: Path) -> dict[str, int]:
    """Inserts every row of `path` into the empty tables of the database; returns rows per table."""
    tables = {table.name: table for table in tables_of(connection)}
    counts: dict[str, int] = {}
    with _references_checked_at_the_end(connection, list(tables.values())):
        for name, columns, rows in _batches(path):
            table = tables[name]
            inward = [_inward(table.columns[column], connection.dialect.name) for column in columns]
            values = [
                {column: convert(value) for column, convert, value in zip(columns, inward, row, strict=True)}
                for row in rows
            ]
            connection.execute(table.insert(), values)
            counts[name] = counts.get(name, 0) + len(values)
    _continue_numbering(connection, list(tables.values()))
    return counts


def _batches(path: Path) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """The rows of a dump, some at a time, with the table and the columns that they belong to."""
    name, columns, rows = "", [], []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            is_heading = isinstance(read, dict)
            if rows and (is_heading or len(rows) == ROWS_AT_ONCE):
                yield name, columns, rows
                rows = []
            if is_heading:
                name, columns = read["table"], read["columns"]
            else:
                rows.append(read)
    if rows:
        yield name, columns, rows


def _outward(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        instant = (
            value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        )  # SQLite forgets the zone; it was UTC
        return instant.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, decimal.Decimal) else value


def _inward(column: Column[Any], dialect: str) -> Callable[[Any], Any]:
    """What turns a value of the dump into one that `column` takes."""
    convert: Callable[[Any], Any]
    if isinstance(column.type, DateTime):
        convert = dt.datetime.fromisoformat if dialect == "postgresql" else _naive_utc
    elif isinstance(column.type, Date):
        convert = dt.date.fromisoformat
    elif isinstance(column.type, LargeBinary):
        convert = base64.b64decode
    elif isinstance(column.type, Numeric) and column.type.asdecimal:
        convert = decimal.Decimal
    else:
        return lambda value: value
    return lambda value: None if value is None else convert(value)


def _naive_utc(value: str) -> dt.datetime:
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).replace(tzinfo=None)


@contextmanager
def _references_checked_at_the_end(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Rows may come before those that they refer to (a unit under a younger one). SQLite's caller sees to it itself."""
    if connection.dialect.name != "postgresql":
        yield
        return
    references = [
        (table.name, constraint.name, bool(constraint.deferrable))
        for table in tables
        for constraint in table.foreign_key_constraints
    ]
    alter = 'ALTER TABLE "{}" ALTER CONSTRAINT "{}" {}'.format
    for table, name, _ in references:
        connection.exec_driver_sql(alter(table, name, "DEFERRABLE INITIALLY DEFERRED"))
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table, name, was_deferrable in references:
        if not was_deferrable:
            connection.exec_driver_sql(alter(table, name, "NOT DEFERRABLE"))


def _continue_numbering(connection: Connection, tables: list[Table]) -> None:
    """PostgreSQL's sequences go on behind the highest number that came in."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
            highest = connection.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(select(func.setval(sequence, highest)))
