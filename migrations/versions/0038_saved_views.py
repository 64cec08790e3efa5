"""Views of the queue that people keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=True, comment="whose people have it too; empty: nobody else"),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False, comment="parameters of the queue's address"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_views_has_name")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_saved_views_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_saved_views_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_views_account_id_name")),
    )
    op.create_index(op.f("ix_saved_views_unit_id"), "saved_views", ["unit_id"])


def downgrade() -> None:
    op.drop_table("saved_views")
