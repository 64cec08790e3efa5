"""Mediation: offers with the consent of both sides, sessions, objections to the mediator, tests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


# Mediations that began before: the officer had ticked that both sides agree.
BEGUN = """
    INSERT INTO mediations (case_id, words, offered_by_id, offered_at, filer_agreed_at, respondent_agreed_at,
                            is_entrusted, mediator_id, mediator_name, begun_at)
    SELECT cases.id, case_acts.public_note, case_acts.actor_id, case_acts.at, case_acts.at, case_acts.at,
           :no, case_acts.actor_id, accounts.display_name, case_acts.at
    FROM cases
    JOIN case_acts ON case_acts.id = (
        SELECT max(one.id) FROM case_acts AS one WHERE one.case_id = cases.id AND one.act = 'mediate'
    )
    JOIN accounts ON accounts.id = case_acts.actor_id
    WHERE cases.state = 'mediating'
"""
ASKING = ("offer_mediation", "consent")  # before the act of mediating
GOING_ON = ("arrange_session", "hold_session", "object_mediator", "decide_mediator")  # after it


def _acts(*, new: bool) -> tuple[str, ...]:
    """The acts that the database allows, with those of mediation or without them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("cases")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_cases_act")
    acts = [part for part in found.split("'")[1::2] if part not in (*ASKING, *GOING_ON)]
    at = acts.index("mediate")
    return (*acts[:at], *ASKING, "mediate", *GOING_ON, *acts[at + 1 :]) if new else tuple(acts)


def _allow(acts: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{act}'" for act in acts)
    for table, column in (("cases", "last_act"), ("case_acts", "act")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(f"ck_{table}_act"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_act"), f"{column} IN ({listed})")


def upgrade() -> None:
    _allow(_acts(new=True))
    op.create_table(
        "mediations",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("invitation_id", BIG, nullable=True, comment="the link by which the other side answers"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("offered_by_id", BIG, nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "entrusted_to", sa.String(length=200), nullable=True, comment="the organisation proposed (Art 19)"
        ),
        sa.Column("entrusted_scope", sa.Text(), nullable=True),
        sa.Column("filer_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("respondent_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_entrusted", sa.Boolean(), nullable=False),
        sa.Column("mediator_id", BIG, nullable=True),
        sa.Column("mediator_name", sa.String(length=100), nullable=True, comment="what both sides are told"),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.Enum("settled", "ended", name="result", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("agreement", sa.Text(), nullable=True),
        sa.Column(
            "writing",
            sa.Enum(
                "paper",
                "performed",
                "waived",
                "record",
                name="writing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(result IS NOT NULL AND result = 'settled') = (agreement IS NOT NULL AND writing IS NOT NULL)",
            name=op.f("ck_mediations_settled_has_agreement"),
        ),
        sa.CheckConstraint(
            "(begun_at IS NULL) = (mediator_name IS NULL)", name=op.f("ck_mediations_begun_has_mediator")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (result IS NULL)", name=op.f("ck_mediations_over_has_result")
        ),
        sa.CheckConstraint(
            "(entrusted_to IS NULL) = (entrusted_scope IS NULL)",
            name=op.f("ck_mediations_entrusting_has_scope"),
        ),
        sa.CheckConstraint(
            "NOT is_entrusted OR entrusted_to IS NOT NULL", name=op.f("ck_mediations_entrusted_to_somebody")
        ),
        sa.CheckConstraint(
            "agreement IS NULL OR begun_at IS NOT NULL", name=op.f("ck_mediations_settled_was_mediated")
        ),
        sa.CheckConstraint(
            "begun_at IS NULL OR (filer_agreed_at IS NOT NULL AND respondent_agreed_at IS NOT NULL)",
            name=op.f("ck_mediations_both_agreed"),
        ),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_mediations_has_words")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_mediations_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_mediations_invitation_id_invitations")
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["accounts.id"], name=op.f("fk_mediations_mediator_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["offered_by_id"], ["accounts.id"], name=op.f("fk_mediations_offered_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediations")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_mediations_invitation_id")),
    )
    op.create_index(op.f("ix_mediations_case_id"), "mediations", ["case_id"], unique=False)
    op.create_index(
        op.f("uq_mediations_one_open"),
        "mediations",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "mediation_consents",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mediation_id", BIG, nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "filer",
                "respondent",
                "mediator",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("entrusts", sa.Boolean(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "online",
                "phone",
                "in_person",
                "letter",
                name="consentway",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signed", sa.String(length=100), nullable=True, comment="who answered for the company"),
        sa.Column("recorded_by_id", BIG, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(way = 'online') = (recorded_by_id IS NULL)",
            name=op.f("ck_mediation_consents_staff_sign_what_they_note"),
        ),
        sa.CheckConstraint("side IN ('filer', 'respondent')", name=op.f("ck_mediation_consents_is_a_party")),
        sa.CheckConstraint(
            "agrees OR NOT entrusts", name=op.f("ck_mediation_consents_entrusts_what_is_agreed")
        ),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediations.id"], name=op.f("fk_mediation_consents_mediation_id_mediations")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["accounts.id"], name=op.f("fk_mediation_consents_recorded_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_consents")),
    )
    op.create_index(
        op.f("ix_mediation_consents_mediation_id"), "mediation_consents", ["mediation_id"], unique=False
    )

    op.create_table(
        "mediation_sessions",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mediation_id", BIG, nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "on_site",
                "phone",
                "video",
                "online",
                name="sessionway",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "place", sa.String(length=200), nullable=False, comment="or the line: which number, which meeting"
        ),
        sa.Column(
            "told_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when both sides were told; empty: not arranged before",
        ),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filer_came", sa.Boolean(), nullable=True),
        sa.Column("respondent_came", sa.Boolean(), nullable=True),
        sa.Column("helpers", sa.String(length=300), nullable=True, comment="who was asked to help (Art 21)"),
        sa.Column("record", sa.Text(), nullable=True, comment="调解记录, for staff"),
        sa.Column("noted_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "way <> 'on_site' OR (told_at IS NOT NULL AND told_at < planned_at)",
            name=op.f("ck_mediation_sessions_on_site_is_told_before"),
        ),
        sa.CheckConstraint(
            "(held_at IS NULL) = (record IS NULL) AND (held_at IS NULL) = (filer_came IS NULL) AND (held_at IS NULL) = (respondent_came IS NULL) AND (held_at IS NULL) = (noted_by_id IS NULL)",
            name=op.f("ck_mediation_sessions_held_is_recorded"),
        ),
        sa.CheckConstraint("length(place) > 0", name=op.f("ck_mediation_sessions_has_place")),
        sa.CheckConstraint(
            "told_at IS NOT NULL OR held_at IS NOT NULL",
            name=op.f("ck_mediation_sessions_is_arranged_or_held"),
        ),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediations.id"], name=op.f("fk_mediation_sessions_mediation_id_mediations")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["accounts.id"], name=op.f("fk_mediation_sessions_noted_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_sessions")),
    )
    op.create_index(
        op.f("ix_mediation_sessions_mediation_id"), "mediation_sessions", ["mediation_id"], unique=False
    )

    op.create_table(
        "mediation_tests",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mediation_id", BIG, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "appraisal", "testing", name="examkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column(
            "chosen",
            sa.Enum(
                "agreed", "designated", name="chosen", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "costs", sa.String(length=500), nullable=False, comment="how both sides agreed to bear them"
        ),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(to_on IS NULL) = (finding IS NULL)", name=op.f("ck_mediation_tests_over_has_finding")
        ),
        sa.CheckConstraint(
            "length(body) > 0 AND length(costs) > 0", name=op.f("ck_mediation_tests_names_body_and_costs")
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on > from_on", name=op.f("ck_mediation_tests_takes_time")),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediations.id"], name=op.f("fk_mediation_tests_mediation_id_mediations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_tests")),
    )
    op.create_index(
        op.f("ix_mediation_tests_mediation_id"), "mediation_tests", ["mediation_id"], unique=False
    )
    op.create_index(
        op.f("uq_mediation_tests_one_open"),
        "mediation_tests",
        ["mediation_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )

    op.create_table(
        "mediator_objections",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("mediation_id", BIG, nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "filer",
                "respondent",
                "mediator",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mediator_name", sa.String(length=100), nullable=False, comment="against whom"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_granted", sa.Boolean(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (is_granted IS NULL) AND (decided_at IS NULL) = (reasons IS NULL) AND (decided_at IS NULL) = (decided_by_id IS NULL)",
            name=op.f("ck_mediator_objections_decided_has_reasons"),
        ),
        sa.CheckConstraint("length(words) > 0", name=op.f("ck_mediator_objections_has_words")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["accounts.id"], name=op.f("fk_mediator_objections_decided_by_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["mediation_id"], ["mediations.id"], name=op.f("fk_mediator_objections_mediation_id_mediations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediator_objections")),
    )
    op.create_index(
        op.f("ix_mediator_objections_mediation_id"), "mediator_objections", ["mediation_id"], unique=False
    )
    op.create_index(
        op.f("uq_mediator_objections_one_pending"),
        "mediator_objections",
        ["mediation_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )

    op.get_bind().execute(sa.text(BEGUN), {"no": False})


def downgrade() -> None:
    _allow(_acts(new=False))
    op.drop_table("mediator_objections")
    op.drop_table("mediation_tests")
    op.drop_table("mediation_sessions")
    op.drop_table("mediation_consents")
    op.drop_table("mediations")
