"""Reviews and lawsuits of decisions, and from when on a decision is final."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KINDS = ("reconsideration", "litigation", "appeal")
OUTCOMES = ("upheld", "dismissed", "abandoned", "changed", "annulled", "unlawful", "void")
COLUMNS = {
    "served_on": "when the party got it",
    "final_on": "cache, see challenges/finality.py",
    "changed_on": "changed, annulled, unlawful or void",
}


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("decisions") as batch_op:
        for name, comment in COLUMNS.items():
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True, comment=comment))
    op.create_table(
        "decision_challenges",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.Column("kind", _one_of(KINDS, "challengekind"), nullable=False),
        sa.Column("authority_name", sa.String(length=200), nullable=False, comment="who rules on it"),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("outcome", _one_of(OUTCOMES, "outcome"), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("outcome_served_on", sa.Date(), nullable=True),
        sa.Column(
            "document_number", sa.String(length=128), nullable=True, comment="of the ruling; for staff"
        ),
        sa.Column("noted_by_id", NUMBER, nullable=False),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("outcome_noted_by_id", NUMBER, nullable=True),
        sa.Column("outcome_noted_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_on IS NULL) AND (outcome IS NULL) = (outcome_noted_at IS NULL) "
            "AND (outcome IS NULL) = (outcome_noted_by_id IS NULL)",
            name=op.f("ck_decision_challenges_outcome_has_day_and_officer"),
        ),
        sa.CheckConstraint(
            "outcome_on IS NULL OR outcome_on >= filed_on",
            name=op.f("ck_decision_challenges_ends_after_it_began"),
        ),
        sa.CheckConstraint(
            "outcome_served_on IS NULL OR (outcome_on IS NOT NULL AND outcome_served_on >= outcome_on)",
            name=op.f("ck_decision_challenges_served_after_it_was_made"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_decision_challenges_{column}_{table}")
            )
            for column, table in (
                ("decision_id", "decisions"),
                ("noted_by_id", "accounts"),
                ("outcome_noted_by_id", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_challenges")),
    )
    with op.batch_alter_table("decision_challenges") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_challenges_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(
            "uq_decision_challenges_one_open",
            ["decision_id"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL"),
            postgresql_where=sa.text("outcome IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("decision_challenges")
    with op.batch_alter_table("decisions") as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
