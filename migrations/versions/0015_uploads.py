"""Files on their way: uploads that go on after a break, piece by piece."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("address", sa.String(43), nullable=False, comment="its name on the web, random"),
        sa.Column("submission_token", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("size", NUMBER, nullable=False, comment="bytes that were announced"),
        sa.Column("received", NUMBER, nullable=False, comment="bytes that are there"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_uploads_is_not_empty")),
        sa.CheckConstraint("received BETWEEN 0 AND size", name=op.f("ck_uploads_received_within_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("address", name=op.f("uq_uploads_address")),
    )
    op.create_index(op.f("ix_uploads_expires_at"), "uploads", ["expires_at"])
    op.create_index(op.f("ix_uploads_submission_token"), "uploads", ["submission_token"])
    op.create_table(
        "upload_pieces",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("upload_id", NUMBER, nullable=False),
        sa.Column("place", NUMBER, nullable=False, comment="the byte of the file at which it begins"),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("store_key", sa.String(64), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_upload_pieces_is_not_empty")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_upload_pieces_upload_id_uploads"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_pieces")),
        sa.UniqueConstraint("store_key", name=op.f("uq_upload_pieces_store_key")),
        sa.UniqueConstraint("upload_id", "place", name=op.f("uq_upload_pieces_upload_id_place")),
    )


def downgrade() -> None:
    op.drop_table("upload_pieces")
    op.drop_table("uploads")
