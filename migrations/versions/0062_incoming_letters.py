"""Letters of other authorities that came in, each with its clock, and the numbered reply to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ISSUED = (
    "series IS NOT NULL AND year IS NOT NULL AND number IS NOT NULL AND issued_by_id IS NOT NULL"
    " AND docx_key IS NOT NULL AND docx_size IS NOT NULL AND docx_sha256 IS NOT NULL"
)
CHECKS = {
    "has_words": "length(words) > 0 AND length(their_number) > 0",
    "draft_is_whole": "(reply IS NULL) = (drafted_by_id IS NULL) AND (reply IS NULL) = (drafted_at IS NULL)",
    "issued_is_whole": f"issued_at IS NULL OR (reply IS NOT NULL AND {ISSUED})",
    "issued_by_another": "issued_by_id IS NULL OR issued_by_id <> drafted_by_id",
    "delivery_is_whole": "delivered_on IS NULL OR (issued_at IS NOT NULL AND delivery_way IS NOT NULL"
    " AND delivery_proof IS NOT NULL)",
}
FROZEN = (
    *("unit_id", "from_unit_id", "kind", "their_number", "words", "received_on", "reply", "drafted_by_id"),
    *("series", "year", "number", "issued_by_id", "issued_at", "docx_key", "docx_size", "docx_sha256"),
)


def _subjects(*, new: bool) -> None:
    """What a deadline may stand on, with letters or without them."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("deadlines")
    found = next(check["sqltext"] for check in checks if check["name"] == "ck_deadlines_subjectkind")
    kinds = [part for part in found.split("'")[1::2] if part != "letter"]
    listed = ", ".join(f"'{kind}'" for kind in [*kinds, *(("letter",) if new else ())])
    with op.batch_alter_table("deadlines") as batch_op:
        batch_op.drop_constraint(op.f("ck_deadlines_subjectkind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_deadlines_subjectkind"), f"subject_kind IN ({listed})")


def _freeze() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    sign = "IS DISTINCT FROM" if is_postgresql else "IS NOT"
    changed = " OR ".join(f"NEW.{one} {sign} OLD.{one}" for one in FROZEN)
    when = f"OLD.issued_at IS NOT NULL AND ({changed})"
    if is_postgresql:
        op.execute(
            "CREATE OR REPLACE FUNCTION incoming_letters_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'an answered letter never changes'; END $$"
        )
        op.execute(
            "CREATE TRIGGER incoming_letters_frozen BEFORE UPDATE ON incoming_letters FOR EACH ROW WHEN "
            f"({when}) EXECUTE FUNCTION incoming_letters_refuse()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER incoming_letters_frozen BEFORE UPDATE ON incoming_letters WHEN {when} "
            "BEGIN SELECT RAISE(ABORT, 'an answered letter never changes'); END"
        )


def upgrade() -> None:
    op.create_table(
        "incoming_letters",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("unit_id", BIG, nullable=False, comment="which answers"),
        sa.Column("from_unit_id", BIG, nullable=False, comment="the outside body"),
        sa.Column("kind", sa.String(40), nullable=False, comment="as in profiles/letters.toml"),
        sa.Column("their_number", sa.String(100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="what they ask"),
        sa.Column("received_on", sa.Date(), nullable=False, comment="in Beijing: day 0 of the clock"),
        sa.Column("registered_by_id", BIG, nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("reply", sa.Text()),
        sa.Column("drafted_by_id", BIG),
        sa.Column("drafted_at", MOMENT),
        sa.Column("remarks", sa.Text(), comment="why the draft was sent back, until the next one"),
        sa.Column("series", sa.String(60)),
        sa.Column("year", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("issued_by_id", BIG),
        sa.Column("issued_at", MOMENT),
        sa.Column("docx_key", sa.String(64)),
        sa.Column("docx_size", BIG, comment="bytes"),
        sa.Column("docx_sha256", sa.String(64)),
        sa.Column("delivered_on", sa.Date(), comment="in Beijing"),
        sa.Column("delivery_way", sa.String(32)),
        sa.Column("delivery_proof", sa.Text(), comment="number of the parcel, of the receipt"),
        *(
            sa.CheckConstraint(text, name=op.f(f"ck_incoming_letters_{name}"))
            for name, text in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_incoming_letters_{column}_{table}")
            )
            for column, table in (
                ("unit_id", "units"),
                ("from_unit_id", "units"),
                ("registered_by_id", "accounts"),
                ("drafted_by_id", "accounts"),
                ("issued_by_id", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_letters")),
        sa.UniqueConstraint(
            "from_unit_id", "their_number", name=op.f("uq_incoming_letters_from_unit_id_their_number")
        ),
        sa.UniqueConstraint("series", "year", "number", name=op.f("uq_incoming_letters_series_year_number")),
        sa.UniqueConstraint("docx_key", name=op.f("uq_incoming_letters_docx_key")),
    )
    op.create_index(op.f("ix_incoming_letters_unit_id"), "incoming_letters", ["unit_id"])
    _freeze()
    _subjects(new=True)


def downgrade() -> None:
    op.execute("DELETE FROM deadlines WHERE subject_kind = 'letter'")
    _subjects(new=False)
    op.drop_index(op.f("ix_incoming_letters_unit_id"), table_name="incoming_letters")
    op.drop_table("incoming_letters")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION incoming_letters_refuse()")
