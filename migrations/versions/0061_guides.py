"""Guides made from consultations, and warnings about other countries, beside typical cases and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("typical_case", "notice")
NEW = ("guide", "warning")


def _allow(kinds: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("bulletins") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletins_bulletinkind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_bulletins_bulletinkind"), f"kind IN ({listed})")


def upgrade() -> None:
    _allow((*KINDS, *NEW))
    with op.batch_alter_table("bulletins") as batch_op:
        batch_op.add_column(
            sa.Column(
                "country",
                sa.String(length=2),
                nullable=True,
                comment="of a warning: which country or region",
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_bulletins_warning_has_country"), "(kind = 'warning') = (country IS NOT NULL)"
        )
    op.create_table(
        "bulletin_sources",
        sa.Column("bulletin_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_sources_bulletin_id_bulletins")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bulletin_sources_case_id_cases")),
        sa.PrimaryKeyConstraint("bulletin_id", name=op.f("pk_bulletin_sources")),
    )
    op.create_index(op.f("ix_bulletin_sources_case_id"), "bulletin_sources", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("bulletin_sources")
    op.execute("DELETE FROM bulletins WHERE kind IN ('guide', 'warning')")
    with op.batch_alter_table("bulletins") as batch_op:
        batch_op.drop_constraint(op.f("ck_bulletins_warning_has_country"), type_="check")
        batch_op.drop_column("country")
    _allow(KINDS)
