"""What one person did of one kind is found by itself, however much they and others did."""

from __future__ import annotations

from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

INDEX, TABLE = "ix_ledger_events_actor_act_id", "ledger_events"


def upgrade() -> None:
    op.create_index(INDEX, TABLE, ["actor", "act", "id"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name=TABLE)
