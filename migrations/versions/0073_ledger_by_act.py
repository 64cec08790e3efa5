"""The ledger is read by act and by who acted, newest first."""

from __future__ import annotations

from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

TABLE = "ledger_events"
COLUMNS = ("act", "actor")


def upgrade() -> None:
    for column in COLUMNS:
        op.create_index(f"ix_{TABLE}_{column}_id", TABLE, [column, "id"])


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_index(f"ix_{TABLE}_{column}_id", table_name=TABLE)
