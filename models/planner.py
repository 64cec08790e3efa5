"""What SQLite's planner knows of the tables. PostgreSQL looks by itself; SQLite guesses until it is told to look.

A guess may be far out: an index over seven states passes for sharper than twenty ids, and all published decisions are
read where twenty were asked for (2.0 ms instead of 0.04 at 20,000). So big tables are looked at every hour and after
each load. Small ones are left to the guess: "ten rows", once written down, would still be believed while an import
makes a hundred thousand of them.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

from models.base import Base

LEAST_ROWS = 1000
# Of each index as many entries as show how sharp it is: a thousand make one over seven states look sharp, a hundred thousand
# take a tenth of a second.
ENTRIES_LOOKED_AT = 100_000


def look_at_tables(session: Session, now: dt.datetime) -> int:  # noqa: ARG001 - every job is called so
    """Writes down how sharp the indexes of big tables are; returns of how many tables. On PostgreSQL nothing is done.

    Connections that are open now learn of it when they are renewed (`SQLITE_RENEWED_AFTER_SECONDS`).
    """
    if session.get_bind().dialect.name != "sqlite":
        return 0
    session.execute(text(f"PRAGMA analysis_limit = {ENTRIES_LOOKED_AT}"))
    big = [table.name for table in Base.metadata.sorted_tables if _is_big(session, table)]
    for name in big:
        session.execute(text(f"ANALYZE {name}"))
    return len(big)


def _is_big(session: Session, table: Table) -> bool:
    """Counts no further than needed."""
    some = select(text("1")).select_from(table).limit(LEAST_ROWS).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) >= LEAST_ROWS
