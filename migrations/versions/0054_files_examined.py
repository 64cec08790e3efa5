"""Proofs of rights and a named company's files are scanned and copied as evidence is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("proofs", "statement_files")
SCANS = ("not_scanned", "clean", "infected", "failed")
COPIES = ("pending", "made", "impossible")
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
    "scanstate": f"scan_state IN {SCANS}",
    "copystate": f"copy_state IN {COPIES}",
    "copyobstacle": f"copy_obstacle IN {OBSTACLES}",
    "is_not_empty": "size > 0",
    "finding_is_named": "(scan_state = 'infected') = (scan_finding IS NOT NULL)",
    "obstacle_is_named": "(copy_state = 'impossible') = (copy_obstacle IS NOT NULL)",
    "copy_is_whole": "(copy_state = 'made') = (copy_key IS NOT NULL AND copy_media_type IS NOT NULL "
    "AND copy_size IS NOT NULL AND copy_sha256 IS NOT NULL)",
    "infected_has_no_copy": "scan_state <> 'infected' OR copy_state <> 'made'",
}
TO_EXAMINE = sa.text("copy_state = 'pending' OR scan_state IN ('not_scanned', 'failed')")


def _columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("scan_state", sa.String(32), nullable=False, server_default="not_scanned"),
        sa.Column("scan_finding", sa.String(200), comment="the scanner's name for what it found"),
        sa.Column("copy_state", sa.String(32), nullable=False, server_default="pending"),
        sa.Column("copy_obstacle", sa.String(32)),
        sa.Column("copy_key", sa.String(64), comment="where the store has the copy"),
        sa.Column("copy_media_type", sa.String(100)),
        sa.Column("copy_size", NUMBER, comment="bytes"),
        sa.Column("copy_sha256", sa.String(64)),
    )


def upgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            for column in _columns():
                batch_op.add_column(column)
        with op.batch_alter_table(table) as batch_op:
            for name in ("scan_state", "copy_state"):
                batch_op.alter_column(name, existing_type=sa.String(32), server_default=None)
            batch_op.alter_column(
                "file_name",
                existing_type=sa.String(255),
                existing_nullable=False,
                comment="as given, without folders and control characters",
            )
            batch_op.create_unique_constraint(op.f(f"uq_{table}_copy_key"), ["copy_key"])
            for name, rule in CHECKS.items():
                batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(rule))
        op.create_index(
            f"ix_{table}_to_examine", table, ["id"], sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_index(
            f"ix_{table}_to_examine", table_name=table, sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
        )
        with op.batch_alter_table(table) as batch_op:
            for name in CHECKS:
                batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            batch_op.drop_constraint(op.f(f"uq_{table}_copy_key"), type_="unique")
            batch_op.alter_column(
                "file_name", existing_type=sa.String(255), existing_nullable=False, comment=None
            )
        with op.batch_alter_table(table) as batch_op:
            for column in reversed(_columns()):
                batch_op.drop_column(column.name)
