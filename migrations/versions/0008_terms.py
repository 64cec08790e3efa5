"""Terms of publication: which rules were looked at, what is fulfilled, what was put off, what waits for a person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STATES = ["draft", "in_review", "approved", "published", "withdrawn", "ended"]
FULFILMENTS = ("unknown", "fulfilled", "unfulfilled")
IS_OPEN = sa.text("approved_at IS NULL AND refused_at IS NULL")


def _states(batch_op: Any, states: list[str]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    batch_op.drop_constraint(op.f("ck_decisions_state"), type_="check")
    batch_op.create_check_constraint(op.f("ck_decisions_state"), f"state IN ({listed})")


def upgrade() -> None:
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.add_column(
            sa.Column(
                "term_rules",
                sa.String(length=16),
                nullable=True,
                comment="newest rules that ends_on knows of",
            )
        )
        batch_op.add_column(
            sa.Column(
                "fulfilment",
                sa.Enum(
                    *FULFILMENTS, name="fulfilment", native_enum=False, length=32, create_constraint=False
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(sa.Column("fulfilled_on", sa.Date(), nullable=True))
        _states(batch_op, [*STATES[:4], "expired_unfulfilled", *STATES[4:]])
        listed = ", ".join(f"'{one}'" for one in FULFILMENTS)
        batch_op.create_check_constraint(op.f("ck_decisions_fulfilment"), f"fulfilment IN ({listed})")
        batch_op.create_check_constraint(
            op.f("ck_decisions_fulfilled_has_day"),
            "(fulfilment = 'fulfilled') = (fulfilled_on IS NOT NULL)",
        )
        batch_op.create_check_constraint(
            op.f("ck_decisions_held_is_unfulfilled"),
            "state <> 'expired_unfulfilled' OR (ends_on IS NOT NULL AND fulfilment = 'unfulfilled')",
        )
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.alter_column(
            "fulfilment", existing_type=sa.String(length=32), existing_nullable=False, server_default=None
        )
    op.create_table(
        "term_postponements",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False, comment="law and article; published with the term"),
        sa.Column("reason", sa.Text(), nullable=False, comment="for staff"),
        sa.Column("asked_by_id", NUMBER, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("approved_at", INSTANT, nullable=True),
        sa.Column("refused_at", INSTANT, nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "length(trim(basis)) > 0 AND length(trim(reason)) > 0",
            name=op.f("ck_term_postponements_has_basis_and_reason"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name=op.f("ck_term_postponements_two_people"),
        ),
        sa.CheckConstraint(
            "(decided_by_id IS NOT NULL) = (approved_at IS NOT NULL OR refused_at IS NOT NULL)",
            name=op.f("ck_term_postponements_decided_has_approver"),
        ),
        sa.CheckConstraint(
            "approved_at IS NULL OR refused_at IS NULL",
            name=op.f("ck_term_postponements_approved_or_refused"),
        ),
        sa.CheckConstraint(
            "refused_at IS NULL OR refusal_reason IS NOT NULL",
            name=op.f("ck_term_postponements_refused_has_reason"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_term_postponements_{column}_{table}")
            )
            for column, table in (
                ("decision_id", "decisions"),
                ("asked_by_id", "accounts"),
                ("decided_by_id", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_postponements")),
    )
    with op.batch_alter_table("term_postponements") as batch_op:
        batch_op.create_index(batch_op.f("ix_term_postponements_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(
            "uq_term_postponements_one_open",
            ["decision_id"],
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        )


def downgrade() -> None:
    op.drop_table("term_postponements")
    with op.batch_alter_table("decisions") as batch_op:
        for name in ("held_is_unfulfilled", "fulfilled_has_day", "fulfilment"):
            batch_op.drop_constraint(op.f(f"ck_decisions_{name}"), type_="check")
        _states(batch_op, STATES)
        for column in ("fulfilled_on", "fulfilment", "term_rules"):
            batch_op.drop_column(column)
