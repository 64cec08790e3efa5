"""Two people for an envelope: requests, a reason that programs have, and the notices about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
FIRST_REASONS = ("contact", "verify", "serve", "duplicates", "recovery", "other")
REASONS = ("contact", "verify", "serve", "duplicates", "recovery", "redaction", "other")
FIRST_KINDS = ("before", "due", "remind", "supervise", "notify", "moved", "extension", "case")
KINDS = ("before", "due", "remind", "supervise", "notify", "moved", "extension", "identity", "case")
OPEN = sa.text("decided_at IS NULL")


def _allow(table: str, column: str, name: str, values: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({listed})")


def upgrade() -> None:
    _allow("identity_openings", "reason", "openingreason", REASONS)
    _allow("staff_notices", "kind", "noticekind", KINDS)
    op.create_table(
        "identity_requests",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column(
            "reason",
            sa.Enum(*REASONS, name="openingreason", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("asked_by_id", NUMBER, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(500), nullable=False, comment="why it was declined"),
        sa.Column("expires_at", INSTANT, nullable=True, comment="of what was granted"),
        sa.Column("opened_at", INSTANT, nullable=True, comment="once, and then no more"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_identity_requests_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["accounts.id"], name="fk_identity_requests_asked_by_id_accounts"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name="fk_identity_requests_decided_by_id_accounts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_identity_requests"),
        sa.CheckConstraint("words <> ''", name="has_words"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL)",
            name="decided_whole",
        ),
        sa.CheckConstraint("decided_by_id <> asked_by_id", name="two_people"),
        sa.CheckConstraint("is_granted IS NULL OR is_granted OR answer <> ''", name="declined_has_answer"),
        sa.CheckConstraint(
            "(is_granted IS NOT NULL AND is_granted) = (expires_at IS NOT NULL)", name="granted_ends"
        ),
        sa.CheckConstraint("opened_at IS NULL OR opened_at <= expires_at", name="opened_in_time"),
        sa.CheckConstraint("opened_at IS NULL OR expires_at IS NOT NULL", name="opened_was_granted"),
    )
    with op.batch_alter_table("identity_requests") as batch_op:
        batch_op.create_index("ix_identity_requests_case_id", ["case_id"])
        batch_op.create_index(
            "uq_identity_requests_one_open",
            ["case_id", "asked_by_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )


def downgrade() -> None:
    op.drop_table("identity_requests")
    _allow("staff_notices", "kind", "noticekind", FIRST_KINDS)
    _allow("identity_openings", "reason", "openingreason", FIRST_REASONS)
