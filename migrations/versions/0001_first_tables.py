"""The first tables, and the triggers that keep the ledger append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


SQLITE_TRIGGERS = (
    "CREATE TRIGGER ledger_events_no_update BEFORE UPDATE ON ledger_events "
    "BEGIN SELECT RAISE(ABORT, 'ledger_events is append-only'); END",
    "CREATE TRIGGER ledger_events_no_delete BEFORE DELETE ON ledger_events "
    "BEGIN SELECT RAISE(ABORT, 'ledger_events is append-only'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION ledger_events_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'ledger_events is append-only'; END $$",
    "CREATE TRIGGER ledger_events_no_change BEFORE UPDATE OR DELETE ON ledger_events "
    "FOR EACH ROW EXECUTE FUNCTION ledger_events_refuse()",
    "CREATE TRIGGER ledger_events_no_truncate BEFORE TRUNCATE ON ledger_events "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_events_refuse()",
)


def _is_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "staff",
                "rights_holder",
                name="accountkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=True, comment="a rights-holder's company"),
        sa.Column(
            "uscc", sa.String(length=18), nullable=True, comment="统一社会信用代码 of the organisation"
        ),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_fs_uniquifier")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "workday",
                "makeup",
                "weekend",
                "holiday",
                name="daykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "source",
            sa.Enum("file", "admin", name="source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "note", sa.Text(), nullable=False, comment="the notice, or why an administrator changed it"
        ),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "source", sa.Text(), nullable=False, comment="package and version, or address of the notice"
        ),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_years")),
    )
    op.create_table(
        "clock_revisions",
        sa.Column("name", sa.String(length=16), nullable=False, comment="calendar, rules"),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_clock_revisions")),
    )
    op.create_table(
        "clock_rules",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("rule_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum("wd", "d", "h", "mo", name="unit", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "start_event",
            sa.Enum(
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
                name="startevent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("extension_n", sa.Integer(), nullable=True),
        sa.Column("extension_times", sa.Integer(), nullable=True),
        sa.Column("extension_approver", sa.String(length=40), nullable=False),
        sa.Column("extension_further", sa.String(length=80), nullable=False),
        sa.Column("excluded", sa.JSON(), nullable=False, comment="reasons that may be left out of the count"),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("in_force_to", sa.Date(), nullable=True),
        sa.Column("is_local_promise", sa.Boolean(), nullable=False),
        sa.Column(
            "region", sa.String(length=6), nullable=False, comment="GB/T 2260 prefix; empty: everywhere"
        ),
        sa.Column(
            "confidence",
            sa.Enum(
                "high",
                "medium",
                "low",
                name="confidence",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("file", "admin", name="source", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(extension_n IS NULL) = (extension_times IS NULL)",
            name=op.f("ck_clock_rules_extension_is_whole"),
        ),
        sa.CheckConstraint(
            "in_force_to IS NULL OR in_force_from <= in_force_to",
            name=op.f("ck_clock_rules_force_dates_in_order"),
        ),
        sa.CheckConstraint("n > 0", name=op.f("ck_clock_rules_takes_time")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_rules")),
        sa.UniqueConstraint("rule_id", "version", name=op.f("uq_clock_rules_rule_id_version")),
    )
    op.create_table(
        "companies",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False, comment="the newest name"),
        sa.Column("is_sole_trader", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(uscc) = 18", name=op.f("ck_companies_uscc_has_18_characters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
        sa.UniqueConstraint("uscc", name=op.f("uq_companies_uscc")),
    )
    op.create_table(
        "drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("submission_token", sa.String(length=64), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False, comment="JSON of the answers, sealed"),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("submission_token", name=op.f("uq_drafts_submission_token")),
    )
    op.create_table(
        "ledger_events",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False, comment="account:12, filer, system:worker"),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id > 0", name=op.f("ck_ledger_events_counts_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_events")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_events_hash")),
    )
    with op.batch_alter_table("ledger_events", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_events_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "key", sa.String(length=120), nullable=False, comment="the same work is never queued twice"
        ),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dead_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "last_error", sa.Text(), nullable=True, comment="kind of error and place, no personal data"
        ),
        sa.CheckConstraint("done_at IS NULL OR dead_at IS NULL", name=op.f("ck_outbox_done_or_dead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_waiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.create_table(
        "units",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("code", sa.String(length=40), nullable=False, comment="the profile's name for it"),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "province",
                "city",
                "county",
                "aid_centre",
                "work_station",
                "outside",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("region_code", sa.String(length=6), nullable=True, comment="GB/T 2260"),
        sa.Column(
            "outside_kind", sa.String(length=32), nullable=True, comment="police, customs, copyright, …"
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'outside') = (outside_kind IS NOT NULL)", name=op.f("ck_units_outside_has_kind")
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name=op.f("ck_units_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "assignments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "intake",
                "handler",
                "head",
                "supervisor",
                "publisher",
                "reviewer",
                "statistician",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_assignments_account_id_accounts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "account_id", "unit_id", "role", name=op.f("uq_assignments_account_id_unit_id_role")
        ),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index("ix_assignments_unit_id_role", ["unit_id", "role"], unique=False)

    op.create_table(
        "company_names",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.CheckConstraint("first_seen_on <= last_seen_on", name=op.f("ck_company_names_seen_in_order")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_company_names_company_id_companies"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_names")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_company_names_company_id_name")),
    )
    op.create_table(
        "deadlines",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "subject_kind",
            sa.Enum(
                "case", "decision", name="subjectkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False, comment="Beijing day of the start event: day 0"),
        sa.Column("raw_end", sa.Date(), nullable=False),
        sa.Column("legal_end", sa.Date(), nullable=False),
        sa.Column("alert_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False, comment="late from this instant on"),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False, comment="extensions granted"),
        sa.Column("paused_from", sa.Date(), nullable=True),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("extended >= 0", name=op.f("ck_deadlines_extended_counts")),
        sa.CheckConstraint(
            "met_at IS NULL OR cancelled_at IS NULL", name=op.f("ck_deadlines_met_or_cancelled")
        ),
        sa.CheckConstraint(
            "raw_end <= legal_end AND alert_on <= raw_end", name=op.f("ck_deadlines_ends_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["rule_id", "version"],
            ["clock_rules.rule_id", "clock_rules.version"],
            name=op.f("fk_deadlines_rule_id_version_clock_rules"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deadlines_open_by_end",
            ["subject_kind", "legal_end", "subject_id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.create_index("ix_deadlines_subject", ["subject_kind", "subject_id"], unique=False)
        batch_op.create_index(
            "uq_deadlines_one_open",
            ["subject_kind", "subject_id", "rule_id"],
            unique=True,
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )

    op.create_table(
        "decisions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("document_number", sa.String(length=128), nullable=False, comment="as written"),
        sa.Column("number_key", sa.String(length=128), nullable=False, comment="folded for matching"),
        sa.Column(
            "party_kind",
            sa.Enum(
                "organisation",
                "sole_trader",
                "person",
                name="partykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("served_party_name", sa.String(length=200), nullable=False),
        sa.Column("party_uscc", sa.String(length=18), nullable=True),
        sa.Column("legal_representative", sa.String(length=50), nullable=True),
        sa.Column("cause_code", sa.String(length=16), nullable=True),
        sa.Column("cause_name", sa.Text(), nullable=False),
        sa.Column(
            "right_type",
            sa.Enum(
                "trademark",
                "patent_infringement",
                "patent_passing_off",
                "copyright",
                "trade_secret",
                "geographical_indication",
                "plant_variety",
                "layout_design",
                "special_sign",
                "unfair_competition",
                "other",
                name="righttype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("penalty_kinds", sa.JSON(), nullable=False, comment="the law's words, see PenaltyKind"),
        sa.Column("fine_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confiscated_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("licence", sa.String(length=200), nullable=True, comment="暂扣或吊销证照名称及编号"),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("valid_until_on", sa.Date(), nullable=True),
        sa.Column("stated_end_on", sa.Date(), nullable=True, comment="公示截止期 as the source states it"),
        sa.Column("authority_name", sa.String(length=200), nullable=False),
        sa.Column("authority_uscc", sa.String(length=18), nullable=True),
        sa.Column("source_name", sa.String(length=200), nullable=True),
        sa.Column("source_uscc", sa.String(length=18), nullable=True),
        sa.Column("remarks", sa.String(length=512), nullable=True, comment="for staff, not public"),
        sa.Column("party_text", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("evidence_text", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("penalty", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("full_text", sa.Text(), nullable=False, comment="the public text in one piece, if any"),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "approved",
                "published",
                "withdrawn",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False, comment="counts changes of the content"),
        sa.Column(
            "row_version",
            sa.Integer(),
            nullable=False,
            comment="counts all changes, so that two at once are noticed",
        ),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=True, comment="of the imported file"),
        sa.Column("served_sha256", sa.String(length=64), nullable=True, comment="of the original as served"),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("maker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reviewer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True, comment="not before this instant"),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="the last public day"),
        sa.Column("end_policy", sa.String(length=16), nullable=True),
        sa.Column(
            "end_kind",
            sa.Enum(
                "expired", "withdrawn", name="endkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("end_basis", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "left_index_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when search had let go of an ended one",
        ),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True, comment="published; names no party"),
        sa.CheckConstraint(
            "(state IN ('withdrawn', 'ended')) = (ended_at IS NOT NULL AND end_kind IS NOT NULL)",
            name=op.f("ck_decisions_ended_has_kind"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR (published_at IS NOT NULL)", name=op.f("ck_decisions_published_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'withdrawn' OR (withdrawal_reason IS NOT NULL AND ended_at IS NOT NULL)",
            name=op.f("ck_decisions_withdrawn_has_reason"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'published') OR (reviewer_id IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_decisions_approved_has_reviewer"),
        ),
        sa.CheckConstraint(
            "confiscated_fen IS NULL OR confiscated_fen >= 0",
            name=op.f("ck_decisions_confiscated_not_negative"),
        ),
        sa.CheckConstraint("fine_fen IS NULL OR fine_fen >= 0", name=op.f("ck_decisions_fine_not_negative")),
        sa.CheckConstraint(
            "maker_id IS NOT NULL OR source_sha256 IS NOT NULL", name=op.f("ck_decisions_has_an_origin")
        ),
        sa.CheckConstraint(
            "reviewer_id IS NULL OR maker_id IS NULL OR reviewer_id <> maker_id",
            name=op.f("ck_decisions_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_decisions_company_id_companies")
        ),
        sa.ForeignKeyConstraint(["maker_id"], ["accounts.id"], name=op.f("fk_decisions_maker_id_accounts")),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["accounts.id"], name=op.f("fk_decisions_reviewer_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_decisions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint(
            "authority_name", "number_key", name=op.f("uq_decisions_authority_name_number_key")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_decisions_public_id")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            "ix_decisions_ending",
            ["ends_on"],
            unique=False,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.create_index(
            "ix_decisions_leaving_index",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state IN ('withdrawn', 'ended') AND left_index_at IS NULL"),
            postgresql_where=sa.text("state IN ('withdrawn', 'ended') AND left_index_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_decisions_party_uscc"), ["party_uscc"], unique=False)
        batch_op.create_index(
            "ix_decisions_state_published_at", ["state", "published_at", "id"], unique=False
        )
        batch_op.create_index("ix_decisions_state_updated_at", ["state", "updated_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "filings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("reference", sa.String(length=8), nullable=False, comment="登记编号, not grouped"),
        sa.Column(
            "track",
            sa.Enum(
                "complaint",
                "report",
                "clue",
                "adjudication",
                "aid",
                "consultation",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "api",
                "phone",
                "counter",
                "letter",
                "exhibition",
                "12345",
                "12315",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "right_type",
            sa.Enum(
                "trademark",
                "patent_infringement",
                "patent_passing_off",
                "copyright",
                "trade_secret",
                "geographical_indication",
                "plant_variety",
                "layout_design",
                "special_sign",
                "unfair_competition",
                "other",
                name="righttype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("respondent_name", sa.String(length=200), nullable=False),
        sa.Column("respondent_uscc", sa.String(length=18), nullable=True),
        sa.Column("respondent_address", sa.String(length=300), nullable=True),
        sa.Column("platform_link", sa.String(length=2000), nullable=True),
        sa.Column("region_code", sa.String(length=6), nullable=False, comment="GB/T 2260, where it happened"),
        sa.Column("right_number", sa.String(length=60), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column(
            "data", sa.JSON(), nullable=False, comment="answers that one kind of filing has; no identity"
        ),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column(
            "content_sha256",
            sa.String(length=64),
            nullable=False,
            comment="over the canonical form, see content.py",
        ),
        sa.Column(
            "submission_token", sa.String(length=64), nullable=False, comment="one sending, one filing"
        ),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("query_code_hmac", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "track <> 'complaint' OR NOT is_anonymous", name=op.f("ck_filings_complaint_is_named")
        ),
        sa.CheckConstraint(
            "account_id IS NULL OR NOT is_anonymous", name=op.f("ck_filings_account_is_named")
        ),
        sa.CheckConstraint("length(facts) > 0", name=op.f("ck_filings_has_facts")),
        sa.CheckConstraint("length(reference) = 8", name=op.f("ck_filings_reference_has_its_length")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_filings_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint("reference", name=op.f("uq_filings_reference")),
        sa.UniqueConstraint("submission_token", name=op.f("uq_filings_submission_token")),
    )
    with op.batch_alter_table("filings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_filings_account_id_submitted_at", ["account_id", "submitted_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_filings_respondent_uscc"), ["respondent_uscc"], unique=False)
        batch_op.create_index(batch_op.f("ix_filings_submitted_at"), ["submitted_at"], unique=False)

    op.create_table(
        "cases",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("reference", sa.String(length=8), nullable=False, comment="the filing's"),
        sa.Column("filing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "track",
            sa.Enum(
                "complaint",
                "report",
                "clue",
                "adjudication",
                "aid",
                "consultation",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "right_type",
            sa.Enum(
                "trademark",
                "patent_infringement",
                "patent_passing_off",
                "copyright",
                "trade_secret",
                "geographical_indication",
                "plant_variety",
                "layout_design",
                "special_sign",
                "unfair_competition",
                "other",
                name="righttype",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "forwarded",
                "accepted",
                "transferred",
                "handling",
                "answered",
                "closed",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("handler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "closed_at", sa.DateTime(timezone=True), nullable=True, comment="when a final state was reached"
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "filed",
                "not_filed",
                "referred",
                "unfounded",
                "mediated",
                "mediation_ended",
                "infringement_found",
                "infringement_not_found",
                "aid_given",
                "advice_given",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "not_ours",
                "handled_elsewhere",
                "not_consumption",
                "too_late",
                "material_missing",
                "identity",
                "other_law",
                "report_no_clue",
                "report_no_power",
                "report_repeated",
                "report_other_channel",
                "adjudication_not_competent",
                "adjudication_sued",
                "adjudication_incomplete",
                "aid_out_of_scope",
                "consultation_out_of_scope",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "reasons", sa.Text(), nullable=True, comment="of a closing or a refusal, shown to the filer"
        ),
        sa.Column(
            "last_act",
            sa.Enum(
                "receive",
                "accept",
                "refuse",
                "transfer",
                "acknowledge",
                "return",
                "recall",
                "assign",
                "message",
                "supplement",
                "answer",
                "close",
                "withdraw",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("last_act_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'refused') = (ground IS NOT NULL) AND (state <> 'refused' OR length(reasons) > 0)",
            name=op.f("ck_cases_refused_has_ground_reasons"),
        ),
        sa.CheckConstraint(
            "(state IN ('closed', 'refused', 'withdrawn')) = (closed_at IS NOT NULL)",
            name=op.f("ck_cases_final_has_closing_time"),
        ),
        sa.CheckConstraint(
            "outcome IS NULL OR state = 'closed'", name=op.f("ck_cases_outcome_only_when_closed")
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR answered_at IS NOT NULL", name=op.f("ck_cases_answered_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR (outcome IS NOT NULL AND length(reasons) > 0 AND answered_at IS NOT NULL)",
            name=op.f("ck_cases_closed_has_outcome_reasons_answer"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'transferred', 'handling', 'answered', 'closed') OR accepted_at IS NOT NULL",
            name=op.f("ck_cases_handled_was_accepted"),
        ),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_cases_filing_id_filings")),
        sa.ForeignKeyConstraint(["handler_id"], ["accounts.id"], name=op.f("fk_cases_handler_id_accounts")),
        sa.ForeignKeyConstraint(["origin_unit_id"], ["units.id"], name=op.f("fk_cases_origin_unit_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_cases_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("filing_id", name=op.f("uq_cases_filing_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_handler_id_state", ["handler_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_origin_unit_id"), ["origin_unit_id"], unique=False)
        batch_op.create_index("ix_cases_state_opened_at", ["state", "opened_at"], unique=False)
        batch_op.create_index("ix_cases_unit_id_state", ["unit_id", "state"], unique=False)

    op.create_table(
        "deadline_changes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("old_legal_end", sa.Date(), nullable=False),
        sa.Column("new_legal_end", sa.Date(), nullable=False),
        sa.Column("was_provisional", sa.Boolean(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name=op.f("fk_deadline_changes_deadline_id_deadlines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_changes")),
    )
    with op.batch_alter_table("deadline_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_changes_deadline_id"), ["deadline_id"], unique=False)

    op.create_table(
        "deadline_extensions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 for the first extension"),
        sa.Column("approver", sa.String(length=64), nullable=False, comment="as the ledger names accounts"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_deadline_extensions_has_reason")),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name=op.f("fk_deadline_extensions_deadline_id_deadlines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extensions")),
        sa.UniqueConstraint("deadline_id", "number", name=op.f("uq_deadline_extensions_deadline_id_number")),
    )
    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_extensions_deadline_id"), ["deadline_id"], unique=False)

    op.create_table(
        "deadline_suspensions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("deadline_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "metrology",
                "inspection",
                "testing",
                "quarantine",
                "appraisal",
                "owner_identification",
                "suspension",
                "hearing",
                "public_notice",
                "refund_order",
                "third_party_opinion",
                "other_agency_opinion",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True, comment="the first day that counts again"),
        sa.Column("evidence", sa.Text(), nullable=False, comment="document by which it is shown"),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("evidence <> ''", name=op.f("ck_deadline_suspensions_has_evidence")),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_deadline_suspensions_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name=op.f("fk_deadline_suspensions_deadline_id_deadlines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_suspensions")),
    )
    with op.batch_alter_table("deadline_suspensions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadline_suspensions_deadline_id"), ["deadline_id"], unique=False
        )
        batch_op.create_index(
            "uq_deadline_suspensions_one_open",
            ["deadline_id"],
            unique=True,
            sqlite_where=sa.text("to_on IS NULL"),
            postgresql_where=sa.text("to_on IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("filing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("submission_token", sa.String(length=64), nullable=True),
        sa.Column(
            "file_name",
            sa.String(length=255),
            nullable=False,
            comment="as given, without folders and control characters",
        ),
        sa.Column("media_type", sa.String(length=100), nullable=False, comment="by content"),
        sa.Column(
            "size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="bytes"
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("store_key", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "scan_state",
            sa.Enum(
                "not_scanned",
                "clean",
                "infected",
                "failed",
                name="scanstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(filing_id IS NULL) <> (submission_token IS NULL)", name=op.f("ck_evidence_belongs_to_one")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_is_not_empty")),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_evidence_filing_id_filings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("store_key", name=op.f("uq_evidence_store_key")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_filing_id"), ["filing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_submission_token"), ["submission_token"], unique=False)

    op.create_table(
        "held_codes",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("filing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_held_codes_filing_id_filings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_codes")),
        sa.UniqueConstraint("filing_id", name=op.f("uq_held_codes_filing_id")),
    )
    op.create_table(
        "identities",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("filing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "key_id", sa.String(length=16), nullable=False, comment="which master key wraps the data key"
        ),
        sa.Column(
            "wrapped_key", sa.LargeBinary(), nullable=False, comment="the data key of this filing, sealed"
        ),
        sa.Column(
            "ciphertext", sa.LargeBinary(), nullable=False, comment="canonical JSON of the person, sealed"
        ),
        sa.Column("phone_index", sa.String(length=64), nullable=True, comment="blind index"),
        sa.Column("id_number_index", sa.String(length=64), nullable=True, comment="blind index"),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_identities_filing_id_filings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sa.UniqueConstraint("filing_id", name=op.f("uq_identities_filing_id")),
    )
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identities_id_number_index"), ["id_number_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_identities_phone_index"), ["phone_index"], unique=False)

    op.create_table(
        "case_acts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "receive",
                "accept",
                "refuse",
                "transfer",
                "acknowledge",
                "return",
                "recall",
                "assign",
                "message",
                "supplement",
                "answer",
                "close",
                "withdraw",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "from_state",
            sa.Enum(
                "received",
                "forwarded",
                "accepted",
                "transferred",
                "handling",
                "answered",
                "closed",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            sa.Enum(
                "received",
                "forwarded",
                "accepted",
                "transferred",
                "handling",
                "answered",
                "closed",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "actor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="empty: not staff",
        ),
        sa.Column(
            "actor_name",
            sa.String(length=64),
            nullable=False,
            comment="as in the ledger: account:12, filer, …",
        ),
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="which unit did it or had it",
        ),
        sa.Column(
            "other_unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="sent to, back to",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "on_version",
            sa.Integer(),
            nullable=True,
            comment="version of the case that the actor had before them",
        ),
        sa.Column("public_note", sa.Text(), nullable=True, comment="the filer reads this"),
        sa.Column("internal_note", sa.Text(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "not_ours",
                "handled_elsewhere",
                "not_consumption",
                "too_late",
                "material_missing",
                "identity",
                "other_law",
                "report_no_clue",
                "report_no_power",
                "report_repeated",
                "report_other_channel",
                "adjudication_not_competent",
                "adjudication_sued",
                "adjudication_incomplete",
                "aid_out_of_scope",
                "consultation_out_of_scope",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(from_state IS NULL) = (act = 'receive')",
            name=op.f("ck_case_acts_only_receiving_comes_from_nothing"),
        ),
        sa.CheckConstraint(
            "(ground IS NOT NULL) = (act = 'refuse')", name=op.f("ck_case_acts_refusal_has_ground")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["accounts.id"], name=op.f("fk_case_acts_actor_id_accounts")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_acts_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["other_unit_id"], ["units.id"], name=op.f("fk_case_acts_other_unit_id_units")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_case_acts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_acts")),
    )
    with op.batch_alter_table("case_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_acts_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_messages",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "to_filer",
                "from_filer",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "author_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="staff only",
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(direction = 'to_filer') = (author_id IS NOT NULL)",
            name=op.f("ck_case_messages_staff_sign_what_they_send"),
        ),
        sa.CheckConstraint("length(body) > 0", name=op.f("ck_case_messages_has_body")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["accounts.id"], name=op.f("fk_case_messages_author_id_accounts")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_messages_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_messages")),
    )
    with op.batch_alter_table("case_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_messages_case_id"), ["case_id"], unique=False)

    op.create_table(
        "identity_openings",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("identity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "contact",
                "verify",
                "serve",
                "duplicates",
                "recovery",
                "other",
                name="openingreason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_identity_openings_has_words")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_identity_openings_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_identity_openings_identity_id_identities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_openings")),
    )
    with op.batch_alter_table("identity_openings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_openings_identity_id"), ["identity_id"], unique=False)

    op.create_table(
        "transfers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False, comment="why this unit, told to the receiver"),
        sa.Column("basis", sa.String(length=100), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reasons", sa.Text(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(acknowledged_at IS NULL AND returned_at IS NULL) OR (acknowledged_at IS NULL AND recalled_at IS NULL) OR (returned_at IS NULL AND recalled_at IS NULL)",
            name=op.f("ck_transfers_ends_once"),
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (return_reasons IS NULL)", name=op.f("ck_transfers_return_has_reasons")
        ),
        sa.CheckConstraint("from_unit_id <> to_unit_id", name=op.f("ck_transfers_goes_elsewhere")),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_transfers_has_reasons")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transfers_case_id_cases")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["units.id"], name=op.f("fk_transfers_from_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["accounts.id"], name=op.f("fk_transfers_sent_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_transfers_to_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_transfers_to_acknowledge",
            ["to_unit_id"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"),
            postgresql_where=sa.text(
                "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
            ),
        )
        batch_op.create_index(
            "uq_transfers_one_pending",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"),
            postgresql_where=sa.text(
                "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
            ),
        )

    for statement in POSTGRESQL_TRIGGERS if _is_postgresql() else SQLITE_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("transfers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_transfers_one_pending",
            sqlite_where=sa.text("acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"),
            postgresql_where=sa.text(
                "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
            ),
        )
        batch_op.drop_index(
            "ix_transfers_to_acknowledge",
            sqlite_where=sa.text("acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"),
            postgresql_where=sa.text(
                "acknowledged_at IS NULL AND returned_at IS NULL AND recalled_at IS NULL"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_transfers_case_id"))

    op.drop_table("transfers")
    with op.batch_alter_table("identity_openings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_openings_identity_id"))

    op.drop_table("identity_openings")
    with op.batch_alter_table("case_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_messages_case_id"))

    op.drop_table("case_messages")
    with op.batch_alter_table("case_acts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_acts_case_id"))

    op.drop_table("case_acts")
    with op.batch_alter_table("identities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identities_phone_index"))
        batch_op.drop_index(batch_op.f("ix_identities_id_number_index"))

    op.drop_table("identities")
    op.drop_table("held_codes")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_submission_token"))
        batch_op.drop_index(batch_op.f("ix_evidence_filing_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("deadline_suspensions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_deadline_suspensions_one_open",
            sqlite_where=sa.text("to_on IS NULL"),
            postgresql_where=sa.text("to_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_deadline_suspensions_deadline_id"))

    op.drop_table("deadline_suspensions")
    with op.batch_alter_table("deadline_extensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_extensions_deadline_id"))

    op.drop_table("deadline_extensions")
    with op.batch_alter_table("deadline_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_changes_deadline_id"))

    op.drop_table("deadline_changes")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_unit_id_state")
        batch_op.drop_index("ix_cases_state_opened_at")
        batch_op.drop_index(batch_op.f("ix_cases_origin_unit_id"))
        batch_op.drop_index("ix_cases_handler_id_state")

    op.drop_table("cases")
    with op.batch_alter_table("filings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_filings_submitted_at"))
        batch_op.drop_index(batch_op.f("ix_filings_respondent_uscc"))
        batch_op.drop_index("ix_filings_account_id_submitted_at")

    op.drop_table("filings")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_unit_id"))
        batch_op.drop_index("ix_decisions_state_updated_at")
        batch_op.drop_index("ix_decisions_state_published_at")
        batch_op.drop_index(batch_op.f("ix_decisions_party_uscc"))
        batch_op.drop_index(
            "ix_decisions_leaving_index",
            sqlite_where=sa.text("state IN ('withdrawn', 'ended') AND left_index_at IS NULL"),
            postgresql_where=sa.text("state IN ('withdrawn', 'ended') AND left_index_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_decisions_ending",
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_decisions_company_id"))

    op.drop_table("decisions")
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_deadlines_one_open",
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.drop_index("ix_deadlines_subject")
        batch_op.drop_index(
            "ix_deadlines_open_by_end",
            sqlite_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND cancelled_at IS NULL"),
        )

    op.drop_table("deadlines")
    op.drop_table("company_names")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_unit_id_role")

    op.drop_table("assignments")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL AND dead_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("ledger_events", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_events_subject")

    op.drop_table("ledger_events")
    op.drop_table("drafts")
    op.drop_table("companies")
    op.drop_table("clock_rules")
    op.drop_table("clock_revisions")
    op.drop_table("calendar_years")
    op.drop_table("calendar_days")
    op.drop_table("accounts")
    if _is_postgresql():
        op.execute("DROP FUNCTION ledger_events_refuse")
