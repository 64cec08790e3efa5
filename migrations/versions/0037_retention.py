"""Retention: holds, lists of cases to destroy with their certificate, and the cases that were destroyed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STATES = ("proposed", "approved", "rejected", "done")
FATES = ("waiting", "destroyed", "kept")
IN_FORCE = sa.text("lifted_at IS NULL")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def _holds() -> None:
    op.create_table(
        "retention_holds",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("words", sa.String(500), nullable=False, comment="why: a lawsuit, a review, an audit"),
        sa.Column("placed_by_id", NUMBER, nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("lifted_by_id", NUMBER, nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        _to("retention_holds", "case_id", "cases"),
        _to("retention_holds", "placed_by_id", "accounts"),
        _to("retention_holds", "lifted_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_retention_holds"),
        sa.CheckConstraint("words <> ''", name="has_words"),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_by_id IS NULL)", name="lifted_by_somebody"),
    )
    op.create_index(
        "uq_retention_holds_one",
        "retention_holds",
        ["case_id"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )


def _disposals() -> None:
    op.create_table(
        "disposals",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("schedule", sa.String(40), nullable=False, comment="key in profiles/retention.toml"),
        sa.Column(
            "terms", sa.Text(), nullable=False, comment="title, years, basis as they stood when proposed"
        ),
        sa.Column("state", _one_of(STATES, "disposalstate"), nullable=False),
        sa.Column("proposed_by_id", NUMBER, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("answer", sa.String(500), nullable=False, comment="why it was rejected"),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("certificate", sa.Text(), nullable=True, comment="canonical JSON; no personal data"),
        sa.Column("signature", sa.String(128), nullable=True, comment="64 bytes in hexadecimal"),
        sa.Column("key_id", sa.String(16), nullable=True),
        _to("disposals", "proposed_by_id", "accounts"),
        _to("disposals", "decided_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_disposals"),
        sa.CheckConstraint("decided_by_id <> proposed_by_id", name="two_people"),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name="decided_whole",
        ),
        sa.CheckConstraint("state <> 'rejected' OR answer <> ''", name="rejected_has_answer"),
        sa.CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL) AND (done_at IS NULL) = (certificate IS NULL)"
            " AND (done_at IS NULL) = (signature IS NULL) AND (done_at IS NULL) = (key_id IS NULL)",
            name="done_is_certified",
        ),
    )


def _items() -> None:
    op.create_table(
        "disposal_items",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("disposal_id", NUMBER, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("fate", _one_of(FATES, "fate"), nullable=False),
        sa.Column("hashes", sa.Text(), nullable=False, comment="SHA-256, one a line: content, then files"),
        _to("disposal_items", "disposal_id", "disposals"),
        _to("disposal_items", "case_id", "cases"),
        sa.PrimaryKeyConstraint("id", name="pk_disposal_items"),
        sa.UniqueConstraint("disposal_id", "case_id", name="uq_disposal_items_disposal_id_case_id"),
        sa.CheckConstraint("(fate = 'destroyed') = (hashes <> '')", name="destroyed_is_named"),
    )
    op.create_index("ix_disposal_items_case_id", "disposal_items", ["case_id"])


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column(
                "destroyed_at",
                INSTANT,
                nullable=True,
                comment="when its content was destroyed after its retention period",
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_cases_destroyed_had_ended"), "destroyed_at IS NULL OR destroyed_at > closed_at"
        )
    _holds()
    _disposals()
    _items()


def downgrade() -> None:
    op.drop_table("disposal_items")
    op.drop_table("disposals")
    op.drop_table("retention_holds")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_constraint(op.f("ck_cases_destroyed_had_ended"), type_="check")
        batch_op.drop_column("destroyed_at")
