"""Alerts: saved searches by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNS = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("handle", sa.String(length=16), nullable=False, comment="in links, with a keyed digest"),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column(
            "address_digest",
            sa.String(length=64),
            nullable=False,
            comment="keyed: finds equal addresses, tells none",
        ),
        sa.Column("question", sa.Text(), nullable=False, comment="parameters of an address of search"),
        sa.Column(
            "rhythm",
            sa.Enum("daily", "weekly", name="rhythm", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "seen_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="what was published later is news",
        ),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (seen_until IS NULL) AND (confirmed_at IS NULL) = (next_at IS NULL)",
            name=op.f("ck_alerts_runs_once_confirmed"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("address_digest", "question", name=op.f("uq_alerts_address_digest_question")),
        sa.UniqueConstraint("handle", name=op.f("uq_alerts_handle")),
    )
    op.create_index("ix_alerts_due", "alerts", ["next_at"], sqlite_where=RUNS, postgresql_where=RUNS)


def downgrade() -> None:
    op.drop_index("ix_alerts_due", table_name="alerts", sqlite_where=RUNS, postgresql_where=RUNS)
    op.drop_table("alerts")
