"""What a case is found by: a folded text a case, with an index of neighbouring signs. `db upgrade` fills it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FUNCTION = (
    "CREATE OR REPLACE FUNCTION text_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS "
    "$$ SELECT array_agg(DISTINCT substr(words, n, 2)) FROM generate_series(1, length(words) - 1) AS n $$"
)


def upgrade() -> None:
    op.create_table(
        "case_texts",
        sa.Column("case_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_texts_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_texts")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE case_pairs USING fts5(pairs, content='', tokenize='ascii')")
    else:
        op.execute(FUNCTION)
        op.execute("CREATE INDEX ix_case_texts_pairs ON case_texts USING gin (text_pairs(words))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE case_pairs")
    op.drop_table("case_texts")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION text_pairs(text)")
