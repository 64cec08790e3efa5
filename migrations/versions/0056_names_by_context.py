"""Marks may say that words are like a name; ends are found by their time without walking through all decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

BEFORE = [
    "form_of_number",
    "partly_masked",
    "lead_words",
    "office_number",
    "fine_account",
    "role_of_person",
    "named_before",
    "right_holder",
    "reported_by",
    "reported",
    "age",
    "illness",
    "household",
    "secret_words",
    "filing",
    "policy",
    "hand",
]
ENDED = sa.text("ended_at IS NOT NULL")


def _allow(words: list[str]) -> None:
    listed = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("redaction_marks") as batch_op:
        batch_op.drop_constraint(op.f("ck_redaction_marks_why"), type_="check")
        batch_op.create_check_constraint(op.f("ck_redaction_marks_why"), f"why IN ({listed})")


def upgrade() -> None:
    place = BEFORE.index("right_holder")
    _allow([*BEFORE[:place], "like_a_name", *BEFORE[place:]])
    op.create_index(
        "ix_decisions_ended_at", "decisions", ["ended_at"], sqlite_where=ENDED, postgresql_where=ENDED
    )


def downgrade() -> None:
    op.drop_index("ix_decisions_ended_at", table_name="decisions")
    op.execute("UPDATE redaction_marks SET why = 'role_of_person' WHERE why = 'like_a_name'")
    _allow(BEFORE)
