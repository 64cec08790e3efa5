"""The pool knows experts, volunteers and appraisal bodies apart; who was in it is an expert."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("experts") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="expert"))
        batch_op.create_check_constraint(
            op.f("ck_experts_expertkind"), "kind IN ('expert', 'volunteer', 'appraiser')"
        )


def downgrade() -> None:
    with op.batch_alter_table("experts") as batch_op:
        batch_op.drop_constraint(op.f("ck_experts_expertkind"), type_="check")
        batch_op.drop_column("kind")
