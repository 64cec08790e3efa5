"""A withdrawal of the fast lane without reasons had passed: an empty value made the condition NULL."""

from __future__ import annotations

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

NAME = "ck_fast_lanes_withdrawal_is_whole"
DATES = "(announced_at IS NULL) = (ends_on IS NULL) AND (announced_at IS NULL) = (announced_by_id IS NULL)"
BEFORE = f"{DATES} AND (announced_at IS NULL OR length(withdrawal_reasons) > 0)"
AFTER = f"{DATES} AND (announced_at IS NULL OR (withdrawal_reasons IS NOT NULL AND length(withdrawal_reasons) > 0))"


def _put(condition: str) -> None:
    with op.batch_alter_table("fast_lanes") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), condition)


def upgrade() -> None:
    _put(AFTER)


def downgrade() -> None:
    _put(BEFORE)
