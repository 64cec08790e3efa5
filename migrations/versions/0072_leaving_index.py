"""Decisions that leave the index: under what is asked for, so that SQLite takes this index before that of states."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

NAME = "ix_decisions_leaving_index"
WAITING = sa.text("state IN ('withdrawn', 'ended') AND left_index_at IS NULL")


def upgrade() -> None:
    _renew(["left_index_at", "id"])


def downgrade() -> None:
    _renew(["id"])


def _renew(columns: list[str]) -> None:
    op.drop_index(NAME, "decisions")
    op.create_index(NAME, "decisions", columns, sqlite_where=WAITING, postgresql_where=WAITING)
