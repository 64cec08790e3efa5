"""Redaction: the original as served, marks on it with what was decided, filings that a decision goes back to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KINDS = (
    "identity_number",
    "passport",
    "mobile_phone",
    "landline",
    "bank_account",
    "plate",
    "online_account",
    "email",
    "home_address",
    "party_name",
    "person_name",
    "filer",
    "report_clue",
    "minor",
    "health",
    "birth_date",
    "trade_secret",
    "other",
)
REASONS = (
    "form_of_number",
    "partly_masked",
    "lead_words",
    "office_number",
    "fine_account",
    "role_of_person",
    "named_before",
    "right_holder",
    "reported_by",
    "reported",
    "age",
    "illness",
    "household",
    "secret_words",
    "filing",
    "policy",
    "hand",
)


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _reference(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "served_originals",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column(
            "sha256", sa.String(length=64), nullable=False, comment="over the canonical JSON of the texts"
        ),
        sa.Column("kept_at", INSTANT, nullable=False),
        _reference("served_originals", "decision_id", "decisions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_served_originals")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_served_originals_decision_id")),
    )
    op.create_table(
        "redaction_marks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("begin_char", sa.Integer(), nullable=False, comment="in the original text of the field"),
        sa.Column("end_char", sa.Integer(), nullable=False, comment="half-open"),
        sa.Column("kind", _one_of(KINDS, "markkind"), nullable=False),
        sa.Column("risk", _one_of(("blocking", "review"), "risk"), nullable=False),
        sa.Column("why", _one_of(REASONS, "why"), nullable=False),
        sa.Column(
            "origin", _one_of(("detector", "linked_filing", "policy", "hand"), "origin"), nullable=False
        ),
        sa.Column("choice", _one_of(("open", "masked", "kept"), "choice"), nullable=False),
        sa.Column("replacement", sa.String(length=40), nullable=True, comment="what stands there in public"),
        sa.Column(
            "ground", _one_of(("not_such", "public_anyway", "superior_approved"), "keepground"), nullable=True
        ),
        sa.Column("words", sa.Text(), nullable=True, comment="the officer's reason; for staff"),
        sa.Column(
            "approval_number", sa.String(length=100), nullable=True, comment="of the superior authority"
        ),
        sa.Column("chosen_by_id", NUMBER, nullable=True),
        sa.Column("chosen_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "begin_char >= 0 AND begin_char < end_char", name=op.f("ck_redaction_marks_is_not_empty")
        ),
        sa.CheckConstraint(
            "(choice = 'masked') = (replacement IS NOT NULL)",
            name=op.f("ck_redaction_marks_masked_has_replacement"),
        ),
        sa.CheckConstraint(
            "(choice = 'kept') = (ground IS NOT NULL AND words IS NOT NULL)",
            name=op.f("ck_redaction_marks_kept_has_reason"),
        ),
        sa.CheckConstraint(
            "choice = 'open' OR origin = 'policy' OR (chosen_by_id IS NOT NULL AND chosen_at IS NOT NULL)",
            name=op.f("ck_redaction_marks_chosen_has_maker"),
        ),
        sa.CheckConstraint(
            "ground IS NULL OR ground <> 'superior_approved' OR approval_number IS NOT NULL",
            name=op.f("ck_redaction_marks_approval_has_number"),
        ),
        _reference("redaction_marks", "decision_id", "decisions"),
        _reference("redaction_marks", "chosen_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction_marks")),
    )
    with op.batch_alter_table("redaction_marks") as batch_op:
        batch_op.create_index(batch_op.f("ix_redaction_marks_decision_id"), ["decision_id"], unique=False)
    op.create_table(
        "decision_filings",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("decision_id", NUMBER, nullable=False),
        sa.Column("filing_id", NUMBER, nullable=False),
        sa.Column("linked_by_id", NUMBER, nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column(
            "checked_sha256",
            sa.String(length=64),
            nullable=True,
            comment="of the original in which the filer was looked for last",
        ),
        _reference("decision_filings", "decision_id", "decisions"),
        _reference("decision_filings", "filing_id", "filings"),
        _reference("decision_filings", "linked_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_filings")),
        sa.UniqueConstraint(
            "decision_id", "filing_id", name=op.f("uq_decision_filings_decision_id_filing_id")
        ),
    )
    with op.batch_alter_table("decision_filings") as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_filings_filing_id"), ["filing_id"], unique=False)


def downgrade() -> None:
    op.drop_table("decision_filings")
    op.drop_table("redaction_marks")
    op.drop_table("served_originals")
