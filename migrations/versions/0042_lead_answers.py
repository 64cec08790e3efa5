"""What somebody made of a lead of repeated infringement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RIGHTS = (
    *("trademark", "patent_infringement", "patent_passing_off", "copyright", "trade_secret"),
    *(
        "geographical_indication",
        "plant_variety",
        "layout_design",
        "special_sign",
        "unfair_competition",
        "other",
    ),
)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "lead_answers",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("right_type", _one_of(RIGHTS, "righttype"), nullable=False),
        sa.Column("outcome", _one_of(("taken", "dismissed"), "leadoutcome"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("newest_decision_id", NUMBER, nullable=False),
        sa.Column(
            "evidence", sa.JSON(), nullable=False, comment="permanent ids of the decisions, oldest first"
        ),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("by_id", NUMBER, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'dismissed' OR reason <> ''", name=op.f("ck_lead_answers_dismissed_has_reason")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_lead_answers_{column}_{table}"))
            for column, table in (
                ("newest_decision_id", "decisions"),
                ("unit_id", "units"),
                ("by_id", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_answers")),
    )
    op.create_index("ix_lead_answers_uscc_right_type", "lead_answers", ["uscc", "right_type"], unique=False)


def downgrade() -> None:
    op.drop_table("lead_answers")
