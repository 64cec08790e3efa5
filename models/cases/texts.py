"""What a case is found by: its matter as it was filed, folded, one text a case. Nothing of the filer's identity is in it.

Any two neighbouring signs are looked up in an index – full text with positions on SQLite, an array of pairs under GIN on
PostgreSQL – so that every part of the text of two signs or more is found exactly; see decision record 0009. A filing is
never changed afterwards, so a row is written once. Folding is the caller's: the domain knows nothing of search.
"""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from sqlalchemy import (
    ARRAY,
    DDL,
    ColumnElement,
    ForeignKey,
    Table,
    Text,
    column,
    delete,
    event,
    func,
    insert,
    literal,
    select,
    table,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.cases.tables import Case
from models.types import BigId

PAIR = 2
_ROWS_AT_ONCE = 1_000


class CaseText(Base):
    """The folded text of a case, its parts on lines of their own."""

    __tablename__ = "case_texts"

    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text)


_TEXTS = cast(Table, CaseText.__table__)
_PAIRS = table("case_pairs", column("rowid"), column("pairs"))

_DDL = {
    "sqlite": ("CREATE VIRTUAL TABLE case_pairs USING fts5(pairs, content='', tokenize='ascii')",),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION text_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS "
        "$$ SELECT array_agg(DISTINCT substr(words, n, 2)) FROM generate_series(1, length(words) - 1) AS n $$",
        "CREATE INDEX ix_case_texts_pairs ON case_texts USING gin (text_pairs(words))",
    ),
}
for _dialect, _statements in _DDL.items():
    for _statement in _statements:
        _ddl = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(_TEXTS, "after_create", _ddl)


def keep(session: Session, texts: dict[int, str]) -> None:
    """Writes the folded texts of cases that have none yet, by case number."""
    if not texts:
        return
    session.execute(
        insert(CaseText), [{"case_id": number, "words": words} for number, words in texts.items()]
    )
    if _is_sqlite(session):
        rows = [{"rowid": number, "pairs": _as_pairs(words)} for number, words in texts.items()]
        session.execute(insert(_PAIRS), rows)


def forget(session: Session, case_id: int) -> None:
    """Takes the text of a case out of the table and the index."""
    words = session.scalar(select(CaseText.words).where(CaseText.case_id == case_id))
    if words is None:
        return
    if _is_sqlite(session):  # an index that keeps no content has to be told what it is to forget
        session.execute(
            sql("INSERT INTO case_pairs(case_pairs, rowid, pairs) VALUES ('delete', :case_id, :pairs)"),
            {"case_id": case_id, "pairs": _as_pairs(words)},
        )
    session.execute(delete(CaseText).where(CaseText.case_id == case_id))


def pair_again(session: Session) -> None:
    """Makes the index of SQLite anew from the texts; PostgreSQL keeps its own. For a database that was brought back."""
    if not _is_sqlite(session):
        return
    session.execute(sql("INSERT INTO case_pairs(case_pairs) VALUES ('delete-all')"))
    texts = session.execute(select(CaseText.case_id, CaseText.words).order_by(CaseText.case_id))
    for some in texts.partitions(_ROWS_AT_ONCE):
        session.execute(
            insert(_PAIRS), [{"rowid": number, "pairs": _as_pairs(words)} for number, words in some]
        )


def holds(session: Session, folded: str) -> ColumnElement[bool]:
    """SQL: the text of the case holds this folded text of two signs or more."""
    if _is_sqlite(session):
        found = sql("SELECT rowid FROM case_pairs WHERE case_pairs MATCH :phrase").bindparams(
            phrase=f'"{_as_pairs(folded)}"'
        )
        return Case.id.in_(found.columns(column("rowid", BigId)))
    pairs = sorted({folded[at : at + PAIR] for at in range(len(folded) - 1)})
    has_pairs = func.text_pairs(CaseText.words).op("@>")(literal(pairs, ARRAY(Text)))
    return Case.id.in_(select(CaseText.case_id).where(has_pairs, func.strpos(CaseText.words, folded) > 0))


def _as_pairs(words: str) -> str:
    """Neighbouring signs as hexadecimal words, which every tokenizer leaves whole."""
    return " ".join(f"{ord(one):06x}{ord(other):06x}" for one, other in pairwise(words))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
