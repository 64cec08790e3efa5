"""Referrals to the police: the report, its steps, the links of procuratorates; the acts and states of the case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
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
    "sort",
    "assign",
    "take_on",
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
    "merge",
    "split",
)
NEW_ACTS = (
    *("propose_referral", "approve_referral", "decline_referral", "refer"),
    *("hear_police", "pursue_referral", "conclude_referral", "resume"),
)
FIRST_STATES = (
    *("received", "contested", "forwarded", "accepted", "transferred", "contested_accepted", "handling"),
    *("mediating", "mediated", "mediation_ended", "investigating", "not_filed"),
)
NEW_STATES = ("referring", "referred", "police_filed")
LAST_STATES = ("answered", "disputed", "closed", "refused", "withdrawn")


def _allow(acts: tuple[str, ...], states: tuple[str, ...]) -> None:
    of_act, of_state = (", ".join(f"'{one}'" for one in names) for names in (acts, states))
    for table, act, state in (("cases", "last_act", "state"), ("case_acts", "act", "to_state")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{act} IN ({of_act})")
            batch_op.drop_constraint(op.f(f"ck_{table}_state"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_state"), f"{state} IN ({of_state})")


def upgrade() -> None:
    op.create_table(
        "referral_watches",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("unit_id", BIG, nullable=False),
        sa.Column("handle", sa.String(length=16), nullable=False, comment="in the link, with a keyed digest"),
        sa.Column("made_by_id", BIG, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_referral_watches_is_good_for_a_while")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["accounts.id"], name=op.f("fk_referral_watches_made_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_referral_watches_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_watches")),
        sa.UniqueConstraint("handle", name=op.f("uq_referral_watches_handle")),
    )
    with op.batch_alter_table("referral_watches") as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_watches_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "referrals",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "proposed",
                "approved",
                "declined",
                "sent",
                "received",
                "papers_asked",
                "filed",
                "refused",
                "reconsidering",
                "upheld",
                "supervised",
                "concluded",
                "resumed",
                name="standing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("police_id", BIG, nullable=False, comment="同级公安机关 (移送规定 Art 5)"),
        sa.Column("procuratorate_id", BIG, nullable=True, comment="who gets a copy and looks on"),
        sa.Column("crime", sa.String(length=200), nullable=False, comment="涉嫌罪名"),
        sa.Column("facts", sa.Text(), nullable=False, comment="查明的事实"),
        sa.Column(
            "suspicion",
            sa.Text(),
            nullable=False,
            comment="合理嫌疑: which evidence, why the police are needed",
        ),
        sa.Column("goods", sa.Text(), nullable=False, comment="涉案物品: one a line"),
        sa.Column("evidence_ids", sa.JSON(), nullable=False, comment="what goes along, originals"),
        sa.Column("appraisal_ids", sa.JSON(), nullable=False, comment="those among them that are 检验鉴定"),
        sa.Column("first_handler_id", BIG, nullable=False),
        sa.Column("second_handler_id", BIG, nullable=False),
        sa.Column("proposed_by_id", BIG, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decline_reasons", sa.Text(), nullable=True, comment="put on record (移送规定 Art 5)"),
        sa.Column(
            "identity_reasons",
            sa.Text(),
            nullable=True,
            comment="why the head ordered that the pack names the filer; empty: it does not",
        ),
        sa.Column(
            "pack_key",
            sa.String(length=64),
            nullable=True,
            comment="the archive, without the paper that names the filer",
        ),
        sa.Column("pack_size", BIG, nullable=True, comment="bytes of the whole archive"),
        sa.Column("pack_sha256", sa.String(length=64), nullable=True, comment="of the whole archive"),
        sa.Column("pack_made_at", MOMENT, nullable=True),
        sa.Column("handed_over_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(standing = 'declined') = (decline_reasons IS NOT NULL)",
            name=op.f("ck_referrals_declined_has_reasons"),
        ),
        sa.CheckConstraint(
            "(standing = 'proposed') = (decided_at IS NULL)", name=op.f("ck_referrals_decided_has_time")
        ),
        sa.CheckConstraint(
            "(standing IN ('proposed', 'approved', 'declined')) = (handed_over_at IS NULL) AND (handed_over_at IS NULL OR pack_key IS NOT NULL)",
            name=op.f("ck_referrals_handed_over_with_pack"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_referrals_decided_by_somebody")
        ),
        sa.CheckConstraint(
            "(pack_key IS NULL) = (pack_sha256 IS NULL) AND (pack_key IS NULL) = (pack_size IS NULL) AND (pack_key IS NULL) = (pack_made_at IS NULL)",
            name=op.f("ck_referrals_pack_is_whole"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR (decided_by_id <> first_handler_id AND decided_by_id <> second_handler_id AND decided_by_id <> proposed_by_id)",
            name=op.f("ck_referrals_decided_by_another"),
        ),
        sa.CheckConstraint(
            "first_handler_id <> second_handler_id", name=op.f("ck_referrals_has_two_handlers")
        ),
        sa.CheckConstraint(
            "length(crime) > 0 AND length(facts) > 0 AND length(suspicion) > 0",
            name=op.f("ck_referrals_has_report"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_referrals_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["first_handler_id"], ["accounts.id"], name=op.f("fk_referrals_first_handler_id_accounts")
        ),
        sa.ForeignKeyConstraint(["police_id"], ["units.id"], name=op.f("fk_referrals_police_id_units")),
        sa.ForeignKeyConstraint(
            ["procuratorate_id"], ["units.id"], name=op.f("fk_referrals_procuratorate_id_units")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["accounts.id"], name=op.f("fk_referrals_proposed_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["second_handler_id"], ["accounts.id"], name=op.f("fk_referrals_second_handler_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("pack_key", name=op.f("uq_referrals_pack_key")),
    )
    with op.batch_alter_table("referrals") as batch_op:
        batch_op.create_index(batch_op.f("ix_referrals_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referrals_procuratorate_id"), ["procuratorate_id"], unique=False)
        batch_op.create_index(
            "uq_referrals_one_open",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("standing NOT IN ('declined', 'resumed')"),
            postgresql_where=sa.text("standing NOT IN ('declined', 'resumed')"),
        )

    op.create_table(
        "referral_steps",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("referral_id", BIG, nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "propose",
                "approve",
                "decline",
                "hand-over",
                "receipt",
                "forward",
                "ask-papers",
                "send-papers",
                "file",
                "refuse",
                "ask-again",
                "uphold",
                "ask-supervision",
                "hand-over-goods",
                "resume",
                "take-back",
                name="step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False, comment="when it happened: clocks start here"),
        sa.Column("document", sa.String(length=100), nullable=False, comment="文号 of the paper behind it"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("noted_by_id", BIG, nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.CheckConstraint("at <= noted_at", name=op.f("ck_referral_steps_noted_afterwards")),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["accounts.id"], name=op.f("fk_referral_steps_noted_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referrals.id"], name=op.f("fk_referral_steps_referral_id_referrals")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_steps")),
    )
    with op.batch_alter_table("referral_steps") as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_steps_referral_id"), ["referral_id"], unique=False)

    _allow((*FIRST_ACTS, *NEW_ACTS, "withdraw"), (*FIRST_STATES, *NEW_STATES, *LAST_STATES))


def downgrade() -> None:
    _allow((*FIRST_ACTS, "withdraw"), (*FIRST_STATES, *LAST_STATES))
    with op.batch_alter_table("referral_steps") as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_steps_referral_id"))

    op.drop_table("referral_steps")
    with op.batch_alter_table("referrals") as batch_op:
        batch_op.drop_index(
            "uq_referrals_one_open",
            sqlite_where=sa.text("standing NOT IN ('declined', 'resumed')"),
            postgresql_where=sa.text("standing NOT IN ('declined', 'resumed')"),
        )
        batch_op.drop_index(batch_op.f("ix_referrals_procuratorate_id"))
        batch_op.drop_index(batch_op.f("ix_referrals_case_id"))

    op.drop_table("referrals")
    with op.batch_alter_table("referral_watches") as batch_op:
        batch_op.drop_index(batch_op.f("ix_referral_watches_unit_id"))

    op.drop_table("referral_watches")
