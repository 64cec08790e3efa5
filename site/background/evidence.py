"""Examining what was handed in: the scanner first, then the sanitised copy. Done twice, it changes nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from background.work import Work
from models.filings.evidence import delete_later
from models.filings.examination import note_copy, note_no_copy, note_verdict, queue_unexamined
from models.filings.examined import Examined, examined_tables
from models.filings.kinds import CopyState, ScanState
from models.filings.tables import Evidence
from models.ports import NoCleanCopy, ScannerUnavailable, ScanVerdict, StoredFile
from models.types import now_utc
from shared.database import database
from shared.services import services

SCANNED = frozenset({ScanState.CLEAN, ScanState.INFECTED})
LARGEST_COPY = 1024 * 1024 * 1024


def examine(works: Sequence[Work]) -> None:
    """Scans each file and makes its copy. A scanner that does not answer is tried again; the copy does not wait for it."""
    for work in works:
        # work from before other tables kept such files names none
        kind = examined_tables()[work.payload.get("table", Evidence.__tablename__)]
        number = int(work.payload.get("file_id") or work.payload["evidence_id"])
        file = _loaded(kind, number)
        if file is None:
            continue
        unavailable = _scan(file)
        _copy(kind, number)
        if unavailable is not None:
            raise unavailable


def look_for_unexamined(session: Session, now: dt.datetime) -> int:
    """Queues what was handed in before there was a scanner, or before copies were made; returns how many."""
    return queue_unexamined(session, now=now, has_scanner=bool(services().config.clamd))


def _loaded(kind: type[Examined], number: int) -> Examined | None:
    """The row as it is now, not bound to a transaction: what follows takes long."""
    with database().reading() as session:
        file = session.get(kind, number)
        if file is not None:
            session.expunge(file)
        return file


def _scan(file: Examined) -> ScannerUnavailable | None:
    if file.scan_state in SCANNED:
        return None
    try:
        with services().files.open(file.store_key) as stream:
            verdict = services().scanner.scan(stream)
    except ScannerUnavailable as error:
        _note(file, ScanVerdict(ScanState.FAILED))
        return error
    _note(file, verdict)
    return None


def _note(file: Examined, verdict: ScanVerdict) -> None:
    if verdict.state is file.scan_state:
        return
    with database().writing() as session:
        now = session.get(type(file), file.id)
        if now is not None:
            note_verdict(session, file=now, verdict=verdict, now=now_utc())
            session.commit()


def _copy(kind: type[Examined], number: int) -> None:
    file = _loaded(kind, number)  # again: the scanner may have said that there is to be no copy
    if file is None or file.copy_state is not CopyState.PENDING:
        return
    store = services().files
    try:
        with (
            store.open(file.store_key) as original,
            services().sanitiser.copy_of(original, file.media_type) as copy,
        ):
            stored, media_type = store.save(copy.stream, limit=LARGEST_COPY), copy.media_type
    except NoCleanCopy as refused:
        with database().writing() as session:
            now = session.get(kind, number)
            if now is not None and now.copy_state is CopyState.PENDING:
                note_no_copy(session, file=now, obstacle=refused.obstacle, now=now_utc())
                session.commit()
    else:
        _keep(kind, number, stored, media_type)


def _keep(kind: type[Examined], number: int, stored: StoredFile, media_type: str) -> None:
    """Another worker may have been quicker, or the file is gone: then this copy is one too many."""
    with database().writing() as session:
        now = session.get(kind, number, with_for_update=True)
        if now is not None and now.copy_state is CopyState.PENDING:
            note_copy(session, file=now, stored=stored, media_type=media_type, now=now_utc())
        else:
            delete_later(session, stored.key, now_utc())
        session.commit()
