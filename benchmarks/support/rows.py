"""Puts very many rows into a table, the way that is quickest on the database at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, insert


def put_in(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Adds rows that all have the same keys, in the transaction of the connection: on PostgreSQL by COPY.

    Columns that no row names get the defaults of the model; those that a function makes are not known here.
    """
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), rows)
        return
    defaults = {
        column.name: column.default.arg
        for column in table.columns
        if column.default is not None and column.default.is_scalar and column.name not in rows[0]
    }
    columns = [table.c[name] for name in (*rows[0], *defaults)]
    written = [_writer(column, connection.dialect) for column in columns]
    names = ", ".join(connection.dialect.identifier_preparer.quote(column.name) for column in columns)
    target = connection.dialect.identifier_preparer.format_table(table)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
        for row in rows:
            values = (*row.values(), *defaults.values())
            copy.write_row([write(value) for write, value in zip(written, values, strict=True)])


def _writer(column: Column[Any], dialect: Dialect) -> Any:
    """What the type of a column makes of a value on its way to the database."""
    return column.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
