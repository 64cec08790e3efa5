"""How many share a reward, and the day on which the offence was dealt with, from which the reporter has to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rewards") as batch_op:
        batch_op.add_column(
            sa.Column(
                "people",
                sa.Integer(),
                server_default="1",
                nullable=False,
                comment="how many reported together and share the amount",
            )
        )
        batch_op.add_column(
            sa.Column(
                "concluded_on",
                sa.Date(),
                nullable=True,
                comment="查处结案; empty: proposed before it was asked for",
            )
        )
        batch_op.create_check_constraint(op.f("ck_rewards_somebody_reported"), "people > 0")


def downgrade() -> None:
    with op.batch_alter_table("rewards") as batch_op:
        batch_op.drop_constraint(op.f("ck_rewards_somebody_reported"), type_="check")
        batch_op.drop_column("concluded_on")
        batch_op.drop_column("people")
