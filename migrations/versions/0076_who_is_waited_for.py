"""The unit that has yet to acknowledge a case stands with the case: who sees it is decided by its own row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("state NOT IN ('closed', 'refused', 'withdrawn')")
INDEX, COLUMN = "ix_cases_open_by_due", "waiting_unit_id"
COVERED = [
    "due_on",
    "id",
    "state",
    "unit_id",
    "origin_unit_id",
    "handler_id",
    "alert_on",
    "complexity",
]
CHECK = "(state IN ('forwarded', 'transferred')) = (waiting_unit_id IS NOT NULL)"
PENDING = "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
FILL = f"""
    UPDATE cases SET waiting_unit_id =
        (SELECT to_unit_id FROM transfers WHERE transfers.case_id = cases.id AND {PENDING})
    WHERE state IN ('forwarded', 'transferred')
"""  # noqa: S608 - constants


def upgrade() -> None:
    op.drop_index(INDEX, "cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column(
                COLUMN,
                NUMBER,
                sa.ForeignKey("units.id", name=op.f(f"fk_cases_{COLUMN}_units")),
                comment="the unit that has yet to acknowledge its transfer, as `transfers` has it",
            )
        )
    op.execute(FILL)
    with op.batch_alter_table("cases") as batch_op:
        batch_op.create_check_constraint(op.f("ck_cases_on_its_way_to_a_unit"), CHECK)
    _cover([*COVERED, COLUMN])


def _cover(columns: list[str]) -> None:
    op.create_index(INDEX, "cases", columns, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index(INDEX, "cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_constraint(op.f("ck_cases_on_its_way_to_a_unit"), type_="check")
        batch_op.drop_constraint(op.f(f"fk_cases_{COLUMN}_units"), type_="foreignkey")
        batch_op.drop_column(COLUMN)
    _cover(COVERED)
