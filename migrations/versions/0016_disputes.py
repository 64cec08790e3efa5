"""After a closing: the filer rates it and may dispute it; supervision decides, and a case can come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = (
    "received",
    "contested",
    "forwarded",
    "accepted",
    "transferred",
    "contested_accepted",
    "handling",
    "answered",
    "closed",
    "refused",
    "withdrawn",
)
STATES_NOW = (*STATES[:8], "disputed", *STATES[8:])
ACTS = (
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
    "message",
    "supplement",
    "answer",
    "close",
    "withdraw",
)
ACTS_NOW = (*ACTS[:14], "dispute", "uphold", "reject", "withdraw")
NEW_EVENTS = ("dispute_received", "dispute_upheld")
OUTCOMES = (
    "filed",
    "not_filed",
    "referred",
    "unfounded",
    "mediated",
    "mediation_ended",
    "infringement_found",
    "infringement_not_found",
    "aid_given",
    "advice_given",
)


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _replace(table: str, checks: dict[str, str]) -> None:
    with op.batch_alter_table(table) as batch_op:
        for name, condition in checks.items():
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _allow(states: tuple[str, ...], acts: tuple[str, ...]) -> None:
    _replace("cases", {"state": f"state IN ({_listed(states)})", "act": f"last_act IN ({_listed(acts)})"})
    _replace("case_acts", {"act": f"act IN ({_listed(acts)})", "state": f"to_state IN ({_listed(states)})"})


def _events(connection: sa.Connection, *, new: bool) -> None:
    found = next(
        check["sqltext"]
        for check in sa.inspect(connection).get_check_constraints("clock_rules")
        if check["name"] == "ck_clock_rules_startevent"
    )
    events = tuple(part for part in found.split("'")[1::2] if part not in NEW_EVENTS)
    listed = _listed((*events, *NEW_EVENTS) if new else events)
    _replace("clock_rules", {"startevent": f"start_event IN ({listed})"})


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def upgrade() -> None:
    _allow(STATES_NOW, ACTS_NOW)
    _events(op.get_bind(), new=True)
    op.create_index(
        "ix_case_acts_closings",
        "case_acts",
        ["at", "unit_id"],
        sqlite_where=sa.text("act = 'close'"),
        postgresql_where=sa.text("act = 'close'"),
    )
    op.create_table(
        "case_ratings",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("closing_id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False, comment="which unit closed it"),
        sa.Column("score", sa.Integer(), nullable=False, comment="1 (very dissatisfied) to 5"),
        sa.Column("words", sa.String(length=500), nullable=True),
        sa.Column("rated_at", MOMENT, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_case_ratings_score_is_a_mark")),
        _reference("case_ratings", "case_id", "cases"),
        _reference("case_ratings", "closing_id", "case_acts"),
        _reference("case_ratings", "unit_id", "units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_ratings")),
        sa.UniqueConstraint("closing_id", name=op.f("uq_case_ratings_closing_id")),
    )
    op.create_index(op.f("ix_case_ratings_case_id"), "case_ratings", ["case_id"])
    op.create_index(op.f("ix_case_ratings_rated_at"), "case_ratings", ["rated_at"])
    op.create_table(
        "case_disputes",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("case_id", NUMBER, nullable=False),
        sa.Column("closing_id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False, comment="which unit closed it"),
        sa.Column(
            "handler_id",
            NUMBER,
            nullable=True,
            comment="who handled or closed it: neither decides nor gets it again",
        ),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, name="outcome", native_enum=False, create_constraint=True, length=32),
            nullable=False,
            comment="of the closing",
        ),
        sa.Column("closing_reasons", sa.Text(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False, comment="what the filer says against it"),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision", sa.Text(), nullable=True, comment="the reasons, told to the filer"),
        sa.CheckConstraint("length(grounds) > 0", name=op.f("ck_case_disputes_has_grounds")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_upheld IS NULL) AND (decided_at IS NULL) = (decision IS NULL)"
            " AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_case_disputes_decided_with_reasons"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> handler_id",
            name=op.f("ck_case_disputes_not_by_its_handler"),
        ),
        _reference("case_disputes", "case_id", "cases"),
        _reference("case_disputes", "closing_id", "case_acts"),
        _reference("case_disputes", "unit_id", "units"),
        _reference("case_disputes", "handler_id", "accounts"),
        _reference("case_disputes", "decided_by_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_disputes")),
        sa.UniqueConstraint("closing_id", name=op.f("uq_case_disputes_closing_id")),
    )
    op.create_index(op.f("ix_case_disputes_case_id"), "case_disputes", ["case_id"])
    op.create_index(op.f("ix_case_disputes_filed_at"), "case_disputes", ["filed_at"])
    op.create_index(
        "uq_case_disputes_one_open",
        "case_disputes",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("case_disputes")
    op.drop_table("case_ratings")
    op.drop_index("ix_case_acts_closings", table_name="case_acts")
    _events(op.get_bind(), new=False)
    _allow(STATES, ACTS)
