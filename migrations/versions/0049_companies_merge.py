"""Companies merge and have branches; a person says which company a party without a code is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGER = "(merged_into_id IS NULL) = (merged_on IS NULL) AND (merged_into_id IS NULL) = (merge_basis IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("companies") as batch_op:
        batch_op.add_column(sa.Column("merged_into_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("merged_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "merge_basis", sa.String(300), nullable=True, comment="register entry or paper, for staff"
            )
        )
        batch_op.add_column(sa.Column("head_office_id", BIG, nullable=True, comment="of a branch 分支机构"))
        for column in ("merged_into_id", "head_office_id"):
            batch_op.create_foreign_key(
                op.f(f"fk_companies_{column}_companies"), "companies", [column], ["id"]
            )
            batch_op.create_index(op.f(f"ix_companies_{column}"), [column])
        batch_op.create_check_constraint(
            op.f("ck_companies_not_merged_into_itself"), "merged_into_id IS NULL OR merged_into_id <> id"
        )
        batch_op.create_check_constraint(
            op.f("ck_companies_not_its_own_head_office"), "head_office_id IS NULL OR head_office_id <> id"
        )
        batch_op.create_check_constraint(op.f("ck_companies_merger_has_day_and_basis"), MERGER)
    op.create_table(
        "party_matches",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("decision_id", BIG, nullable=False),
        sa.Column("company_id", BIG, nullable=True),
        sa.Column("score", sa.Double(), nullable=True, comment="out of 100, see models.companies.likeness"),
        sa.Column("decided_by_id", BIG, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(company_id IS NULL) = (score IS NULL)", name=op.f("ck_party_matches_company_has_score")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_party_matches_score_out_of_100")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_party_matches_company_id_companies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_party_matches_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decisions.id"],
            name=op.f("fk_party_matches_decision_id_decisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_matches")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_party_matches_decision_id")),
    )
    op.create_index(op.f("ix_party_matches_company_id"), "party_matches", ["company_id"])


def downgrade() -> None:
    op.drop_table("party_matches")
    with op.batch_alter_table("companies") as batch_op:
        for name in ("merger_has_day_and_basis", "not_its_own_head_office", "not_merged_into_itself"):
            batch_op.drop_constraint(op.f(f"ck_companies_{name}"), type_="check")
        for column in ("head_office_id", "merged_into_id"):
            batch_op.drop_index(op.f(f"ix_companies_{column}"))
            batch_op.drop_constraint(op.f(f"fk_companies_{column}_companies"), type_="foreignkey")
        for column in ("head_office_id", "merge_basis", "merged_on", "merged_into_id"):
            batch_op.drop_column(column)
