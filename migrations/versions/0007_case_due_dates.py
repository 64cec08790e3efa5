"""When a case is due, kept on the case; filled from its clocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("state NOT IN ('closed', 'refused', 'withdrawn')")

END = """(SELECT min(deadlines.{day}) FROM deadlines JOIN clock_rules
    ON clock_rules.rule_id = deadlines.rule_id AND clock_rules.version = deadlines.version
    WHERE deadlines.subject_kind = 'case' AND deadlines.subject_id = cases.id
    AND deadlines.met_at IS NULL AND deadlines.cancelled_at IS NULL AND deadlines.paused_from IS NULL
    AND {promise} clock_rules.is_local_promise)"""


def _filled(column: str, day: str) -> str:
    by_law, promised = END.format(day=day, promise="NOT"), END.format(day=day, promise="")
    return f"UPDATE cases SET {column} = coalesce({by_law}, {promised}, CAST(:never AS {{date}}))"  # noqa: S608 - constants


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column(
                "due_on",
                sa.Date(),
                nullable=True,
                comment="cache of its clocks, see cases/due.py; 9999-12-31: none runs",
            )
        )
        batch_op.add_column(
            sa.Column("alert_on", sa.Date(), nullable=True, comment="the same: the last safe working day")
        )
    date = "text" if op.get_bind().dialect.name == "sqlite" else "date"
    for column, day in (("due_on", "legal_end"), ("alert_on", "alert_on")):
        op.execute(sa.text(_filled(column, day).format(date=date)).bindparams(never="9999-12-31"))
    with op.batch_alter_table("cases") as batch_op:
        batch_op.alter_column("due_on", existing_type=sa.Date(), nullable=False)
        batch_op.alter_column("alert_on", existing_type=sa.Date(), nullable=False)
    op.create_index(
        "ix_cases_open_by_due",
        "cases",
        ["due_on", "id", "state", "unit_id", "origin_unit_id", "handler_id", "alert_on"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open_by_due", table_name="cases", sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_column("alert_on")
        batch_op.drop_column("due_on")
