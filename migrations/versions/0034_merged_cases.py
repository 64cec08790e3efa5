"""Cases that are verified and decided together: who leads, and the two acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGED = sa.text("lead_id IS NOT NULL")
FIRST_ACTS = (
    "receive",
    "accept",
    "refuse",
    "transfer",
    "acknowledge",
    "return",
    "recall",
    "escalate",
    "designate",
    "assign",
    "recuse",
    "mediate",
    "settle",
    "end_mediation",
    "file",
    "not_file",
    "message",
    "supplement",
    "answer",
    "close",
    "dispute",
    "uphold",
    "reject",
    "ask_outside",
    "hear_outside",
)
NEW_ACTS = ("merge", "split")


def _allow(acts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{act}'" for act in acts)
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column(
                "lead_id",
                BIG,
                nullable=True,
                comment="并案: the case with which this one is verified and decided",
            )
        )
        batch_op.create_foreign_key(op.f("fk_cases_lead_id_cases"), "cases", ["lead_id"], ["id"])
        batch_op.create_check_constraint(op.f("ck_cases_leads_not_itself"), "lead_id <> id")
        batch_op.create_index("ix_cases_lead_id", ["lead_id"], sqlite_where=MERGED, postgresql_where=MERGED)
    _allow((*FIRST_ACTS, *NEW_ACTS, "withdraw"))


def downgrade() -> None:
    _allow((*FIRST_ACTS, "withdraw"))
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index("ix_cases_lead_id")
        batch_op.drop_constraint(op.f("ck_cases_leads_not_itself"), type_="check")
        batch_op.drop_constraint(op.f("fk_cases_lead_id_cases"), type_="foreignkey")
        batch_op.drop_column("lead_id")
