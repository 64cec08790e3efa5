"""Rights-holders: organisations, members, rights with proofs, agents, and whose filing a filing is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(uscc) = 18", name=op.f("ck_organisations_uscc_has_18_characters")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("uscc", name=op.f("uq_organisations_uscc")),
    )
    op.create_table(
        "authorities",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("agent_email", sa.String(length=255), nullable=False, comment="in its one form"),
        sa.Column("agent_id", NUMBER, nullable=True, comment="who took it on"),
        sa.Column("matters", sa.String(length=200), nullable=False),
        sa.Column(
            "power",
            sa.Enum("general", "special", name="power", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "right_ids",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="empty: every right of the organisation",
        ),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="its last day"),
        sa.Column("given_by_id", NUMBER, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(agent_id IS NULL) = (taken_at IS NULL)", name=op.f("ck_authorities_taken_by_somebody")
        ),
        sa.CheckConstraint("length(matters) > 0", name=op.f("ck_authorities_has_matters")),
        sa.ForeignKeyConstraint(["agent_id"], ["accounts.id"], name=op.f("fk_authorities_agent_id_accounts")),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["accounts.id"], name=op.f("fk_authorities_given_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_authorities_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorities")),
    )
    with op.batch_alter_table("authorities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_authorities_agent_email"), ["agent_email"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorities_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_authorities_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "memberships",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("account_id", NUMBER, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner", "member", name="memberrole", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "standing",
            sa.Enum(
                "pending",
                "verified",
                "refused",
                "ended",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "claimed_name",
            sa.String(length=200),
            nullable=False,
            comment="what they call the organisation; shown to nobody else but staff",
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column(
            "fault",
            sa.Enum(
                "no_proof",
                "unreadable",
                "other_holder",
                "wrong_number",
                "expired",
                "not_in_force",
                "no_authority",
                "other",
                name="fault",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=True, comment="of a refusal, shown to whoever asked"),
        sa.CheckConstraint(
            "(standing = 'refused') = (fault IS NOT NULL)", name=op.f("ck_memberships_refusal_has_fault")
        ),
        sa.CheckConstraint(
            "standing = 'pending' OR decided_at IS NOT NULL", name=op.f("ck_memberships_decided_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_memberships_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_memberships_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_memberships_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "ix_memberships_pending",
            ["asked_at"],
            unique=False,
            sqlite_where=sa.text("standing = 'pending'"),
            postgresql_where=sa.text("standing = 'pending'"),
        )
        batch_op.create_index(
            "uq_memberships_one_living",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("standing <> 'ended'"),
            postgresql_where=sa.text("standing <> 'ended'"),
        )

    op.create_table(
        "rights",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
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
            "title", sa.String(length=200), nullable=False, comment="the mark, the invention, the work"
        ),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("nice_class", sa.Integer(), nullable=True, comment="of a trademark"),
        sa.Column("expires_on", sa.Date(), nullable=True, comment="its last day; empty: it has none"),
        sa.Column(
            "standing",
            sa.Enum(
                "pending",
                "verified",
                "refused",
                "ended",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column(
            "fault",
            sa.Enum(
                "no_proof",
                "unreadable",
                "other_holder",
                "wrong_number",
                "expired",
                "not_in_force",
                "no_authority",
                "other",
                name="fault",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=True, comment="of a refusal, shown to the holder"),
        sa.CheckConstraint(
            "(standing = 'refused') = (fault IS NOT NULL)", name=op.f("ck_rights_refusal_has_fault")
        ),
        sa.CheckConstraint(
            "standing = 'pending' OR decided_at IS NOT NULL", name=op.f("ck_rights_decided_has_time")
        ),
        sa.CheckConstraint("length(title) > 0", name=op.f("ck_rights_has_title")),
        sa.CheckConstraint(
            "nice_class IS NULL OR nice_class BETWEEN 1 AND 45", name=op.f("ck_rights_nice_class_exists")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_rights_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_rights_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights")),
    )
    with op.batch_alter_table("rights", schema=None) as batch_op:
        batch_op.create_index(
            "ix_rights_pending",
            ["asked_at"],
            unique=False,
            sqlite_where=sa.text("standing = 'pending'"),
            postgresql_where=sa.text("standing = 'pending'"),
        )
        batch_op.create_index(
            "uq_rights_living",
            ["organisation_id", "right_type", "number", "nice_class"],
            unique=True,
            sqlite_where=sa.text("standing <> 'ended'"),
            postgresql_where=sa.text("standing <> 'ended'"),
        )

    op.create_table(
        "proofs",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("membership_id", NUMBER, nullable=True),
        sa.Column("right_id", NUMBER, nullable=True),
        sa.Column("authority_id", NUMBER, nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False, comment="by content"),
        sa.Column("size", NUMBER, nullable=False, comment="bytes"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("store_key", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN membership_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN right_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN authority_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_proofs_proves_one_thing"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_proofs_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["memberships.id"], name=op.f("fk_proofs_membership_id_memberships")
        ),
        sa.ForeignKeyConstraint(["right_id"], ["rights.id"], name=op.f("fk_proofs_right_id_rights")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proofs")),
        sa.UniqueConstraint("store_key", name=op.f("uq_proofs_store_key")),
    )
    with op.batch_alter_table("proofs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proofs_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proofs_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proofs_right_id"), ["right_id"], unique=False)

    op.create_table(
        "held_filings",
        sa.Column("filing_id", NUMBER, nullable=False),
        sa.Column("organisation_id", NUMBER, nullable=False),
        sa.Column("right_id", NUMBER, nullable=True),
        sa.Column("authority_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authorities.id"], name=op.f("fk_held_filings_authority_id_authorities")
        ),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_held_filings_filing_id_filings")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_held_filings_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(["right_id"], ["rights.id"], name=op.f("fk_held_filings_right_id_rights")),
        sa.PrimaryKeyConstraint("filing_id", name=op.f("pk_held_filings")),
    )
    with op.batch_alter_table("held_filings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_filings_authority_id"), ["authority_id"], unique=False)
        batch_op.create_index(
            "ix_held_filings_organisation_id_filing_id", ["organisation_id", "filing_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_held_filings_right_id"), ["right_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("held_filings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_filings_right_id"))
        batch_op.drop_index("ix_held_filings_organisation_id_filing_id")
        batch_op.drop_index(batch_op.f("ix_held_filings_authority_id"))

    op.drop_table("held_filings")
    with op.batch_alter_table("proofs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proofs_right_id"))
        batch_op.drop_index(batch_op.f("ix_proofs_membership_id"))
        batch_op.drop_index(batch_op.f("ix_proofs_authority_id"))

    op.drop_table("proofs")
    with op.batch_alter_table("rights", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_rights_living",
            sqlite_where=sa.text("standing <> 'ended'"),
            postgresql_where=sa.text("standing <> 'ended'"),
        )
        batch_op.drop_index(
            "ix_rights_pending",
            sqlite_where=sa.text("standing = 'pending'"),
            postgresql_where=sa.text("standing = 'pending'"),
        )

    op.drop_table("rights")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_memberships_one_living",
            sqlite_where=sa.text("standing <> 'ended'"),
            postgresql_where=sa.text("standing <> 'ended'"),
        )
        batch_op.drop_index(
            "ix_memberships_pending",
            sqlite_where=sa.text("standing = 'pending'"),
            postgresql_where=sa.text("standing = 'pending'"),
        )
        batch_op.drop_index(batch_op.f("ix_memberships_organisation_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("authorities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_authorities_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_authorities_agent_id"))
        batch_op.drop_index(batch_op.f("ix_authorities_agent_email"))

    op.drop_table("authorities")
    op.drop_table("organisations")
