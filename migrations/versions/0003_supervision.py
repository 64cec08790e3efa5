"""Supervision: the ladder, notices, talks, feeds; closing days of units; deadlines know the unit that has to act."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FIRST_EVENTS = (
    "received",
    "complaint_accepted",
    "mediation_ended",
    "filing_decision",
    "dispute_arises",
    "case_filed",
    "case_closed",
    "transfer_report",
    "transfer_approved",
    "police_received",
    "police_refused",
    "police_filed",
    "confirmed_receipt",
    "penalty_decided",
    "push_received",
    "decision_changed",
    "adjudication_decided",
    "listing_decided",
    "removal_decided",
    "objection_received",
    "annulment_received",
    "repair_received",
)
NEW_EVENTS = (
    "repaired",
    "clue_found",
    "designation_asked",
    "assistance_asked",
    "evidence_registered",
    "measure_taken",
    "review_received",
    "notice_served",
    "notice_published",
    "closing_event",
    "papers_asked",
    "reconsideration_asked",
    "reconsidered",
    "request_received",
    "copy_received",
    "answer_received",
    "statement_forwarded",
    "information_formed",
    "opinion_asked",
    "listed",
    "early_removal_asked",
    "letter_received",
)
# Who has to act on a case: the unit that has it, or while an outside body has it the one that took it in.
UNITS_OF_CASES = """
UPDATE deadlines SET unit_id = (
  SELECT CASE WHEN units.outside_kind IS NULL THEN cases.unit_id ELSE cases.origin_unit_id END
  FROM cases JOIN units ON units.id = cases.unit_id WHERE cases.id = deadlines.subject_id
) WHERE subject_kind = 'case'
"""
UNITS_OF_DECISIONS = """
UPDATE deadlines SET unit_id = (SELECT unit_id FROM decisions WHERE decisions.id = deadlines.subject_id)
WHERE subject_kind = 'decision'
"""


def _allow_events(events: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{event}'" for event in events)
    with op.batch_alter_table("clock_rules") as batch_op:
        batch_op.drop_constraint(op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clock_rules_startevent"), f"start_event IN ({listed})")


def upgrade() -> None:
    _allow_events(FIRST_EVENTS + NEW_EVENTS)
    op.create_table(
        "calendar_changes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "day",
                "notice",
                "closing",
                "opening",
                name="calendarchangekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False, comment="the day, or the first one of the year"),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("was", sa.String(length=16), nullable=False),
        sa.Column("becomes", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False, comment="as the ledger names accounts"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False, comment="deadlines whose end or certainty changed"),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_calendar_changes_has_reason")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_calendar_changes_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_changes")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendar_feeds_token_sha256")),
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_feeds_one_open",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "staff_notices",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "before",
                "due",
                "remind",
                "supervise",
                "notify",
                "moved",
                name="noticekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "key", sa.String(length=120), nullable=False, comment="the same notice is never given twice"
        ),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_staff_notices_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_notices_key")),
    )
    with op.batch_alter_table("staff_notices", schema=None) as batch_op:
        batch_op.create_index("ix_staff_notices_account_id_at", ["account_id", "at"], unique=False)
        batch_op.create_index(
            "ix_staff_notices_unread",
            ["account_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "unit_closing_days",
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "reason", sa.String(length=80), nullable=False, comment="shown in the account of a deadline"
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_unit_closing_days_has_reason")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_closing_days_unit_id_units")),
        sa.PrimaryKeyConstraint("unit_id", "on_date", name=op.f("pk_unit_closing_days")),
    )
    op.create_table(
        "rung_claims",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "rung",
            sa.Enum(
                "before",
                "due",
                "remind",
                "supervise",
                "notify",
                name="rung",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("legal_end", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name=op.f("fk_rung_claims_deadline_id_deadlines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung_claims")),
        sa.UniqueConstraint(
            "deadline_id", "rung", "legal_end", name=op.f("uq_rung_claims_deadline_id_rung_legal_end")
        ),
    )
    op.create_table(
        "supervision_talks",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False, comment="what the talk was about"),
        sa.Column("agreed", sa.Text(), nullable=False, comment="what is to be mended by when"),
        sa.Column("recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(matter) > 0 AND length(agreed) > 0", name=op.f("ck_supervision_talks_says_something")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_supervision_talks_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_supervision_talks_recorded_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_supervision_talks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_talks")),
    )
    with op.batch_alter_table("supervision_talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_talks_unit_id"), ["unit_id"], unique=False)

    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("filer_told_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("deadline_suspensions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("noted_by", sa.String(length=64), nullable=True, comment="as the ledger names accounts")
        )
        batch_op.add_column(sa.Column("resumed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "unit_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=True,
                comment="who has to act: its closing days, its row on the board",
            )
        )
        batch_op.create_index("ix_deadlines_due_at", ["due_at"], unique=False)
        batch_op.create_index(
            "ix_deadlines_open_by_alert",
            ["alert_on", "unit_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_deadlines_unit_id_units"), "units", ["unit_id"], ["id"])

    op.execute(UNITS_OF_CASES)
    op.execute(UNITS_OF_DECISIONS)


def downgrade() -> None:
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_deadlines_unit_id_units"), type_="foreignkey")
        batch_op.drop_index(
            "ix_deadlines_open_by_alert",
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.drop_index("ix_deadlines_due_at")
        batch_op.drop_column("unit_id")

    with op.batch_alter_table("deadline_suspensions", schema=None) as batch_op:
        batch_op.drop_column("resumed_at")
        batch_op.drop_column("noted_by")

    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.drop_column("filer_told_at")

    with op.batch_alter_table("supervision_talks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervision_talks_unit_id"))

    op.drop_table("supervision_talks")
    op.drop_table("rung_claims")
    op.drop_table("unit_closing_days")
    with op.batch_alter_table("staff_notices", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_staff_notices_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_staff_notices_account_id_at")

    op.drop_table("staff_notices")
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_feeds_one_open",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.drop_table("calendar_feeds")
    op.drop_table("calendar_changes")
    listed = ", ".join(f"'{event}'" for event in NEW_EVENTS)
    op.execute(f"DELETE FROM clock_rules WHERE start_event IN ({listed})")  # noqa: S608 - constants of this file
    _allow_events(FIRST_EVENTS)
