"""A named company can say that it is not the party, and why: the kind of its statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.add_column(
            sa.Column("denial", sa.String(32), comment="why it says that it is not the party")
        )
        batch_op.create_check_constraint(
            op.f("ck_statements_denial"), "denial IN ('namesake', 'transferred', 'misused', 'other')"
        )


def downgrade() -> None:
    with op.batch_alter_table("statements") as batch_op:
        batch_op.drop_constraint(op.f("ck_statements_denial"), type_="check")
        batch_op.drop_column("denial")
