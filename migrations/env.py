"""Run by Alembic with the connection that cli.schema hands over; both databases, one transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum, TypeDecorator
from sqlalchemy.engine import Connection

from cli.schema import is_ours, whole_metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Writes our own types as what they are in the database, so that old revisions don't import today's models."""
    if kind != "type":
        return False
    if isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    if isinstance(item, Enum):
        values = ", ".join(repr(str(value)) for value in item.enums)
        checked = f"name={item.name!r}, native_enum=False, create_constraint={item.create_constraint}"
        return f"sa.Enum({values}, {checked}, length={item.length})"
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=whole_metadata(),
        compare_type=True,
        include_name=is_ours,
        render_item=_render,
        render_as_batch=True,  # SQLite changes a table by copying it
        transactional_ddl=True,  # SQLite can, and cli.schema opens the transaction
    )
    with context.begin_transaction():
        context.run_migrations()


_migrate(context.config.attributes["connection"])
