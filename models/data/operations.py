"""Verbs on files for download: kept when made, dropped when their time is over."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from models.data.queries import Days, data_file
from models.data.tables import DataFile
from models.filings.evidence import delete_later
from models.ledger.operations import Acts, record
from models.ports import StoredFile


def keep_file(
    session: Session,
    *,
    name: str,
    stored: StoredFile,
    rows: int,
    days: Days,
    ended_seen: int,
    good_until_on: dt.date | None,
    actor: Acts,
    now: dt.datetime,
) -> DataFile:
    """Puts a file that was made in the place of the one before; what it has fewer rows was no longer public."""
    known = data_file(session, name)
    if known is None:
        known = DataFile(name=name, first_made_at=now, removed=0, rows=rows)
        session.add(known)
    else:
        delete_later(session, known.store_key, now)
    known.removed += max(0, known.rows - rows)
    known.store_key, known.size, known.sha256 = stored.key, stored.size, stored.sha256
    known.rows, known.made_at = rows, now
    known.covers_from, known.covers_to = days
    known.ended_seen, known.good_until_on = ended_seen, good_until_on
    session.flush()
    record(session, act="data.file", subject=known, actor=actor, now=now, data={"rows": rows})
    return known


def drop_file(session: Session, file: DataFile, *, actor: Acts, now: dt.datetime) -> None:
    """Takes a file away for good: its days are over, or nothing of it is public any more."""
    record(session, act="data.drop", subject=file, actor=actor, now=now)
    delete_later(session, file.store_key, now)
    session.delete(file)
