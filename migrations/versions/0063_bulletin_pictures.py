"""Pictures of typical cases and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "bulletin_pictures"
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


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "bulletin_id",
            NUMBER,
            sa.ForeignKey("bulletins.id", name=op.f(f"fk_{TABLE}_bulletin_id_bulletins")),
            nullable=False,
        ),
        sa.Column(
            "words", sa.String(200), nullable=False, comment="what it shows, for whoever does not see it"
        ),
        sa.Column(
            "file_name",
            sa.String(255),
            nullable=False,
            comment="as given, without folders and control characters",
        ),
        sa.Column("media_type", sa.String(100), nullable=False, comment="by content"),
        sa.Column("size", NUMBER, nullable=False, comment="bytes"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("store_key", sa.String(64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scan_state", sa.String(32), nullable=False),
        sa.Column("scan_finding", sa.String(200), comment="the scanner's name for what it found"),
        sa.Column("copy_state", sa.String(32), nullable=False),
        sa.Column("copy_obstacle", sa.String(32)),
        sa.Column("copy_key", sa.String(64), comment="where the store has the copy"),
        sa.Column("copy_media_type", sa.String(100)),
        sa.Column("copy_size", NUMBER, comment="bytes"),
        sa.Column("copy_sha256", sa.String(64)),
        sa.UniqueConstraint("store_key", name=op.f(f"uq_{TABLE}_store_key")),
        sa.UniqueConstraint("copy_key", name=op.f(f"uq_{TABLE}_copy_key")),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{TABLE}_{name}")) for name, rule in CHECKS.items()),
    )
    op.create_index(op.f(f"ix_{TABLE}_bulletin_id"), TABLE, ["bulletin_id"])
    op.create_index(
        f"ix_{TABLE}_to_examine", TABLE, ["id"], sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
    )


def downgrade() -> None:
    op.drop_table(TABLE)
