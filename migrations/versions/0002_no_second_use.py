"""No one-time password is taken twice, no ledger row is replaced; dead letters are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NO_REPLACE = (
    "CREATE TRIGGER ledger_events_no_replace BEFORE INSERT ON ledger_events "
    "WHEN EXISTS (SELECT 1 FROM ledger_events WHERE id = NEW.id OR hash = NEW.hash) "
    "BEGIN SELECT RAISE(ABORT, 'ledger_events is append-only'); END"
)


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column(
            "tf_last_counter",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the half minute of the last one-time password taken: none is taken twice",
        ),
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["dead_at"],
        sqlite_where=sa.text("dead_at IS NOT NULL"),
        postgresql_where=sa.text("dead_at IS NOT NULL"),
    )
    if _is_sqlite():
        op.execute(NO_REPLACE)


def downgrade() -> None:
    if _is_sqlite():
        op.execute("DROP TRIGGER ledger_events_no_replace")
    op.drop_index("ix_outbox_dead", "outbox")
    op.drop_column("accounts", "tf_last_counter")
