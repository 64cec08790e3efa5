"""Invitations to the named company, what it answered, and its files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("handle", sa.String(length=16), nullable=False, comment="in the link"),
        sa.Column("company", sa.String(length=200), nullable=False, comment="who is invited"),
        sa.Column(
            "words",
            sa.Text(),
            nullable=False,
            comment="written by staff for the company; no text of the filer's",
        ),
        sa.Column("file_ids", sa.JSON(), nullable=False, comment="evidence whose sanitised copy is released"),
        sa.Column("invited_by_id", NUMBER, nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, comment="the last day of an answer in time"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, comment="when the link ends"),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("expires_at > invited_at", name=op.f("ck_invitations_is_good_for_a_while")),
        sa.CheckConstraint("length(company) > 0", name=op.f("ck_invitations_names_somebody")),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_invitations_has_words")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_invitations_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["accounts.id"], name=op.f("fk_invitations_invited_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("handle", name=op.f("uq_invitations_handle")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_case_id"), ["case_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("invitation_id", NUMBER, nullable=False),
        sa.Column("signed", sa.String(length=100), nullable=False, comment="who answers for the company"),
        sa.Column(
            "represented_by", sa.String(length=200), nullable=True, comment="an agent and their office"
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(body) > 0", name=op.f("ck_statements_has_body")),
        sa.CheckConstraint("length(signed) > 0", name=op.f("ck_statements_is_signed")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_statements_invitation_id_invitations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statements_invitation_id"), ["invitation_id"], unique=False)

    op.create_table(
        "statement_files",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("statement_id", NUMBER, nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False, comment="by content"),
        sa.Column("size", NUMBER, nullable=False, comment="bytes"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("store_key", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_files_statement_id_statements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_files")),
        sa.UniqueConstraint("store_key", name=op.f("uq_statement_files_store_key")),
    )
    with op.batch_alter_table("statement_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_files_statement_id"), ["statement_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("statement_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_files_statement_id"))

    op.drop_table("statement_files")
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statements_invitation_id"))

    op.drop_table("statements")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_case_id"))

    op.drop_table("invitations")
