"""A filer can take back the consent to be told of news."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("identities") as batch_op:
        batch_op.add_column(
            sa.Column(
                "notices_stopped_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when the filer took back the consent to be told of news",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("identities") as batch_op:
        batch_op.drop_column("notices_stopped_at")
