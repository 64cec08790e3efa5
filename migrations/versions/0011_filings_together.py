"""Two filings of one sending show the same files: whose they are stands with each filing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("filings") as batch_op:
        batch_op.add_column(
            sa.Column(
                "files_of_id",
                NUMBER,
                nullable=True,
                comment="the first filing of the same sending, whose files these are too: itself, as a rule",
            )
        )
        batch_op.create_index(batch_op.f("ix_filings_files_of_id"), ["files_of_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_filings_files_of_id_filings"), "filings", ["files_of_id"], ["id"]
        )
    op.execute("UPDATE filings SET files_of_id = id")


def downgrade() -> None:
    with op.batch_alter_table("filings") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_filings_files_of_id_filings"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_filings_files_of_id"))
        batch_op.drop_column("files_of_id")
