"""Open data: files for download, the tree of commitments, its signed heads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ALIVE = sa.text("salt IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "data_files",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("store_key", sa.String(length=200), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=True, comment="days of publication that it holds"),
        sa.Column("covers_to", sa.Date(), nullable=True),
        sa.Column(
            "ended_seen",
            sa.Integer(),
            nullable=False,
            comment="how many decisions of these days had ended when it was made; one more, and it is not given out",
        ),
        sa.Column(
            "good_until_on",
            sa.Date(),
            nullable=True,
            comment="the first last public day of what it holds: not given out after it",
        ),
        sa.Column("removed", sa.Integer(), nullable=False, comment="rows left out since it was first made"),
        sa.CheckConstraint("first_made_at <= made_at", name=op.f("ck_data_files_made_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_files")),
        sa.UniqueConstraint("name", name=op.f("uq_data_files_name")),
    )
    op.create_table(
        "data_commitments",
        sa.Column("position", NUMBER, autoincrement=False, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False, comment="no foreign key: it outlives the record"),
        sa.Column(
            "row_version", sa.Integer(), nullable=False, comment="of the record when it was last looked at"
        ),
        sa.Column("salt", sa.String(length=64), nullable=True, comment="destroyed with the record"),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(salt IS NULL) = (erased_at IS NOT NULL)", name=op.f("ck_data_commitments_erased_has_no_salt")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_data_commitments")),
    )
    op.create_index(op.f("ix_data_commitments_decision_id"), "data_commitments", ["decision_id"])
    op.create_index(
        "uq_data_commitments_one_alive",
        "data_commitments",
        ["decision_id"],
        unique=True,
        sqlite_where=ALIVE,
        postgresql_where=ALIVE,
    )
    op.create_table(
        "data_tree_nodes",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", NUMBER, autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_data_tree_nodes")),
    )
    op.create_table(
        "data_heads",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("tree_size", NUMBER, nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False, comment="hexadecimal"),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("tree_size >= 0", name=op.f("ck_data_heads_size_is_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_heads")),
    )


def downgrade() -> None:
    for table in ("data_heads", "data_tree_nodes", "data_commitments", "data_files"):
        op.drop_table(table)
