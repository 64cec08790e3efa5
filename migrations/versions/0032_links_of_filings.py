"""The links of a filing, one row each, with what they were read as."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "filing_links",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("filing_id", NUMBER, nullable=True),
        sa.Column("submission_token", sa.String(length=64), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False, comment="its row, from 1"),
        sa.Column("given", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "item",
                "shop",
                "post",
                "short",
                "page",
                "text",
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("shop", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=120), nullable=False),
        sa.Column("shop_mark", sa.String(length=120), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "good",
                "bad",
                "twice",
                "filed",
                "decided",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("earlier_id", NUMBER, nullable=True, comment="the filer's own filing that had it before"),
        sa.Column(
            "captured_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the page was recorded, as the filer tells",
        ),
        sa.Column(
            "screenshot", sa.String(length=255), nullable=True, comment="the name of the file that shows it"
        ),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(earlier_id IS NOT NULL) = (verdict IN ('filed', 'decided'))",
            name=op.f("ck_filing_links_earlier_is_named"),
        ),
        sa.CheckConstraint(
            "filing_id IS NULL OR verdict NOT IN ('bad', 'twice')",
            name=op.f("ck_filing_links_only_good_ones_are_sent"),
        ),
        sa.CheckConstraint(
            "(filing_id IS NULL) <> (submission_token IS NULL)", name=op.f("ck_filing_links_belongs_to_one")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["filings.id"], name=op.f("fk_filing_links_earlier_id_filings")
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_filing_links_filing_id_filings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_links")),
    )
    with op.batch_alter_table("filing_links", schema=None) as batch_op:
        batch_op.create_index("ix_filing_links_filing_id_place", ["filing_id", "place"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_links_mark"), ["mark"], unique=False)
        batch_op.create_index(batch_op.f("ix_filing_links_shop_mark"), ["shop_mark"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_filing_links_submission_token"), ["submission_token"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("filing_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filing_links_submission_token"))
        batch_op.drop_index(batch_op.f("ix_filing_links_shop_mark"))
        batch_op.drop_index(batch_op.f("ix_filing_links_mark"))
        batch_op.drop_index("ix_filing_links_filing_id_place")

    op.drop_table("filing_links")
