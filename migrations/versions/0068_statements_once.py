"""A statement of the named company that is sent twice is one: the digest of what it says, once per invitation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.add_column(
            sa.Column("digest", sa.String(64), comment="of what was sent; sent twice it is one")
        )
        batch_op.create_unique_constraint(
            op.f("uq_statements_invitation_id_digest"), ["invitation_id", "digest"]
        )


def downgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.drop_constraint(op.f("uq_statements_invitation_id_digest"), type_="unique")
        batch_op.drop_column("digest")
