"""Evidence gets a sanitised copy and a name for what the scanner found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("pending", "made", "impossible")
OBSTACLES = (
    "sound_or_film",
    "no_decoder",
    "no_converter",
    "not_sealed",
    "locked",
    "damaged",
    "too_costly",
    "infected",
)
CHECKS = {
    "copystate": f"copy_state IN {STATES}",
    "copyobstacle": f"copy_obstacle IN {OBSTACLES}",
    "finding_is_named": "(scan_state = 'infected') = (scan_finding IS NOT NULL)",
    "obstacle_is_named": "(copy_state = 'impossible') = (copy_obstacle IS NOT NULL)",
    "copy_is_whole": "(copy_state = 'made') = (copy_key IS NOT NULL AND copy_media_type IS NOT NULL "
    "AND copy_size IS NOT NULL AND copy_sha256 IS NOT NULL)",
    "infected_has_no_copy": "scan_state <> 'infected' OR copy_state <> 'made'",
}
TO_EXAMINE = sa.text(
    "filing_id IS NOT NULL AND (copy_state = 'pending' OR scan_state IN ('not_scanned', 'failed'))"
)


def _columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("scan_finding", sa.String(200), comment="the scanner's name for what it found"),
        sa.Column("copy_state", sa.String(32), nullable=False, server_default="pending"),
        sa.Column("copy_obstacle", sa.String(32)),
        sa.Column("copy_key", sa.String(64), comment="where the store has the copy"),
        sa.Column("copy_media_type", sa.String(100)),
        sa.Column("copy_size", NUMBER, comment="bytes"),
        sa.Column("copy_sha256", sa.String(64)),
    )


def upgrade() -> None:
    # There was no scanner before, so nothing was ever found; a label without a finding would break the new rule.
    op.execute("UPDATE evidence SET scan_state = 'failed' WHERE scan_state = 'infected'")
    with op.batch_alter_table("evidence") as batch_op:
        for column in _columns():
            batch_op.add_column(column)
    with op.batch_alter_table("evidence") as batch_op:
        batch_op.alter_column("copy_state", existing_type=sa.String(32), server_default=None)
        batch_op.create_unique_constraint(op.f("uq_evidence_copy_key"), ["copy_key"])
        for name, rule in CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_evidence_{name}"), sa.text(rule))
    op.create_index(
        "ix_evidence_to_examine", "evidence", ["id"], sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
    )


def downgrade() -> None:
    op.drop_index(
        "ix_evidence_to_examine", table_name="evidence", sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
    )
    with op.batch_alter_table("evidence") as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(f"ck_evidence_{name}"), type_="check")
        batch_op.drop_constraint(op.f("uq_evidence_copy_key"), type_="unique")
    with op.batch_alter_table("evidence") as batch_op:
        for column in reversed(_columns()):
            batch_op.drop_column(column.name)
