"""Rewards for reports, and the event from which the time to claim one counts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _start_events(*, new: bool) -> None:
    """The event is allowed, or no longer, without repeating those that stand in the constraint."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("clock_rules")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_clock_rules_startevent")
    events = [part for part in found.split("'")[1::2] if part != "reward_told"]
    listed = ", ".join(f"'{event}'" for event in ([*events, "reward_told"] if new else events))
    with op.batch_alter_table("clock_rules") as batch_op:
        batch_op.drop_constraint(op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clock_rules_startevent"), f"start_event IN ({listed})")


def upgrade() -> None:
    _start_events(new=True)
    op.create_table(
        "rewards",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "refused",
                "granted",
                "claimed",
                "paid",
                "given_up",
                name="rewardstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("scheme", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column(
            "decision_number",
            sa.String(length=100),
            nullable=False,
            comment="the penalty decision, as written",
        ),
        sa.Column(
            "decision_key",
            sa.String(length=100),
            nullable=False,
            comment="the same to compare: one reward a decision",
        ),
        sa.Column(
            "fined", sa.Numeric(precision=14, scale=2), nullable=False, comment="yuan fined and confiscated"
        ),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False, comment="yuan, by the scheme"),
        sa.Column("is_natural_person", sa.Boolean(), nullable=False),
        sa.Column("is_not_infringed", sa.Boolean(), nullable=False, comment="nor the agent of whoever is"),
        sa.Column("is_not_interested", sa.Boolean(), nullable=False),
        sa.Column(
            "is_not_on_duty", sa.Boolean(), nullable=False, comment="no official whose duty it was to find it"
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("proposed_by_id", BIG, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reasons", sa.Text(), nullable=True, comment="of a refusal, told to the reporter"),
        sa.Column("claim_until", sa.Date(), nullable=True, comment="the last day of a claim"),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "pay_way",
            sa.Enum(
                "counter", "transfer", name="payway", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("payee_sealed", sa.LargeBinary(), nullable=True, comment="gone once it is paid"),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by_id", BIG, nullable=True),
        sa.Column("voucher", sa.String(length=100), nullable=True, comment="number of the payment"),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True, comment="when it was given up"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'given_up') = (over_at IS NOT NULL)", name=op.f("ck_rewards_given_up_has_time")
        ),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_at IS NOT NULL) AND (paid_at IS NULL) = (voucher IS NULL) AND (paid_at IS NULL) = (paid_by_id IS NULL)",
            name=op.f("ck_rewards_paid_has_voucher"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_rewards_decided_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state IN ('claimed', 'paid')) = (claimed_at IS NOT NULL)",
            name=op.f("ck_rewards_claimed_has_time"),
        ),
        sa.CheckConstraint(
            "(state IN ('granted', 'claimed', 'paid', 'given_up')) = (claim_until IS NOT NULL)",
            name=op.f("ck_rewards_granted_has_limit"),
        ),
        sa.CheckConstraint(
            "payee_sealed IS NULL OR (state = 'claimed' AND pay_way = 'transfer')",
            name=op.f("ck_rewards_payee_is_forgotten"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR (decision_reasons IS NOT NULL AND length(decision_reasons) > 0)",
            name=op.f("ck_rewards_refused_has_reasons"),
        ),
        sa.CheckConstraint(
            "(claimed_at IS NULL) = (pay_way IS NULL)", name=op.f("ck_rewards_claimed_says_how")
        ),
        sa.CheckConstraint("amount > 0 AND fined >= 0", name=op.f("ck_rewards_amounts_are_money")),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id",
            name=op.f("ck_rewards_two_people_decide"),
        ),
        sa.CheckConstraint(
            "is_natural_person AND is_not_infringed AND is_not_interested AND is_not_on_duty",
            name=op.f("ck_rewards_eligible"),
        ),
        sa.CheckConstraint(
            "paid_by_id IS NULL OR paid_by_id <> decided_by_id", name=op.f("ck_rewards_two_people_pay")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rewards_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_rewards_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["paid_by_id"], ["accounts.id"], name=op.f("fk_rewards_paid_by_id_accounts")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["accounts.id"], name=op.f("fk_rewards_proposed_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rewards")),
        sa.UniqueConstraint("voucher", name=op.f("uq_rewards_voucher")),
    )
    op.create_index(op.f("ix_rewards_case_id"), "rewards", ["case_id"], unique=False)
    op.create_index(op.f("ix_rewards_state"), "rewards", ["state", "id"], unique=False)
    op.create_index(
        op.f("uq_rewards_one_a_case"),
        "rewards",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'refused'"),
        postgresql_where=sa.text("state <> 'refused'"),
    )
    op.create_index(
        op.f("uq_rewards_one_a_decision"),
        "rewards",
        ["decision_key"],
        unique=True,
        sqlite_where=sa.text("state <> 'refused'"),
        postgresql_where=sa.text("state <> 'refused'"),
    )


def downgrade() -> None:
    op.execute("DELETE FROM clock_rules WHERE start_event = 'reward_told'")
    _start_events(new=False)
    op.drop_table("rewards")
