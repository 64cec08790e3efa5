"""Mediation and filing: the states, the acts and the grounds by which a case is decided."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BEFORE_MEDIATION = (
    "received",
    "contested",
    "forwarded",
    "accepted",
    "transferred",
    "contested_accepted",
    "handling",
)
AFTER_FILING = ("answered", "disputed", "closed", "refused", "withdrawn")
DECIDED = ("mediating", "mediated", "mediation_ended", "investigating", "not_filed")
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
)
LAST_ACTS = ("message", "supplement", "answer", "close", "dispute", "uphold", "reject", "withdraw")
DECIDING = ("mediate", "settle", "end_mediation", "file", "not_file")
GROUNDS = (
    "not_ours",
    "handled_elsewhere",
    "not_consumption",
    "too_late",
    "material_missing",
    "identity",
    "other_law",
    "report_no_clue",
    "report_no_power",
    "report_repeated",
    "report_other_channel",
    "adjudication_not_competent",
    "adjudication_sued",
    "adjudication_incomplete",
    "aid_out_of_scope",
    "consultation_out_of_scope",
)
NEW_GROUNDS = (
    "mediation_reconciled",
    "mediation_declined",
    "mediation_no_agreement",
    "mediation_costs",
    "mediation_too_long",
    "mediation_not_admissible",
    "mediation_party_gone",
    "mediation_other",
    "not_filed_no_case",
    "not_filed_minor",
    "not_filed_first",
    "not_filed_no_fault",
    "not_filed_other",
)
ACCEPTED = "'accepted', 'transferred', 'contested_accepted', 'handling', 'answered', 'closed'"
UNDECIDED = "'received', 'contested', 'forwarded', 'refused', 'withdrawn'"


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _replace(table: str, checks: dict[str, str]) -> None:
    with op.batch_alter_table(table) as batch_op:
        for name, condition in checks.items():
            batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def _allow(
    states: tuple[str, ...], acts: tuple[str, ...], grounds: tuple[str, ...], accepted: str, with_ground: str
) -> None:
    _replace(
        "cases",
        {
            "state": f"state IN ({_listed(states)})",
            "act": f"last_act IN ({_listed(acts)})",
            "ground": f"ground IN ({_listed(grounds)})",
            "handled_was_accepted": f"{accepted} OR accepted_at IS NOT NULL",
        },
    )
    _replace(
        "case_acts",
        {
            "act": f"act IN ({_listed(acts)})",
            "state": f"to_state IN ({_listed(states)})",
            "ground": f"ground IN ({_listed(grounds)})",
            "refusal_has_ground": f"(ground IS NOT NULL) = ({with_ground})",
        },
    )


def upgrade() -> None:
    _allow(
        (*BEFORE_MEDIATION, *DECIDED, *AFTER_FILING),
        (*FIRST_ACTS, *DECIDING, *LAST_ACTS),
        (*GROUNDS, *NEW_GROUNDS),
        f"state IN ({UNDECIDED})",
        "act IN ('refuse', 'end_mediation', 'not_file')",
    )


def downgrade() -> None:
    _allow(
        (*BEFORE_MEDIATION, *AFTER_FILING),
        (*FIRST_ACTS, *LAST_ACTS),
        GROUNDS,
        f"state NOT IN ({ACCEPTED})",
        "act = 'refuse'",
    )
