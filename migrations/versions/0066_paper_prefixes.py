"""Confirmations of the prefix of document numbers; every site is asked once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "paper_prefixes"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "unit_id",
            NUMBER,
            sa.ForeignKey("units.id", name=op.f(f"fk_{TABLE}_unit_id_units")),
            nullable=False,
            comment="whose prefix it is",
        ),
        sa.Column("prefix", sa.String(40), nullable=False),
        sa.Column(
            "confirmed_by_id",
            NUMBER,
            sa.ForeignKey("accounts.id", name=op.f(f"fk_{TABLE}_confirmed_by_id_accounts")),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(prefix) > 0", name=op.f(f"ck_{TABLE}_has_prefix")),
    )
    op.create_index(op.f(f"ix_{TABLE}_unit_id"), TABLE, ["unit_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
