"""Units that disagree: a superior designates; a receiver has its time; an acceptance against the proposal has a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = (
    "received",
    "forwarded",
    "accepted",
    "transferred",
    "handling",
    "answered",
    "closed",
    "refused",
    "withdrawn",
)
ACTS = (
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
)
STATES_NOW = (
    "received",
    "contested",
    "forwarded",
    "accepted",
    "transferred",
    "contested_accepted",
    *STATES[4:],
)
ACTS_NOW = (*ACTS[:7], "escalate", "designate", *ACTS[7:])
NOTICES = ("before", "due", "remind", "supervise", "notify", "moved")
ACCEPTED = "'accepted', 'transferred', 'handling', 'answered', 'closed'"
ACCEPTED_NOW = "'accepted', 'transferred', 'contested_accepted', 'handling', 'answered', 'closed'"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _replace(table: str, checks: dict[str, str]) -> None:
    with op.batch_alter_table(table) as batch_op:
        for name, condition in checks.items():
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _allow(states: tuple[str, ...], acts: tuple[str, ...], notices: tuple[str, ...]) -> None:
    _replace("case_acts", {"act": f"act IN ({_listed(acts)})", "state": f"to_state IN ({_listed(states)})"})
    _replace("staff_notices", {"noticekind": f"kind IN ({_listed(notices)})"})


def _events(connection: sa.Connection, *, new: bool) -> None:
    """The start events are those that the table allowed before, with or without the new one."""
    found = next(
        check["sqltext"]
        for check in sa.inspect(connection).get_check_constraints("clock_rules")
        if check["name"] == "ck_clock_rules_startevent"
    )
    events = tuple(part for part in found.split("'")[1::2] if part != "transfer_sent")
    listed = _listed((*events, "transfer_sent") if new else events)
    _replace("clock_rules", {"startevent": f"start_event IN ({listed})"})


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column(
                "designator_unit_id",
                NUMBER,
                nullable=True,
                comment="the common superior, while it is to say who is competent",
            )
        )
        batch_op.create_foreign_key(
            op.f("fk_cases_designator_unit_id_units"), "units", ["designator_unit_id"], ["id"]
        )
        batch_op.create_check_constraint(
            op.f("ck_cases_contested_has_designator"),
            "(state IN ('contested', 'contested_accepted')) = (designator_unit_id IS NOT NULL)",
        )
    _replace(
        "cases",
        {
            "state": f"state IN ({_listed(STATES_NOW)})",
            "act": f"last_act IN ({_listed(ACTS_NOW)})",
            "handled_was_accepted": f"state NOT IN ({ACCEPTED_NOW}) OR accepted_at IS NOT NULL",
        },
    )
    with op.batch_alter_table("transfers") as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_designation",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="a superior's 指定管辖, in force at once",
            )
        )
        batch_op.drop_constraint(op.f("ck_transfers_goes_elsewhere"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_transfers_goes_elsewhere"), "from_unit_id <> to_unit_id OR is_designation"
        )
        batch_op.create_check_constraint(
            op.f("ck_transfers_designation_binds"), "NOT is_designation OR acknowledged_at IS NOT NULL"
        )
    _allow(STATES_NOW, ACTS_NOW, (*NOTICES, "case"))
    _events(op.get_bind(), new=True)
    with op.batch_alter_table("routing_choices") as batch_op:
        batch_op.alter_column(
            "transfer_id", existing_type=NUMBER, nullable=True, comment="empty: kept and accepted here"
        )


def downgrade() -> None:
    with op.batch_alter_table("routing_choices") as batch_op:
        batch_op.alter_column(
            "transfer_id",
            existing_type=NUMBER,
            nullable=False,
            comment=None,
            existing_comment="empty: kept and accepted here",
        )
    _events(op.get_bind(), new=False)
    _allow(STATES, ACTS, NOTICES)
    with op.batch_alter_table("transfers") as batch_op:
        batch_op.drop_constraint(op.f("ck_transfers_designation_binds"), type_="check")
        batch_op.drop_constraint(op.f("ck_transfers_goes_elsewhere"), type_="check")
        batch_op.create_check_constraint(op.f("ck_transfers_goes_elsewhere"), "from_unit_id <> to_unit_id")
        batch_op.drop_column("is_designation")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_constraint(op.f("ck_cases_contested_has_designator"), type_="check")
        batch_op.drop_constraint(op.f("fk_cases_designator_unit_id_units"), type_="foreignkey")
        batch_op.drop_column("designator_unit_id")
    _replace(
        "cases",
        {
            "state": f"state IN ({_listed(STATES)})",
            "act": f"last_act IN ({_listed(ACTS)})",
            "handled_was_accepted": f"state NOT IN ({ACCEPTED}) OR accepted_at IS NOT NULL",
        },
    )
