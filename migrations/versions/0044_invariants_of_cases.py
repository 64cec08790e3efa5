"""What stood in Python alone, or let an empty value pass: invariants of cases, their acts, transfers and filings."""

from __future__ import annotations

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

# Table, name, condition from now on, condition before ("" where there was none).
CHECKS = (
    (
        "cases",
        "closed_has_outcome_reasons_answer",
        "state <> 'closed' OR (outcome IS NOT NULL AND answered_at IS NOT NULL AND reasons IS NOT NULL"
        " AND length(reasons) > 0)",
        "state <> 'closed' OR (outcome IS NOT NULL AND length(reasons) > 0 AND answered_at IS NOT NULL)",
    ),
    (
        "cases",
        "refused_has_ground_reasons",
        "(state = 'refused') = (ground IS NOT NULL)"
        " AND (state <> 'refused' OR (reasons IS NOT NULL AND length(reasons) > 0))",
        "(state = 'refused') = (ground IS NOT NULL) AND (state <> 'refused' OR length(reasons) > 0)",
    ),
    (
        "cases",
        "destroyed_had_ended",
        "destroyed_at IS NULL OR (closed_at IS NOT NULL AND destroyed_at > closed_at)",
        "destroyed_at IS NULL OR destroyed_at > closed_at",
    ),
    ("cases", "leads_not_itself", "lead_id IS NULL OR lead_id <> id", "lead_id <> id"),
    ("cases", "only_reports_are_merged", "lead_id IS NULL OR track IN ('report', 'clue')", ""),
    (
        "case_acts",
        "filers_acts_are_not_staffs",
        "act NOT IN ('supplement', 'dispute', 'withdraw') OR actor_id IS NULL",
        "",
    ),
    (
        "case_acts",
        "filer_reads_words",
        "act NOT IN ('refuse', 'answer', 'close', 'message', 'supplement', 'dispute', 'uphold', 'reject')"
        " OR (public_note IS NOT NULL AND length(public_note) > 0)",
        "",
    ),
    (
        "transfers",
        "return_has_reasons",
        "(returned_at IS NULL) = (return_reasons IS NULL)"
        " AND (return_reasons IS NULL OR length(return_reasons) > 0)",
        "(returned_at IS NULL) = (return_reasons IS NULL)",
    ),
    (
        "transfers",
        "ends_after_sending",
        "(acknowledged_at IS NULL OR acknowledged_at >= sent_at)"
        " AND (returned_at IS NULL OR returned_at >= sent_at)"
        " AND (recalled_at IS NULL OR recalled_at >= sent_at)",
        "",
    ),
    ("filings", "adjudication_is_named", "track <> 'adjudication' OR NOT is_anonymous", ""),
    (
        "filings",
        "names_a_respondent",
        "track IN ('aid', 'consultation') OR length(trim(respondent_name)) > 0",
        "",
    ),
)


def _put(*, is_new: bool) -> None:
    for table in dict.fromkeys(check[0] for check in CHECKS):
        with op.batch_alter_table(table) as batch_op:
            for where, name, after, before in CHECKS:
                if where != table:
                    continue
                full = op.f(f"ck_{table}_{name}")
                old, new = (before, after) if is_new else (after, before)
                if old:
                    batch_op.drop_constraint(full, type_="check")
                if new:
                    batch_op.create_check_constraint(full, new)


def upgrade() -> None:
    _put(is_new=True)


def downgrade() -> None:
    _put(is_new=False)
