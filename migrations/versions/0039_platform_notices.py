"""What the platform was told before a filing, and the seller's statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MEASURE = sa.Enum(
    "none", "taken", "lifted", "unknown", name="measure", native_enum=False, create_constraint=True, length=32
)
WAITING = sa.text("statement_reached_on IS NOT NULL AND shown_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "platform_notices",
        sa.Column("filing_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("measure", MEASURE, nullable=False),
        sa.Column(
            "statement_reached_on",
            sa.Date(),
            nullable=True,
            comment="when the seller's statement came to the rights-holder: day 0 of the fifteen",
        ),
        sa.Column(
            "statement", sa.Text(), nullable=True, comment="the seller's words, as the filer tells them"
        ),
        sa.Column(
            "shown_on",
            sa.Date(),
            nullable=True,
            comment="when the platform was shown the receipt, as the filer tells",
        ),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "statement_reached_on IS NULL OR statement_reached_on >= notified_on",
            name=op.f("ck_platform_notices_statement_follows_notice"),
        ),
        sa.CheckConstraint(
            "statement IS NULL OR statement_reached_on IS NOT NULL",
            name=op.f("ck_platform_notices_statement_has_day"),
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_platform_notices_filing_id_filings")
        ),
        sa.PrimaryKeyConstraint("filing_id", name=op.f("pk_platform_notices")),
    )
    op.create_index(
        "ix_platform_notices_waiting",
        "platform_notices",
        ["statement_reached_on"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_table("platform_notices")
