"""Bulletins: typical cases with the decisions behind them, and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bulletins",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "typical_case",
                "notice",
                name="bulletinkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "published",
                "withdrawn",
                name="bulletinstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "row_version",
            sa.Integer(),
            nullable=False,
            comment="counts all changes, so that two at once are noticed",
        ),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("commentary", sa.Text(), nullable=False, comment="典型意义"),
        sa.Column("english_title", sa.String(length=240), nullable=False),
        sa.Column("english_summary", sa.String(length=600), nullable=False),
        sa.Column("english_body", sa.Text(), nullable=False),
        sa.Column("english_commentary", sa.Text(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("maker_id", NUMBER, nullable=False),
        sa.Column("reviewer_id", NUMBER, nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True, comment="published; names no party"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL AND withdrawal_reason IS NOT NULL)",
            name=op.f("ck_bulletins_withdrawn_has_reason"),
        ),
        sa.CheckConstraint(
            "(state IN ('published', 'withdrawn')) = (published_at IS NOT NULL AND reviewer_id IS NOT NULL)",
            name=op.f("ck_bulletins_published_has_reviewer"),
        ),
        sa.CheckConstraint(
            "kind <> 'typical_case' OR commentary <> ''", name=op.f("ck_bulletins_case_has_commentary")
        ),
        sa.CheckConstraint(
            "reviewer_id IS NULL OR reviewer_id <> maker_id", name=op.f("ck_bulletins_two_people")
        ),
        sa.ForeignKeyConstraint(["maker_id"], ["accounts.id"], name=op.f("fk_bulletins_maker_id_accounts")),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["accounts.id"], name=op.f("fk_bulletins_reviewer_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_bulletins_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bulletins_public_id")),
    )
    with op.batch_alter_table("bulletins", schema=None) as batch_op:
        batch_op.create_index("ix_bulletins_newest", ["kind", "state", "published_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulletins_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "bulletin_decisions",
        sa.Column("bulletin_id", NUMBER, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_decisions_bulletin_id_bulletins")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_bulletin_decisions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("bulletin_id", "decision_id", name=op.f("pk_bulletin_decisions")),
    )
    with op.batch_alter_table("bulletin_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulletin_decisions_decision_id"), ["decision_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("bulletin_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulletin_decisions_decision_id"))

    op.drop_table("bulletin_decisions")
    with op.batch_alter_table("bulletins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulletins_unit_id"))
        batch_op.drop_index("ix_bulletins_newest")

    op.drop_table("bulletins")
