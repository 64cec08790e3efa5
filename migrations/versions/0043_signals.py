"""Signals: the blind index of addresses, what was dismissed, and the indexes by which matches are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SIGNALS = ("person", "phone", "address", "respondent", "link", "facts", "right_number", "decisions")
LISTED = "signal IN ({})".format(", ".join(f"'{one}'" for one in SIGNALS))


def upgrade() -> None:
    with op.batch_alter_table("identities") as batch_op:
        batch_op.add_column(
            sa.Column(
                "address_index",
                sa.String(64),
                nullable=True,
                comment="blind index; '' none, empty: not made yet",
            )
        )
        batch_op.create_index(op.f("ix_identities_address_index"), ["address_index"])
    op.create_table(
        "signal_dismissals",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("signal", sa.String(32), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("made_by_id", BIG, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(reasons) > 0", name=op.f("ck_signal_dismissals_has_reasons")),
        sa.CheckConstraint(LISTED, name=op.f("ck_signal_dismissals_signal")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signal_dismissals_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_signal_dismissals_made_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_dismissals")),
    )
    op.create_index(op.f("ix_signal_dismissals_case_id"), "signal_dismissals", ["case_id"])
    op.create_table(
        "dismissed_matches",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("signal", sa.String(32), nullable=False),
        sa.Column("match_id", BIG, nullable=False, comment="of a case; for decisions, of a decision"),
        sa.Column("dismissal_id", BIG, nullable=False),
        sa.CheckConstraint(LISTED, name=op.f("ck_dismissed_matches_signal")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_dismissed_matches_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["dismissal_id"],
            ["signal_dismissals.id"],
            name=op.f("fk_dismissed_matches_dismissal_id_signal_dismissals"),
        ),
        sa.PrimaryKeyConstraint("case_id", "signal", "match_id", name=op.f("pk_dismissed_matches")),
    )
    op.create_index(op.f("ix_dismissed_matches_dismissal_id"), "dismissed_matches", ["dismissal_id"])
    op.create_index("ix_decisions_party_name", "decisions", ["party_name"])
    op.create_index(op.f("ix_company_names_name"), "company_names", ["name"])


def downgrade() -> None:
    op.drop_index(op.f("ix_company_names_name"), table_name="company_names")
    op.drop_index("ix_decisions_party_name", table_name="decisions")
    op.drop_table("dismissed_matches")
    op.drop_table("signal_dismissals")
    with op.batch_alter_table("identities") as batch_op:
        batch_op.drop_index(op.f("ix_identities_address_index"))
        batch_op.drop_column("address_index")
