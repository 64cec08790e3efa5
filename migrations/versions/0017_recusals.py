"""Who is kept out of which case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
IN_FORCE = sa.text("lifted_at IS NULL")
REASONS = ("party", "relative", "interest", "other")
ACTS = (
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
    "message",
    "supplement",
    "answer",
    "close",
    "dispute",
    "uphold",
    "reject",
    "withdraw",
)
ACTS_NOW = (*ACTS[:10], "recuse", *ACTS[10:])


def _allow(acts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{act}'" for act in acts)
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def _reference(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_case_recusals_{column}_{to}"))


def upgrade() -> None:
    _allow(ACTS_NOW)
    op.create_table(
        "case_recusals",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("unit_id", NUMBER, nullable=True),
        sa.Column(
            "reason",
            sa.Enum(*REASONS, name="recusalreason", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "made_by", sa.String(length=64), nullable=False, comment="as in the ledger: account:12, system:…"
        ),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("lifted_by_id", NUMBER, nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lift_reasons", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(account_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_case_recusals_person_or_unit")
        ),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_case_recusals_has_words")),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by_id IS NULL) AND (lifted_at IS NULL) = (lift_reasons IS NULL)",
            name=op.f("ck_case_recusals_lifted_with_reasons"),
        ),
        sa.CheckConstraint(
            "lifted_by_id IS NULL OR account_id IS NULL OR lifted_by_id <> account_id",
            name=op.f("ck_case_recusals_not_lifted_by_oneself"),
        ),
        _reference("case_id", "cases"),
        _reference("account_id", "accounts"),
        _reference("unit_id", "units"),
        _reference("lifted_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_recusals")),
    )
    op.create_index(op.f("ix_case_recusals_case_id"), "case_recusals", ["case_id"])
    for column in ("account_id", "unit_id"):
        op.create_index(
            f"ix_case_recusals_{column}",
            "case_recusals",
            [column, "case_id"],
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        )


def downgrade() -> None:
    op.drop_table("case_recusals")
    _allow(ACTS)
