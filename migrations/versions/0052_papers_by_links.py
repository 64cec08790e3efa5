"""Issued papers go to outside bodies with their links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "paper_sendings",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("paper_id", BIG, nullable=False),
        sa.Column("link_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_paper_sendings_paper_id_papers")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["outside_links.id"], name=op.f("fk_paper_sendings_link_id_outside_links")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sendings")),
        sa.UniqueConstraint("link_id", "paper_id", name=op.f("uq_paper_sendings_link_id_paper_id")),
    )
    op.create_index(op.f("ix_paper_sendings_paper_id"), "paper_sendings", ["paper_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_paper_sendings_paper_id"), table_name="paper_sendings")
    op.drop_table("paper_sendings")
