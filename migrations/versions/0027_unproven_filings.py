"""Filings that came without proof of work can be asked for in the queue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "filings",
        sa.Column(
            "is_unproven",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="sent without proof of work: people look whether it is one of very many",
        ),
    )
    filings = sa.table("filings", sa.column("is_unproven", sa.Boolean), sa.column("data", sa.JSON))
    unproven = filings.c.data["unproven"].as_boolean().is_(True)
    op.execute(filings.update().where(unproven).values(is_unproven=True))
    op.create_index(
        "ix_filings_unproven",
        "filings",
        ["id"],
        sqlite_where=sa.text("is_unproven"),
        postgresql_where=sa.text("is_unproven"),
    )


def downgrade() -> None:
    op.drop_index("ix_filings_unproven", table_name="filings")
    op.drop_column("filings", "is_unproven")
