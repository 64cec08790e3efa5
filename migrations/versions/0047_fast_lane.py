"""The fast lane, notes of conduct, findings on statements; filings that came by the lane."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
PATTERN = sa.Enum(
    "same_text",
    "settled",
    "expired_right",
    "foreign_right",
    name="pattern",
    native_enum=False,
    create_constraint=True,
    length=32,
)
LIVING = sa.text("ended_at IS NULL")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}")


def _appeal(table: str) -> list[sa.Column[object] | sa.Constraint]:
    return [
        sa.Column("appealed_by_id", NUMBER, nullable=True),
        sa.Column("answered_by_id", NUMBER, nullable=True),
        sa.Column("appealed_at", INSTANT, nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True, comment="the holder's words"),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True, comment="shown to the holder"),
        sa.Column("is_upheld", sa.Boolean(), nullable=True, comment="whether the appeal succeeded"),
        _to(table, "appealed_by_id", "accounts"),
        _to(table, "answered_by_id", "accounts"),
        sa.CheckConstraint(
            "(appealed_at IS NULL) = (appeal IS NULL)", name=op.f(f"ck_{table}_appeal_has_words")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL) AND (answered_at IS NULL) = (is_upheld IS NULL)"
            " AND (answered_at IS NULL OR appealed_at IS NOT NULL)",
            name=op.f(f"ck_{table}_answer_is_whole"),
        ),
    ]


def _lanes() -> None:
    op.create_table(
        "fast_lanes",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("granted_by_id", NUMBER, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False, comment="the numbers on the day of the grant"),
        sa.Column("announced_at", INSTANT, nullable=True, comment="of a withdrawal"),
        sa.Column("announced_by_id", NUMBER, nullable=True),
        sa.Column("withdrawal_reasons", sa.Text(), nullable=True, comment="shown to the holder"),
        sa.Column(
            "withdrawal_record",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="the numbers on the day of the announcement",
        ),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="the lane's last day, if no appeal waits"),
        sa.Column("ended_at", INSTANT, nullable=True),
        *_appeal("fast_lanes"),
        _to("fast_lanes", "organisation_id", "organisations"),
        _to("fast_lanes", "granted_by_id", "accounts"),
        _to("fast_lanes", "announced_by_id", "accounts"),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_fast_lanes_grant_has_reasons")),
        sa.CheckConstraint(
            "(announced_at IS NULL) = (ends_on IS NULL) AND (announced_at IS NULL) = (announced_by_id IS NULL)"
            " AND (announced_at IS NULL OR (withdrawal_reasons IS NOT NULL AND length(withdrawal_reasons) > 0))",
            name=op.f("ck_fast_lanes_withdrawal_is_whole"),
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR announced_at IS NOT NULL", name=op.f("ck_fast_lanes_ends_after_notice")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_fast_lanes"),
    )
    op.create_index("ix_fast_lanes_organisation_id", "fast_lanes", ["organisation_id"])
    op.create_index(
        "uq_fast_lanes_one_living",
        "fast_lanes",
        ["organisation_id"],
        unique=True,
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )


def _notes() -> None:
    op.create_table(
        "conduct_notes",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("pattern", PATTERN, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False, comment="shown to the holder"),
        sa.Column("noted_at", INSTANT, nullable=False),
        sa.Column("noted_by_id", NUMBER, nullable=False),
        sa.Column("lifted_at", INSTANT, nullable=True),
        *_appeal("conduct_notes"),
        _to("conduct_notes", "organisation_id", "organisations"),
        _to("conduct_notes", "noted_by_id", "accounts"),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_conduct_notes_has_reasons")),
        sa.PrimaryKeyConstraint("id", name="pk_conduct_notes"),
    )
    op.create_index("ix_conduct_notes_organisation_id", "conduct_notes", ["organisation_id"])


def upgrade() -> None:
    _lanes()
    _notes()
    op.create_table(
        "statement_findings",
        sa.Column("statement_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False, comment="shown to the company"),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("found_by_id", NUMBER, nullable=False),
        _to("statement_findings", "statement_id", "statements"),
        _to("statement_findings", "found_by_id", "accounts"),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_statement_findings_has_reasons")),
        sa.PrimaryKeyConstraint("statement_id", name="pk_statement_findings"),
    )
    op.add_column(
        "filings",
        sa.Column(
            "is_fast",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="直通车: sent by a holder in the fast lane",
        ),
    )
    fast = sa.text("is_fast")
    op.create_index("ix_filings_fast", "filings", ["id"], sqlite_where=fast, postgresql_where=fast)


def downgrade() -> None:
    op.drop_index("ix_filings_fast", table_name="filings")
    op.drop_column("filings", "is_fast")
    op.drop_table("statement_findings")
    op.drop_table("conduct_notes")
    op.drop_table("fast_lanes")
