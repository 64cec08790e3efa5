"""Longer limits are asked for; what moved a limit is kept as message and figures; whether anybody opened a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("decided_at IS NULL")
DISCUSSED = "(further_n IS NULL) = (discussed_on IS NULL) AND (further_n IS NULL OR minutes <> '')"
TIME = sa.DateTime(timezone=True)


def _notices(*, new: bool) -> None:
    """The kinds of notice are those that the table allowed before, with or without the new one."""
    found = next(
        check["sqltext"]
        for check in sa.inspect(op.get_bind()).get_check_constraints("staff_notices")
        if check["name"] == "ck_staff_notices_noticekind"
    )
    kinds = [part for part in found.split("'")[1::2] if part != "extension"]
    at = kinds.index("moved") + 1
    listed = ", ".join(f"'{kind}'" for kind in ([*kinds[:at], "extension", *kinds[at:]] if new else kinds))
    with op.batch_alter_table("staff_notices") as batch_op:
        batch_op.drop_constraint(op.f("ck_staff_notices_noticekind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_staff_notices_noticekind"), f"kind IN ({listed})")


def _requests() -> None:
    op.create_table(
        "deadline_extension_requests",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("deadline_id", NUMBER, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False, comment="told to the filer when it is granted"),
        sa.Column(
            "further_n", sa.Integer(), nullable=True, comment="how much longer, in the unit of the rule"
        ),
        sa.Column("discussed_on", sa.Date(), nullable=True, comment="day of the collective discussion"),
        sa.Column("minutes", sa.String(length=200), nullable=False, comment="the record of it"),
        sa.Column("asked_by_id", NUMBER, nullable=False),
        sa.Column("asked_at", TIME, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", TIME, nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="why it was declined"),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_deadline_extension_requests_has_reason")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (is_granted IS NULL)",
            name=op.f("ck_deadline_extension_requests_decided_whole"),
        ),
        sa.CheckConstraint(
            "decided_by_id <> asked_by_id", name=op.f("ck_deadline_extension_requests_two_people")
        ),
        sa.CheckConstraint(
            "is_granted IS NULL OR is_granted OR answer <> ''",
            name=op.f("ck_deadline_extension_requests_declined_has_answer"),
        ),
        sa.CheckConstraint(DISCUSSED, name=op.f("ck_deadline_extension_requests_further_was_discussed")),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [target],
                name=op.f(f"fk_deadline_extension_requests_{column}_{target.split('.')[0]}"),
            )
            for column, target in (
                ("deadline_id", "deadlines.id"),
                ("asked_by_id", "accounts.id"),
                ("decided_by_id", "accounts.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extension_requests")),
    )
    op.create_index(
        op.f("ix_deadline_extension_requests_deadline_id"), "deadline_extension_requests", ["deadline_id"]
    )
    op.create_index(
        "uq_deadline_extension_requests_one_open",
        "deadline_extension_requests",
        ["deadline_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def upgrade() -> None:
    with op.batch_alter_table("deadlines") as batch_op:
        batch_op.add_column(
            sa.Column(
                "further_n",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="longer still by collective discussion, in the rule's unit",
            )
        )
        batch_op.create_check_constraint(op.f("ck_deadlines_further_counts"), "further_n >= 0")
    with op.batch_alter_table("deadline_extensions") as batch_op:
        batch_op.add_column(
            sa.Column("further_n", sa.Integer(), comment="beyond what the rule names, in its unit")
        )
        batch_op.add_column(
            sa.Column("discussed_on", sa.Date(), comment="day of the collective discussion behind it")
        )
        batch_op.add_column(sa.Column("minutes", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_check_constraint(op.f("ck_deadline_extensions_further_was_discussed"), DISCUSSED)
    with op.batch_alter_table("deadline_changes") as batch_op:
        batch_op.add_column(sa.Column("words", sa.JSON(), comment="the same as message and figures"))
        batch_op.alter_column("why", existing_type=sa.Text(), existing_nullable=False, comment="in Chinese")
    _requests()
    _notices(new=True)
    with op.batch_alter_table("cases") as batch_op:
        batch_op.add_column(
            sa.Column("seen_at", TIME, comment="when a member of staff first opened it or acted on it")
        )
    op.execute(
        sa.text(
            "UPDATE cases SET seen_at = (SELECT min(at) FROM case_acts"
            " WHERE case_acts.case_id = cases.id AND actor_id IS NOT NULL)"
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_column("seen_at")
    op.execute(sa.text("DELETE FROM staff_notices WHERE kind = 'extension'"))
    _notices(new=False)
    op.drop_table("deadline_extension_requests")
    with op.batch_alter_table("deadline_changes") as batch_op:
        batch_op.alter_column(
            "why",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=None,
            existing_comment="in Chinese",
        )
        batch_op.drop_column("words")
    with op.batch_alter_table("deadline_extensions") as batch_op:
        batch_op.drop_constraint(op.f("ck_deadline_extensions_further_was_discussed"), type_="check")
        for column in ("minutes", "discussed_on", "further_n"):
            batch_op.drop_column(column)
    with op.batch_alter_table("deadlines") as batch_op:
        batch_op.drop_constraint(op.f("ck_deadlines_further_counts"), type_="check")
        batch_op.drop_column("further_n")
