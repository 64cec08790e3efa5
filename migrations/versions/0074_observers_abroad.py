"""Observers abroad: the enterprises and associations that watch the risks there and are warned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "overseas_observers",
        sa.Column("id", big, autoincrement=True, nullable=False),
        sa.Column("unit_id", big, nullable=False, comment="who keeps it"),
        sa.Column(
            "kind",
            sa.Enum(
                "enterprise",
                "association",
                name="observerkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column(
            "products",
            sa.String(length=200),
            nullable=False,
            comment="what is watched: goods, marks, trade",
        ),
        sa.Column("countries", sa.JSON(), nullable=False, comment="none: wherever"),
        sa.Column("contact", sa.String(length=100), nullable=True, comment="person and telephone"),
        sa.Column("email", sa.String(length=254), nullable=True, comment="where the warnings go"),
        sa.Column("since_on", sa.Date(), nullable=False, comment="in Beijing"),
        sa.Column("added_by_id", big, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_reasons", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(name) > 0 AND length(products) > 0", name=op.f("ck_overseas_observers_has_words")
        ),
        sa.CheckConstraint(
            "(left_at IS NULL) = (left_reasons IS NULL)",
            name=op.f("ck_overseas_observers_left_with_reasons"),
        ),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts.id"], name=op.f("fk_overseas_observers_added_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_overseas_observers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overseas_observers")),
    )
    with op.batch_alter_table("overseas_observers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overseas_observers_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_overseas_observers_present",
            ["name"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("overseas_observers", schema=None) as batch_op:
        batch_op.drop_index("uq_overseas_observers_present")
        batch_op.drop_index(batch_op.f("ix_overseas_observers_unit_id"))
    op.drop_table("overseas_observers")
