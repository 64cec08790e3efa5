"""What the party asks of a published decision, and the end of publication that credit repair brings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

END_KIND = "ck_decisions_endkind"


def _end_kinds(values: str) -> None:
    with op.batch_alter_table("decisions") as batch_op:
        batch_op.drop_constraint(op.f(END_KIND), type_="check")
        batch_op.create_check_constraint(op.f(END_KIND), f"end_kind IN ({values})")


def upgrade() -> None:
    op.create_table(
        "decision_petitions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "objection",
                "repair",
                name="petitionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False, comment="what is asked and why; not public"),
        sa.Column("promised", sa.Boolean(), nullable=False, comment="the public promise of 第36号令"),
        sa.Column("needs_inquiry", sa.Boolean(), nullable=False, comment="another unit has to be asked"),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "rejected",
                "not_party",
                name="petitionoutcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=True, comment="to the party"),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'repair' OR promised", name=op.f("ck_decision_petitions_repair_has_promise")
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome = 'not_party' OR checked_at IS NOT NULL",
            name=op.f("ck_decision_petitions_answered_after_check"),
        ),
        sa.CheckConstraint(
            "(checked_by_id IS NULL) = (checked_at IS NULL)",
            name=op.f("ck_decision_petitions_checked_by_somebody"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_by_id IS NULL) AND (outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)",
            name=op.f("ck_decision_petitions_outcome_has_answer_and_officer"),
        ),
        sa.CheckConstraint(
            "asked_by_id IS NOT NULL OR checked_by_id IS NOT NULL",
            name=op.f("ck_decision_petitions_has_an_origin"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> checked_by_id",
            name=op.f("ck_decision_petitions_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name=op.f("fk_decision_petitions_asked_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["accounts.id"], name=op.f("fk_decision_petitions_checked_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_decision_petitions_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_petitions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_petitions")),
    )
    with op.batch_alter_table("decision_petitions") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_petitions_asked_by_id"), ["asked_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_petitions_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(
            "uq_decision_petitions_one_open",
            ["decision_id", "kind"],
            unique=True,
            sqlite_where=sa.text("outcome IS NULL"),
            postgresql_where=sa.text("outcome IS NULL"),
        )
    _end_kinds("'expired', 'withdrawn', 'repaired'")


def downgrade() -> None:
    op.execute("UPDATE decisions SET end_kind = 'expired' WHERE end_kind = 'repaired'")
    _end_kinds("'expired', 'withdrawn'")
    with op.batch_alter_table("decision_petitions") as batch_op:
        batch_op.drop_index(
            "uq_decision_petitions_one_open",
            sqlite_where=sa.text("outcome IS NULL"),
            postgresql_where=sa.text("outcome IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_petitions_decision_id"))
        batch_op.drop_index(batch_op.f("ix_decision_petitions_asked_by_id"))

    op.drop_table("decision_petitions")
