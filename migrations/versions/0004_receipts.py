"""Signed receipts, and the public keys by which they are checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column(
            "public_key", sa.String(length=64), nullable=False, comment="Ed25519, 32 bytes in hexadecimal"
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("key_id", name=op.f("uq_signing_keys_key_id")),
    )
    op.create_table(
        "receipts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("token", sa.String(length=20), nullable=False, comment="what stands after /verify/"),
        sa.Column("content", sa.Text(), nullable=False, comment="canonical JSON; no personal data"),
        sa.Column("signature", sa.String(length=128), nullable=False, comment="64 bytes in hexadecimal"),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["signing_keys.key_id"], name=op.f("fk_receipts_key_id_signing_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("token", name=op.f("uq_receipts_token")),
    )
    with op.batch_alter_table("filings") as batch_op:
        batch_op.add_column(sa.Column("receipt_id", NUMBER, nullable=True))
        batch_op.create_index(batch_op.f("ix_filings_receipt_id"), ["receipt_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_filings_receipt_id_receipts"), "receipts", ["receipt_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("filings") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_filings_receipt_id_receipts"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_filings_receipt_id"))
        batch_op.drop_column("receipt_id")
    op.drop_table("receipts")
    op.drop_table("signing_keys")
