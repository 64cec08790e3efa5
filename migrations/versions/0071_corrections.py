"""Corrections of published decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "decision_corrections"
CHECKS = {
    "correctionground": "ground IN ('inaccurate', 'hidden')",
    "confirmed_by_somebody": "(confirmed_by_id IS NULL) = (confirmed_at IS NULL)",
    "two_people": "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
    "hidden_is_forgotten": "ground <> 'hidden' OR confirmed_at IS NULL OR old_words IS NULL",
}
WAITING = sa.text("confirmed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        _names("decision_id", "decisions", nullable=False),
        sa.Column("ground", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="public"),
        sa.Column("old_words", sa.Text()),
        sa.Column("new_words", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("amounts", sa.JSON(), nullable=False),
        _names("proposed_by_id", "accounts", nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        _names("confirmed_by_id", "accounts", nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
    )
    op.create_index(op.f(f"ix_{TABLE}_decision_id"), TABLE, ["decision_id"])
    op.create_index(
        f"uq_{TABLE}_one_open", TABLE, ["decision_id"], unique=True, sqlite_where=WAITING, postgresql_where=WAITING
    )  # fmt: skip


def _names(column: str, table: str, *, nullable: bool) -> sa.Column[int]:
    key = sa.ForeignKey(f"{table}.id", name=op.f(f"fk_{TABLE}_{column}_{table}"))
    return sa.Column(column, NUMBER, key, nullable=nullable)


def downgrade() -> None:
    op.drop_table(TABLE)
