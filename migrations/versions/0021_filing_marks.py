"""Signs by which filings that may be about the same thing are found; the worker marks those that are here already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("respondent", "link", "right_number", "facts")


def upgrade() -> None:
    op.create_table(
        "filing_marks",
        sa.Column("filing_id", NUMBER, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="likeness", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=16), nullable=False, comment="a digest of what is not secret"),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_filing_marks_filing_id_filings")
        ),
        sa.PrimaryKeyConstraint("filing_id", "kind", "value", name=op.f("pk_filing_marks")),
    )
    op.create_index("ix_filing_marks_kind_value", "filing_marks", ["kind", "value"])


def downgrade() -> None:
    op.drop_index("ix_filing_marks_kind_value", table_name="filing_marks")
    op.drop_table("filing_marks")
