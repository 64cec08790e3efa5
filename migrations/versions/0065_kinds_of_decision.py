"""Decisions that are no penalties, such as adjudications; and how and until when a decision has to be performed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(32), nullable=False, server_default="penalty"))
        batch_op.add_column(
            sa.Column("performance", sa.Text(), nullable=False, server_default="", comment="履行方式和期限")
        )
        batch_op.create_check_constraint(
            op.f("ck_decisions_decisionkind"), "kind IN ('penalty', 'adjudication', 'other')"
        )
        batch_op.create_check_constraint(
            op.f("ck_decisions_only_penalties_fine"), "kind = 'penalty' OR fine_fen IS NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.drop_constraint(op.f("ck_decisions_only_penalties_fine"), type_="check")
        batch_op.drop_constraint(op.f("ck_decisions_decisionkind"), type_="check")
        batch_op.drop_column("performance")
        batch_op.drop_column("kind")
