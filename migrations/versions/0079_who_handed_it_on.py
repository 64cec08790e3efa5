"""A transfer says whether another unit than the first one made it: such a unit goes on seeing the case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

INDEX, COLUMN = "ix_transfers_onward", "is_onward"
HANDED_ON = sa.text("is_onward AND acknowledged_at IS NOT NULL")
FILL = """
    UPDATE transfers SET is_onward = TRUE
    WHERE from_unit_id <> (SELECT origin_unit_id FROM cases WHERE cases.id = transfers.case_id)
"""


def upgrade() -> None:
    with op.batch_alter_table("transfers") as batch_op:
        batch_op.add_column(
            sa.Column(
                COLUMN,
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="by another unit than the one that took the case in",
            )
        )
    op.execute(FILL)
    op.create_index(
        INDEX,
        "transfers",
        ["from_unit_id", "case_id"],
        sqlite_where=HANDED_ON,
        postgresql_where=HANDED_ON,
    )


def downgrade() -> None:
    op.drop_index(INDEX, "transfers")
    with op.batch_alter_table("transfers") as batch_op:
        batch_op.drop_column(COLUMN)
