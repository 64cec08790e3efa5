"""What officers made of the proposals of the routing rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CONDUCTS = ("infringement", "border", "bad_faith_registration", "abnormal_application", "agency")
VENUES = ("shop", "online_seller", "platform", "advertisement")


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{table}.id"], name=op.f(f"fk_routing_choices_{column}_{table}")
    )


def upgrade() -> None:
    op.create_table(
        "routing_choices",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("transfer_id", NUMBER, nullable=False),
        sa.Column("rule_id", sa.String(length=40), nullable=False, comment="of profiles/routing.toml"),
        sa.Column(
            "conduct",
            sa.Enum(*CONDUCTS, name="conduct", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "venue",
            sa.Enum(*VENUES, name="venue", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "proposed_unit_id", NUMBER, nullable=True, comment="empty: no unit to send it to was proposed"
        ),
        sa.Column("chosen_unit_id", NUMBER, nullable=False),
        sa.Column("departure", sa.Text(), nullable=True, comment="why not as proposed; for staff"),
        sa.Column("chosen_by_id", NUMBER, nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "proposed_unit_id IS NULL OR proposed_unit_id = chosen_unit_id OR departure IS NOT NULL",
            name=op.f("ck_routing_choices_departure_has_reasons"),
        ),
        sa.CheckConstraint(
            "departure IS NULL OR length(departure) > 0", name=op.f("ck_routing_choices_reasons_are_words")
        ),
        _reference("case_id", "cases"),
        _reference("transfer_id", "transfers"),
        _reference("proposed_unit_id", "units"),
        _reference("chosen_unit_id", "units"),
        _reference("chosen_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_choices")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_routing_choices_transfer_id")),
    )
    op.create_index(op.f("ix_routing_choices_case_id"), "routing_choices", ["case_id"])


def downgrade() -> None:
    op.drop_table("routing_choices")
