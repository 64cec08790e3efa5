"""Files that came with a letter; the reply as PDF, and the link by which it is taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLE, LETTERS = "incoming_letter_files", "incoming_letters"
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
LETTER_CHECKS = {
    "pdf_is_whole": "(pdf_key IS NULL) = (pdf_sha256 IS NULL) AND (pdf_key IS NULL) = (pdf_size IS NULL)"
    " AND (pdf_key IS NULL OR issued_at IS NOT NULL)",
    "link_is_whole": "(handle IS NULL) = (link_expires_at IS NULL)"
    " AND (handle IS NULL OR issued_at IS NOT NULL)",
}
NEW = ("pdf_key", "pdf_size", "pdf_sha256", "handle", "link_expires_at")
UNIQUE = ("pdf_key", "handle")
FROZEN = (
    *("unit_id", "from_unit_id", "kind", "their_number", "words", "received_on", "reply", "drafted_by_id"),
    *("series", "year", "number", "issued_by_id", "issued_at", "docx_key", "docx_size", "docx_sha256"),
)


def _freeze_again() -> None:
    """SQLite makes the table anew, and its trigger goes with the old one."""
    if op.get_bind().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{one} IS NOT OLD.{one}" for one in FROZEN)
        op.execute(
            "CREATE TRIGGER incoming_letters_frozen BEFORE UPDATE ON incoming_letters"
            f" WHEN OLD.issued_at IS NOT NULL AND ({changed})"
            " BEGIN SELECT RAISE(ABORT, 'an answered letter never changes'); END"
        )


def _extend_letters() -> None:
    with op.batch_alter_table(LETTERS) as batch_op:
        batch_op.add_column(sa.Column("pdf_key", sa.String(64)))
        batch_op.add_column(sa.Column("pdf_size", NUMBER, comment="bytes"))
        batch_op.add_column(sa.Column("pdf_sha256", sa.String(64)))
        batch_op.add_column(sa.Column("handle", sa.String(16), comment="which link opens the reply"))
        batch_op.add_column(sa.Column("link_expires_at", MOMENT))
        for name in UNIQUE:
            batch_op.create_unique_constraint(op.f(f"uq_{LETTERS}_{name}"), [name])
        for name, rule in LETTER_CHECKS.items():
            batch_op.create_check_constraint(op.f(f"ck_{LETTERS}_{name}"), rule)
    _freeze_again()


def upgrade() -> None:
    _extend_letters()
    op.create_table(
        TABLE,
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column(
            "letter_id",
            NUMBER,
            sa.ForeignKey("incoming_letters.id", name=op.f(f"fk_{TABLE}_letter_id_incoming_letters")),
            nullable=False,
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
        sa.Column("received_at", MOMENT, nullable=False),
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
    op.create_index(op.f(f"ix_{TABLE}_letter_id"), TABLE, ["letter_id"])
    op.create_index(
        f"ix_{TABLE}_to_examine", TABLE, ["id"], sqlite_where=TO_EXAMINE, postgresql_where=TO_EXAMINE
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    with op.batch_alter_table(LETTERS) as batch_op:
        for name in LETTER_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_{LETTERS}_{name}"), type_="check")
        for name in UNIQUE:
            batch_op.drop_constraint(op.f(f"uq_{LETTERS}_{name}"), type_="unique")
        for column in NEW:
            batch_op.drop_column(column)
    _freeze_again()
