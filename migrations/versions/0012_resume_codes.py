"""A draft can be taken up again by a code, of which only the HMAC is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as batch_op:
        batch_op.add_column(
            sa.Column(
                "resume_hmac",
                sa.String(length=64),
                nullable=True,
                comment="of the code that takes it up again on another device",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_drafts_resume_hmac"), ["resume_hmac"])


def downgrade() -> None:
    with op.batch_alter_table("drafts") as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_drafts_resume_hmac"), type_="unique")
        batch_op.drop_column("resume_hmac")
