"""Reports: what a unit has reported of a period, and corrections of it; clocks that start when a period has ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
EVENT = "period_ended"


def _events(*, new: bool) -> None:
    """The start events are those that the table allowed before, with or without the new one."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("clock_rules")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_clock_rules_startevent")
    events = [part for part in found.split("'")[1::2] if part != EVENT]
    listed = ", ".join(f"'{event}'" for event in [*events, *([EVENT] if new else [])])
    with op.batch_alter_table("clock_rules") as batch_op:
        batch_op.drop_constraint(op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clock_rules_startevent"), f"start_event IN ({listed})")


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    _events(new=True)
    op.create_table(
        "report_returns",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("report", sa.String(length=32), nullable=False, comment="code, see profiles/reports.toml"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False, comment="2026-03, 2026-Q1, 2026"),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False, comment="by row.column, as reported"),
        sa.Column("evidence", sa.JSON(), nullable=False, comment="case:12, decision:7 by row.column"),
        sa.Column("is_zero", sa.Boolean(), nullable=False, comment="a zero report 零报告"),
        sa.Column(
            "checked_by",
            sa.String(length=40),
            nullable=False,
            comment="who checked it 审核人, as on the form",
        ),
        sa.Column("reported_by_id", NUMBER, nullable=False),
        sa.Column("reported_at", INSTANT, nullable=False),
        sa.CheckConstraint("checked_by <> ''", name=op.f("ck_report_returns_was_checked")),
        _to("report_returns", "unit_id", "units"),
        _to("report_returns", "reported_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_returns")),
        sa.UniqueConstraint(
            "report", "period", "unit_id", name=op.f("uq_report_returns_report_period_unit_id")
        ),
    )
    op.create_index(op.f("ix_report_returns_unit_id"), "report_returns", ["unit_id"], unique=False)
    op.create_table(
        "report_corrections",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("return_id", NUMBER, nullable=False),
        sa.Column("cell", sa.String(length=64), nullable=False),
        sa.Column("old", sa.String(length=32), nullable=False),
        sa.Column("new", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_report_corrections_has_reason")),
        sa.CheckConstraint("old <> new", name=op.f("ck_report_corrections_changes_something")),
        _to("report_corrections", "return_id", "report_returns"),
        _to("report_corrections", "by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_corrections")),
    )
    op.create_index(
        op.f("ix_report_corrections_return_id"), "report_corrections", ["return_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("report_corrections")
    op.drop_table("report_returns")
    op.execute("DELETE FROM clock_rules WHERE start_event = 'period_ended'")
    _events(new=False)
