"""The three lists, each in tables of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STATES = ("proposed", "notified", "heard", "consented", "decided", "published", "dropped", "ended")
ENDS = ("expired", "early", "revoked")
HEARINGS = ("statement", "hearing", "waived")
LIVE = sa.text("state NOT IN ('ended', 'dropped')")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _columns(table: str) -> list[Any]:
    return [
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="列入事由, public"),
        sa.Column(
            "rule",
            sa.String(length=16),
            nullable=False,
            comment="code and version of the rule, see profiles/lists.toml",
        ),
        sa.Column("state", _one_of(STATES, "entrystate"), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(length=128), nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="the last public day"),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("end_kind", _one_of(ENDS, "entryend"), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True, comment="for staff"),
        sa.Column("objected_on", sa.Date(), nullable=True, comment="an objection is open since then"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("maker_id", NUMBER, nullable=False),
        sa.Column("decider_id", NUMBER, nullable=True),
        *(_check(table, name, words) for name, words in CHECKS.items()),
        *(
            _reference(table, column, other)
            for column, other in (("unit_id", "units"), ("maker_id", "accounts"), ("decider_id", "accounts"))
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


CHECKS = {
    "two_people": "decider_id IS NULL OR decider_id <> maker_id",
    "decided_after_notice": "state NOT IN ('decided', 'published') OR "
    "(notified_on IS NOT NULL AND decider_id IS NOT NULL AND decided_on IS NOT NULL)",
    "published_has_time": "state <> 'published' OR published_at IS NOT NULL",
    "ended_has_time": "(state = 'ended') = (ended_at IS NOT NULL)",
    "ended_has_kind": "(ended_at IS NULL) = (end_kind IS NULL)",
}
SERIOUS_CHECKS = {
    "consented_after_hearing": "state NOT IN ('consented', 'decided', 'published') OR "
    "(heard_on IS NOT NULL AND hearing IS NOT NULL "
    "AND consent_by IS NOT NULL AND consent_number IS NOT NULL AND consent_on IS NOT NULL)",
    "published_has_end": "state <> 'published' OR ends_on IS NOT NULL",
}


def _check(table: str, name: str, words: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(words, name=op.f(f"ck_{table}_{name}"))


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _indexes(table: str) -> None:
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_uscc"), ["uscc"], unique=False)
        batch_op.create_index(batch_op.f(f"ix_{table}_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            f"uq_{table}_one_live", ["uscc"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
        )


def _bases(table: str, entries: str) -> None:
    op.create_table(
        table,
        sa.Column("entry_id", NUMBER, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        _reference(table, "entry_id", entries),
        _reference(table, "decision_id", "decisions"),
        sa.PrimaryKeyConstraint("entry_id", "decision_id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_decision_id"), ["decision_id"], unique=False)


def upgrade() -> None:
    op.create_table(
        "serious_entries",
        sa.Column("hearing", _one_of(HEARINGS, "hearing"), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("consent_by", sa.String(length=200), nullable=True, comment="the superior authority"),
        sa.Column("consent_number", sa.String(length=128), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("removal_asked_on", sa.Date(), nullable=True, comment="early removal, still open"),
        sa.Column("restored_from_id", NUMBER, nullable=True),
        *_columns("serious_entries"),
        *(_check("serious_entries", name, words) for name, words in SERIOUS_CHECKS.items()),
        _reference("serious_entries", "restored_from_id", "serious_entries"),
    )
    op.create_table("infringer_entries", *_columns("infringer_entries"))
    op.create_table("commended_entries", *_columns("commended_entries"))
    for table in ("serious_entries", "infringer_entries", "commended_entries"):
        _indexes(table)
    _bases("serious_bases", "serious_entries")
    _bases("infringer_bases", "infringer_entries")


def downgrade() -> None:
    tables = ("infringer_bases", "serious_bases", "commended_entries", "infringer_entries", "serious_entries")
    for table in tables:
        op.drop_table(table)
