"""Outside bodies answer by a link: the links, the replies, their papers, and the two acts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
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
)
NEW_ACTS = ("ask_outside", "hear_outside")


def _allow(acts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{act}'" for act in acts)
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "outside_links",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("unit_id", BIG, nullable=False, comment="the outside body"),
        sa.Column("transfer_id", BIG, nullable=True, comment="empty: a letter"),
        sa.Column(
            "handle",
            sa.String(16),
            nullable=False,
            comment="in the link, with a keyed digest; a new one at each sending",
        ),
        sa.Column(
            "words",
            sa.Text(),
            nullable=False,
            comment="what the body reads; nothing else of the matter is shown",
        ),
        sa.Column(
            "file_ids", sa.JSON(), nullable=False, comment="evidence whose sanitised copy goes with it"
        ),
        sa.Column("made_by_id", BIG, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False, comment="when the present link was made"),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("return_reasons", sa.Text(), nullable=True),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_outside_links_has_words")),
        sa.CheckConstraint("expires_at > sent_at", name=op.f("ck_outside_links_is_good_for_a_while")),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (return_reasons IS NULL)",
            name=op.f("ck_outside_links_return_has_reasons"),
        ),
        sa.CheckConstraint(
            "acknowledged_at IS NULL OR returned_at IS NULL", name=op.f("ck_outside_links_taken_or_returned")
        ),
        sa.CheckConstraint(
            "transfer_id IS NULL OR (acknowledged_at IS NULL AND returned_at IS NULL)",
            name=op.f("ck_outside_links_of_a_transfer_the_transfer_says"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outside_links_case_id_cases")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_outside_links_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_outside_links_transfer_id_transfers")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_outside_links_made_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_links")),
        sa.UniqueConstraint("handle", name=op.f("uq_outside_links_handle")),
        sa.UniqueConstraint("transfer_id", name=op.f("uq_outside_links_transfer_id")),
    )
    op.create_index(op.f("ix_outside_links_case_id"), "outside_links", ["case_id"])
    op.create_table(
        "outside_replies",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("link_id", BIG, nullable=False),
        sa.Column(
            "signed",
            sa.String(100),
            nullable=False,
            comment="who wrote it, as the body says: office and person",
        ),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("length(body) > 0", name=op.f("ck_outside_replies_has_body")),
        sa.CheckConstraint("length(signed) > 0", name=op.f("ck_outside_replies_is_signed")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["outside_links.id"], name=op.f("fk_outside_replies_link_id_outside_links")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_replies")),
    )
    op.create_index(op.f("ix_outside_replies_link_id"), "outside_replies", ["link_id"])
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(
            sa.Column(
                "outside_reply_id", BIG, nullable=True, comment="a paper of an outside body, not the filer's"
            )
        )
        batch_op.create_foreign_key(
            op.f("fk_evidence_outside_reply_id_outside_replies"),
            "outside_replies",
            ["outside_reply_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            op.f("ck_evidence_reply_is_of_a_case"), "outside_reply_id IS NULL OR filing_id IS NOT NULL"
        )
        batch_op.create_index(op.f("ix_evidence_outside_reply_id"), ["outside_reply_id"])
    _allow((*FIRST_ACTS, *NEW_ACTS, "withdraw"))


def downgrade() -> None:
    _allow((*FIRST_ACTS, "withdraw"))
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.drop_index(op.f("ix_evidence_outside_reply_id"))
        batch_op.drop_constraint(op.f("ck_evidence_reply_is_of_a_case"), type_="check")
        batch_op.drop_constraint(op.f("fk_evidence_outside_reply_id_outside_replies"), type_="foreignkey")
        batch_op.drop_column("outside_reply_id")
    op.drop_table("outside_replies")
    op.drop_table("outside_links")
