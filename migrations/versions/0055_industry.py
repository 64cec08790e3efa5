"""The industry of a party, where the source of a decision gives one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "decisions",
        sa.Column("industry", sa.String(length=5), nullable=True, comment="of the party, GB/T 4754: C2614"),
    )


def downgrade() -> None:
    op.drop_column("decisions", "industry")
