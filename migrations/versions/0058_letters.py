"""Letters have kinds, each with its own limit; mechanisms of co-operation with their members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PRESENT = sa.text("left_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("outside_links") as batch_op:
        comment = "of a letter, as in profiles/letters.toml; empty: a transfer"
        batch_op.add_column(sa.Column("kind", sa.String(40), comment=comment))
    op.execute("UPDATE outside_links SET kind = 'local' WHERE transfer_id IS NULL")
    with op.batch_alter_table("outside_links") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_outside_links_letter_has_kind"), "(transfer_id IS NULL) = (kind IS NOT NULL)"
        )
    _mechanisms()
    _members()


def _mechanisms() -> None:
    op.create_table(
        "mechanisms",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column(
            "scope",
            sa.Enum(
                "departments", "regions", name="scope", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("document_number", sa.String(100), comment="of the agreement"),
        sa.Column("covers", sa.Text(), nullable=False, comment="what is done together, and how"),
        sa.Column("since_on", sa.Date(), nullable=False, comment="in Beijing"),
        sa.Column("until_on", sa.Date(), comment="the last day; empty: no end agreed"),
        sa.Column("kept_by_id", BIG, nullable=False, comment="who changed it last"),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(name) > 0 AND length(covers) > 0", name=op.f("ck_mechanisms_has_words")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= since_on", name=op.f("ck_mechanisms_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["accounts.id"], name=op.f("fk_mechanisms_kept_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mechanisms")),
    )


def _members() -> None:
    op.create_table(
        "mechanism_members",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mechanism_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False, comment="the outside body"),
        sa.Column("office", sa.String(100), nullable=False, comment="对口处室"),
        sa.Column("contact", sa.String(50)),
        sa.Column("phone", sa.String(50)),
        sa.Column("email", sa.String(254)),
        sa.Column("left_at", MOMENT),
        sa.CheckConstraint("length(office) > 0", name=op.f("ck_mechanism_members_has_office")),
        sa.ForeignKeyConstraint(
            ["mechanism_id"], ["mechanisms.id"], name=op.f("fk_mechanism_members_mechanism_id_mechanisms")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_mechanism_members_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mechanism_members")),
    )
    op.create_index(
        "uq_mechanism_members_present",
        "mechanism_members",
        ["mechanism_id", "unit_id"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )


def downgrade() -> None:
    op.drop_index("uq_mechanism_members_present", table_name="mechanism_members")
    op.drop_table("mechanism_members")
    op.drop_table("mechanisms")
    with op.batch_alter_table("outside_links") as batch_op:
        batch_op.drop_constraint(op.f("ck_outside_links_letter_has_kind"), type_="check")
        batch_op.drop_column("kind")
