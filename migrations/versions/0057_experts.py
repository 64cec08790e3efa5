"""The pool of experts and what they are asked, the notice about it, and why a program opened an envelope for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def _allow(table: str, name: str, column: str, *, new: bool, before: str) -> None:
    """The value `expert` is allowed, or no longer, without repeating those that stand in the constraint."""
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    found = next(check["sqltext"] for check in checks if check["name"] == f"ck_{table}_{name}")
    values = [part for part in found.split("'")[1::2] if part != "expert"]
    at = values.index(before)
    listed = ", ".join(f"'{one}'" for one in ([*values[:at], "expert", *values[at:]] if new else values))
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({listed})")


def _kinds(*, new: bool) -> None:
    _allow("staff_notices", "noticekind", "kind", new=new, before="case")
    _allow("identity_openings", "openingreason", "reason", new=new, before="other")
    _allow("identity_requests", "openingreason", "reason", new=new, before="other")


def upgrade() -> None:
    _kinds(new=True)
    op.create_table(
        "experts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column(
            "unit_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="who keeps it",
        ),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("employer", sa.String(length=200), nullable=False),
        sa.Column("employer_uscc", sa.String(length=18), nullable=True),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column(
            "contact", sa.String(length=200), nullable=False, comment="telephone or mail, for staff alone"
        ),
        sa.Column("speciality", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("regions", sa.JSON(), nullable=False, comment="none: wherever"),
        sa.Column("countries", sa.JSON(), nullable=False, comment="whose law the expert knows besides"),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False, comment="the last day of the term"),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_reasons", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(left_at IS NULL) = (left_reasons IS NULL)", name=op.f("ck_experts_left_with_reasons")
        ),
        sa.CheckConstraint("length(name) > 0 AND length(employer) > 0", name=op.f("ck_experts_is_somebody")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_experts_term_has_days")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["accounts.id"], name=op.f("fk_experts_added_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_experts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_experts")),
    )
    with op.batch_alter_table("experts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_experts_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("ix_experts_until_on", ["until_on", "id"], unique=False)

    op.create_table(
        "expert_requests",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "given",
                "declined",
                "cancelled",
                name="requeststate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "handle",
            sa.String(length=16),
            nullable=False,
            comment="in the link, with a keyed digest; a new one at each sending",
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column(
            "file_ids", sa.JSON(), nullable=False, comment="evidence whose sanitised copy goes with it"
        ),
        sa.Column(
            "fee", sa.Numeric(precision=12, scale=2), nullable=False, comment="yuan agreed on; 0: without pay"
        ),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True, comment="accepted or declined"),
        sa.Column("reasons", sa.Text(), nullable=True, comment="why it was declined or taken back"),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("signed", sa.String(length=100), nullable=True, comment="the name as the expert typed it"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opinion_sha256", sa.String(length=64), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("voucher", sa.String(length=80), nullable=True, comment="number of the payment"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'given') = (opinion IS NOT NULL) AND (opinion IS NULL) = (signed IS NULL) AND (opinion IS NULL) = (signed_at IS NULL) AND (opinion IS NULL) = (opinion_sha256 IS NULL)",
            name=op.f("ck_expert_requests_opinion_is_signed"),
        ),
        sa.CheckConstraint(
            "(state IN ('declined', 'cancelled')) = (reasons IS NOT NULL)",
            name=op.f("ck_expert_requests_over_has_reasons"),
        ),
        sa.CheckConstraint(
            "paid_at IS NULL OR (state = 'given' AND fee > 0)",
            name=op.f("ck_expert_requests_paid_for_an_opinion"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('accepted', 'given', 'declined') OR answered_at IS NOT NULL",
            name=op.f("ck_expert_requests_answered_has_time"),
        ),
        sa.CheckConstraint(
            "(paid_at IS NULL) = (voucher IS NULL) AND (paid_at IS NULL) = (paid_by_id IS NULL)",
            name=op.f("ck_expert_requests_paid_has_voucher"),
        ),
        sa.CheckConstraint("expires_at > sent_at", name=op.f("ck_expert_requests_is_good_for_a_while")),
        sa.CheckConstraint("fee >= 0", name=op.f("ck_expert_requests_fee_is_money")),
        sa.CheckConstraint("length(question) > 0", name=op.f("ck_expert_requests_has_question")),
        sa.CheckConstraint(
            "paid_by_id IS NULL OR paid_by_id <> made_by_id", name=op.f("ck_expert_requests_two_people_pay")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_expert_requests_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["expert_id"], ["experts.id"], name=op.f("fk_expert_requests_expert_id_experts")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_expert_requests_made_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["paid_by_id"], ["accounts.id"], name=op.f("fk_expert_requests_paid_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_requests")),
        sa.UniqueConstraint("handle", name=op.f("uq_expert_requests_handle")),
        sa.UniqueConstraint("voucher", name=op.f("uq_expert_requests_voucher")),
    )
    with op.batch_alter_table("expert_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_requests_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expert_requests_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index("ix_expert_requests_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "uq_expert_requests_one_waits",
            ["case_id", "expert_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'accepted')"),
        )


def downgrade() -> None:
    op.execute("DELETE FROM staff_notices WHERE kind = 'expert'")
    for table in ("identity_openings", "identity_requests"):
        op.execute(f"UPDATE {table} SET reason = 'other' WHERE reason = 'expert'")  # noqa: S608 - constants
    _kinds(new=False)
    with op.batch_alter_table("expert_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_expert_requests_one_waits",
            sqlite_where=sa.text("state IN ('asked', 'accepted')"),
            postgresql_where=sa.text("state IN ('asked', 'accepted')"),
        )
        batch_op.drop_index("ix_expert_requests_state")
        batch_op.drop_index(batch_op.f("ix_expert_requests_expert_id"))
        batch_op.drop_index(batch_op.f("ix_expert_requests_case_id"))

    op.drop_table("expert_requests")
    with op.batch_alter_table("experts", schema=None) as batch_op:
        batch_op.drop_index("ix_experts_until_on")
        batch_op.drop_index(batch_op.f("ix_experts_unit_id"))

    op.drop_table("experts")
