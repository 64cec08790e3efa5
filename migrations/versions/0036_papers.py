"""Papers, their numbers, templates and deliveries; what was issued never changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


FROZEN = [
    "case_id",
    "unit_id",
    "kind",
    "title",
    "fields",
    "is_approved",
    "is_for_filer",
    "to_unit_id",
    "replaces_id",
    "drafted_by_id",
    "drafted_at",
    "approved_by_id",
    "approved_at",
    "series",
    "year",
    "number",
    "issued_by_id",
    "issued_at",
    "template_id",
    "docx_key",
    "docx_size",
    "docx_sha256",
]


def _differs(sign: str, names: list[str]) -> str:
    """`fields` is JSON, which PostgreSQL compares as text."""
    cast = {"IS DISTINCT FROM": "::text"}.get(sign, "")
    return " OR ".join(
        f"NEW.{name}{cast if name == 'fields' else ''} {sign} OLD.{name}{cast if name == 'fields' else ''}"
        for name in names
    )


def _broken(sign: str) -> str:
    pdf = f"(OLD.pdf_key IS NOT NULL AND ({_differs(sign, ['pdf_key', 'pdf_size', 'pdf_sha256'])}))"
    back = "OLD.state = 'void' AND NEW.state <> 'void' OR NEW.state NOT IN ('issued', 'void')"
    return f"OLD.issued_at IS NOT NULL AND ({_differs(sign, FROZEN)} OR {pdf} OR {back})"


SQLITE_TRIGGERS = (
    f"CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers WHEN {_broken('IS NOT')} "
    "BEGIN SELECT RAISE(ABORT, 'an issued paper never changes'); END",
    "CREATE TRIGGER papers_kept BEFORE DELETE ON papers WHEN OLD.issued_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'an issued paper never changes'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE OR REPLACE FUNCTION papers_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'an issued paper never changes'; END $$",
    f"CREATE TRIGGER papers_frozen BEFORE UPDATE ON papers FOR EACH ROW WHEN ({_broken('IS DISTINCT FROM')}) "
    "EXECUTE FUNCTION papers_refuse()",
    "CREATE TRIGGER papers_kept BEFORE DELETE ON papers FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) "
    "EXECUTE FUNCTION papers_refuse()",
)


def upgrade() -> None:
    op.create_table(
        "paper_counters",
        sa.Column("series", sa.String(length=60), nullable=False, comment="机构代字 and 文号字: 平市监受字"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False, comment="in Beijing"),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_paper_counters_counts_from_one")),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_paper_counters")),
    )
    op.create_table(
        "paper_templates",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column(
            "size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False, comment="bytes"
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("store_key", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["accounts.id"], name=op.f("fk_paper_templates_uploaded_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_templates")),
        sa.UniqueConstraint("kind", "version", name=op.f("uq_paper_templates_kind_version")),
        sa.UniqueConstraint("store_key", name=op.f("uq_paper_templates_store_key")),
    )
    with op.batch_alter_table("paper_templates", schema=None) as batch_op:
        batch_op.create_index(
            "uq_paper_templates_in_use",
            ["kind"],
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.create_table(
        "papers",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="which makes it",
        ),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="as in profiles/papers.toml"),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "approved",
                "issued",
                "void",
                name="paperstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column(
            "is_approved",
            sa.Boolean(),
            nullable=False,
            comment="whether the kind wants another person's word",
        ),
        sa.Column("is_for_filer", sa.Boolean(), nullable=False),
        sa.Column(
            "to_unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="to a body",
        ),
        sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("drafted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "remarks", sa.Text(), nullable=True, comment="why it was sent back, until it is sent again"
        ),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("series", sa.String(length=60), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("issued_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "template_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="empty: ours",
        ),
        sa.Column("docx_key", sa.String(length=64), nullable=True),
        sa.Column(
            "docx_size",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="bytes, as stored",
        ),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True, comment="as stored"),
        sa.Column("pdf_key", sa.String(length=64), nullable=True, comment="made afterwards, once"),
        sa.Column("pdf_size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "seal_key_id",
            sa.String(length=16),
            nullable=True,
            comment="which vault key wraps, if it is sealed",
        ),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("voided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reasons", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'void') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (voided_by_id IS NULL) AND (voided_at IS NULL) = (void_reasons IS NULL)",
            name=op.f("ck_papers_void_has_reasons"),
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'void')) = (series IS NOT NULL AND year IS NOT NULL AND number IS NOT NULL AND issued_at IS NOT NULL AND issued_by_id IS NOT NULL AND docx_key IS NOT NULL AND docx_size IS NOT NULL AND docx_sha256 IS NOT NULL)",
            name=op.f("ck_papers_issued_is_whole"),
        ),
        sa.CheckConstraint(
            "NOT is_approved OR NOT (state IN ('issued', 'void') OR state = 'approved') OR approved_by_id IS NOT NULL",
            name=op.f("ck_papers_approved_where_asked"),
        ),
        sa.CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL)", name=op.f("ck_papers_approval_has_time")
        ),
        sa.CheckConstraint(
            "(pdf_key IS NULL) = (pdf_sha256 IS NULL) AND (pdf_key IS NULL) = (pdf_size IS NULL)",
            name=op.f("ck_papers_pdf_is_whole"),
        ),
        sa.CheckConstraint(
            "(seal_key_id IS NULL) = (wrapped_key IS NULL)", name=op.f("ck_papers_seal_is_whole")
        ),
        sa.CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> drafted_by_id",
            name=op.f("ck_papers_approved_by_another"),
        ),
        sa.CheckConstraint("number IS NULL OR number > 0", name=op.f("ck_papers_counts_from_one")),
        sa.CheckConstraint(
            "replaces_id IS NULL OR replaces_id <> id", name=op.f("ck_papers_replaces_another")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["accounts.id"], name=op.f("fk_papers_approved_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_papers_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["accounts.id"], name=op.f("fk_papers_drafted_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["accounts.id"], name=op.f("fk_papers_issued_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["papers.id"], name=op.f("fk_papers_replaces_id_papers")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["paper_templates.id"], name=op.f("fk_papers_template_id_paper_templates")
        ),
        sa.ForeignKeyConstraint(["to_unit_id"], ["units.id"], name=op.f("fk_papers_to_unit_id_units")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_papers_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["accounts.id"], name=op.f("fk_papers_voided_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("docx_key", name=op.f("uq_papers_docx_key")),
        sa.UniqueConstraint("pdf_key", name=op.f("uq_papers_pdf_key")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_papers_replaces_id")),
        sa.UniqueConstraint("series", "year", "number", name=op.f("uq_papers_series_year_number")),
    )
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_papers_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_papers_to_approve",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )

    op.create_table(
        "paper_deliveries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("paper_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "online",
                "hand",
                "post",
                "email",
                "sms",
                "entrusted",
                "left",
                "public_notice",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "recipient",
            sa.Enum(
                "filer",
                "respondent",
                "agent",
                "unit",
                "outside",
                name="recipient",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("delivered_on", sa.Date(), nullable=False, comment="in Beijing"),
        sa.Column(
            "proof", sa.Text(), nullable=False, comment="number of the parcel, of the receipt, of the notice"
        ),
        sa.Column(
            "noted_by", sa.String(length=64), nullable=False, comment="as in the ledger: account:12, filer"
        ),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(proof) > 0", name=op.f("ck_paper_deliveries_has_proof")),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["papers.id"], name=op.f("fk_paper_deliveries_paper_id_papers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_deliveries")),
    )
    with op.batch_alter_table("paper_deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_deliveries_paper_id"), ["paper_id"], unique=False)
        batch_op.create_index(
            "uq_paper_deliveries_online",
            ["paper_id"],
            unique=True,
            sqlite_where=sa.text("way = 'online'"),
            postgresql_where=sa.text("way = 'online'"),
        )

    for statement in POSTGRESQL_TRIGGERS if op.get_bind().dialect.name == "postgresql" else SQLITE_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("paper_deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_paper_deliveries_online",
            sqlite_where=sa.text("way = 'online'"),
            postgresql_where=sa.text("way = 'online'"),
        )
        batch_op.drop_index(batch_op.f("ix_paper_deliveries_paper_id"))

    op.drop_table("paper_deliveries")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_papers_to_approve",
            sqlite_where=sa.text("state = 'submitted'"),
            postgresql_where=sa.text("state = 'submitted'"),
        )
        batch_op.drop_index(batch_op.f("ix_papers_case_id"))

    op.drop_table("papers")
    with op.batch_alter_table("paper_templates", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_paper_templates_in_use",
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        )

    op.drop_table("paper_templates")
    op.drop_table("paper_counters")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION papers_refuse()")
