"""Aid: the green channel and the decision on an application, as acts of a case with their clocks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


EVENTS = ("aid_accepted", "aid_green_opened")
ACTS = ("open_green", "decide_aid")
ON_DEADLINES = (
    *("deadline_suspensions", "deadline_extensions", "deadline_changes"),
    *("deadline_extension_requests", "rung_claims"),
)


def _start_events(*, new: bool) -> None:
    """The events are allowed, or no longer, without repeating those that stand in the constraint."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("clock_rules")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_clock_rules_startevent")
    events = [part for part in found.split("'")[1::2] if part not in EVENTS]
    listed = ", ".join(f"'{event}'" for event in ([*events, *EVENTS] if new else events))
    with op.batch_alter_table("clock_rules") as batch_op:
        batch_op.drop_constraint(op.f("ck_clock_rules_startevent"), type_="check")
        batch_op.create_check_constraint(op.f("ck_clock_rules_startevent"), f"start_event IN ({listed})")


def _acts(*, new: bool) -> None:
    """The same with the acts of a case."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("cases")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_cases_act")
    acts = [part for part in found.split("'")[1::2] if part not in ACTS]
    at = acts.index("offer_mediation")
    listed = ", ".join(f"'{act}'" for act in ([*acts[:at], *ACTS, *acts[at:]] if new else acts))
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def _forget() -> None:
    """What was done for aid, which the schema before has no words for: its clocks with all that hangs on them, and the
    acts; what a case was last about is then the act before.
    """
    rules = "SELECT rule_id FROM clock_rules WHERE start_event IN ('aid_accepted', 'aid_green_opened')"
    clocks = f"SELECT id FROM deadlines WHERE rule_id IN ({rules})"  # noqa: S608 - constants of this file
    for table in ON_DEADLINES:
        op.execute(f"DELETE FROM {table} WHERE deadline_id IN ({clocks})")  # noqa: S608 - the same
    op.execute(f"DELETE FROM deadlines WHERE rule_id IN ({rules})")  # noqa: S608 - the same
    op.execute("DELETE FROM clock_rules WHERE start_event IN ('aid_accepted', 'aid_green_opened')")
    op.execute("DELETE FROM case_acts WHERE act IN ('open_green', 'decide_aid')")
    newest = "FROM case_acts WHERE case_acts.case_id = cases.id ORDER BY case_acts.id DESC LIMIT 1"
    op.execute(
        f"UPDATE cases SET last_act = (SELECT act {newest}), last_act_at = (SELECT at {newest})"  # noqa: S608 - the same
        " WHERE last_act IN ('open_green', 'decide_aid')"
    )


def upgrade() -> None:
    _start_events(new=True)
    _acts(new=True)
    op.create_table(
        "aid_decisions",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("helps", sa.JSON(), nullable=False, comment="values in profiles/aid.toml"),
        sa.Column(
            "rule",
            sa.String(length=40),
            nullable=True,
            comment="the rule that spoke; empty: nothing was asked",
        ),
        sa.Column("reasons", sa.Text(), nullable=False, comment="told to the applicant"),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_aid_decisions_has_reasons")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_aid_decisions_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_aid_decisions_decided_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_decisions")),
    )
    with op.batch_alter_table("aid_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aid_decisions_case_id"), ["case_id"], unique=False)

    op.create_table(
        "aid_green_channels",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False, comment="value in profiles/aid.toml"),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_aid_green_channels_has_reasons")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_aid_green_channels_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["accounts.id"], name=op.f("fk_aid_green_channels_opened_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aid_green_channels")),
        sa.UniqueConstraint("case_id", name=op.f("uq_aid_green_channels_case_id")),
    )


def downgrade() -> None:
    _forget()
    _start_events(new=False)
    _acts(new=False)
    op.drop_table("aid_green_channels")
    with op.batch_alter_table("aid_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_aid_decisions_case_id"))

    op.drop_table("aid_decisions")
