"""An account remembers for a day which of its sessions were signed out of, by digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.add_column(
            sa.Column(
                "ended_sessions",
                sa.JSON(none_as_null=True),
                nullable=True,
                comment="digests of sessions signed out of lately, and when",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("accounts") as batch_op:
        batch_op.drop_column("ended_sessions")
