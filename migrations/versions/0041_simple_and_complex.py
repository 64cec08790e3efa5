"""Simple and complex cases: which one a case is, by which rule, and the acts of saying so and of taking one on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

FIRST_ACTS = (
    "receive",
    "accept",
    "refuse",
    "transfer",
    "acknowledge",
    "return",
    "recall",
    "escalate",
    "designate",
    "assign",
    "recuse",
    "mediate",
    "settle",
    "end_mediation",
    "file",
    "not_file",
    "message",
    "supplement",
    "answer",
    "close",
    "dispute",
    "uphold",
    "reject",
    "ask_outside",
    "hear_outside",
    "merge",
    "split",
    "withdraw",
)
_AT = FIRST_ACTS.index("assign")
ACTS = (*FIRST_ACTS[:_AT], "sort", "assign", "take_on", *FIRST_ACTS[_AT + 1 :])
OPEN = sa.text("state NOT IN ('closed', 'refused', 'withdrawn')")
COVERED = ["due_on", "id", "state", "unit_id", "origin_unit_id", "handler_id", "alert_on"]


def _allow(acts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{act}'" for act in acts)
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def _cover(columns: list[str]) -> None:
    op.create_index("ix_cases_open_by_due", "cases", columns, sqlite_where=OPEN, postgresql_where=OPEN)


def upgrade() -> None:
    op.drop_index("ix_cases_open_by_due", table_name="cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(sa.Column("complexity", sa.String(32), nullable=False, server_default="complex"))
        batch_op.add_column(
            sa.Column(
                "complexity_rule",
                sa.String(40),
                nullable=True,
                comment="which rule of profiles/split.toml said so; empty: an officer, or the time before",
            )
        )
        batch_op.create_check_constraint(op.f("ck_cases_complexity"), "complexity IN ('simple', 'complex')")
    _cover([*COVERED, "complexity"])
    _allow(ACTS)


def downgrade() -> None:
    _allow(FIRST_ACTS)
    op.drop_index("ix_cases_open_by_due", table_name="cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_constraint(op.f("ck_cases_complexity"), type_="check")
        batch_op.drop_column("complexity_rule")
        batch_op.drop_column("complexity")
    _cover(COVERED)
