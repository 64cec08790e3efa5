"""The procedure of the lists: clocks on entries, consent only where it is needed, requests for early removal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ENTRY_KINDS = ("serious_entry", "infringer_entry", "commended_entry")
TABLES = ("serious_entries", "infringer_entries", "commended_entries")
OPEN = sa.text("decided_at IS NULL")
HEARD = (
    "state NOT IN ('consented', 'decided', 'published') OR (heard_on IS NOT NULL AND hearing IS NOT NULL AND "
)
CONSENTED = "consent_by IS NOT NULL AND consent_number IS NOT NULL AND consent_on IS NOT NULL"
CONSENT_ALWAYS = f"{HEARD}{CONSENTED})"
CONSENT_WHERE_NEEDED = f"{HEARD}(NOT needs_consent OR ({CONSENTED})))"


def _subjects(*, new: bool) -> None:
    """What a deadline may stand on: what the table allowed before, with or without the entries of the lists."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("deadlines")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_deadlines_subjectkind")
    kinds = [part for part in found.split("'")[1::2] if part not in ENTRY_KINDS]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(ENTRY_KINDS if new else ())])
    with op.batch_alter_table("deadlines") as batch_op:
        batch_op.drop_constraint(op.f("ck_deadlines_subjectkind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deadlines_subjectkind"), f"subject_kind IN ({listed})")


def _requests() -> None:
    op.create_table(
        "removal_requests",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("entry_id", NUMBER, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column(
            "accepted_on", sa.Date(), nullable=True, comment="application, promise and proof are there"
        ),
        sa.Column("noted_by_id", NUMBER, nullable=False),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="with the grounds; the company is told"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL OR answer <> '')",
            name=op.f("ck_removal_requests_decided_whole"),
        ),
        sa.CheckConstraint("decided_by_id <> noted_by_id", name=op.f("ck_removal_requests_two_people")),
        sa.CheckConstraint(
            "is_granted IS NULL OR NOT is_granted OR accepted_on IS NOT NULL",
            name=op.f("ck_removal_requests_granted_was_accepted"),
        ),
        sa.CheckConstraint("accepted_on >= asked_on", name=op.f("ck_removal_requests_accepted_after_asked")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["serious_entries.id"], name=op.f("fk_removal_requests_entry_id_serious_entries")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["accounts.id"], name=op.f("fk_removal_requests_noted_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_removal_requests_decided_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_requests")),
    )
    with op.batch_alter_table("removal_requests") as batch_op:
        batch_op.create_index(batch_op.f("ix_removal_requests_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "uq_removal_requests_one_open",
            ["entry_id"],
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )


def upgrade() -> None:
    _subjects(new=True)
    _requests()
    op.execute(
        "INSERT INTO removal_requests (entry_id, asked_on, noted_by_id, answer) "
        "SELECT id, removal_asked_on, maker_id, '' FROM serious_entries "
        "WHERE removal_asked_on IS NOT NULL AND state = 'published'"
    )
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column(
                    "needs_inquiry",
                    sa.Boolean(),
                    server_default=sa.false(),
                    nullable=False,
                    comment="that objection needs another unit's check: a longer limit",
                )
            )
    with op.batch_alter_table("serious_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_serious_entries_consented_after_hearing"), type_="check")
        batch_op.drop_column("removal_asked_on")
        batch_op.add_column(
            sa.Column(
                "needs_consent",
                sa.Boolean(),
                server_default=sa.true(),
                nullable=False,
                comment="whether the unit's level needs its superior's consent",
            )
        )
        batch_op.add_column(
            sa.Column(
                "restricted_until_on",
                sa.Date(),
                nullable=True,
                comment="last day of the restrictions that the penalty imposes",
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_serious_entries_consented_after_hearing"), CONSENT_WHERE_NEEDED
        )


def downgrade() -> None:
    with op.batch_alter_table("serious_entries") as batch_op:
        batch_op.drop_constraint(op.f("ck_serious_entries_consented_after_hearing"), type_="check")
        batch_op.drop_column("restricted_until_on")
        batch_op.drop_column("needs_consent")
        batch_op.add_column(
            sa.Column("removal_asked_on", sa.Date(), nullable=True, comment="early removal, still open")
        )
        batch_op.create_check_constraint(op.f("ck_serious_entries_consented_after_hearing"), CONSENT_ALWAYS)
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("needs_inquiry")
    op.drop_table("removal_requests")
    op.execute(
        "DELETE FROM deadlines WHERE subject_kind IN ('serious_entry', 'infringer_entry', 'commended_entry')"
    )
    _subjects(new=False)
