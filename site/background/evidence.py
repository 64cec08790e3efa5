"""Examining what was filed: the scanner first, then the sanitised copy. Done twice, it changes nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from background.work import Work
from models.filings.evidence import delete_later
from models.filings.examination import note_copy, note_no_copy, note_verdict, queue_unexamined
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
        evidence = _loaded(work.payload["evidence_id"])
        if evidence is None:
            continue
        unavailable = _scan(evidence)
        _copy(evidence.id)
        if unavailable is not None:
            raise unavailable


def look_for_unexamined(session: Session, now: dt.datetime) -> int:
    """Queues what was filed before there was a scanner, or before copies were made; returns how many."""
    return queue_unexamined(session, now=now, has_scanner=bool(services().config.clamd))


def _loaded(number: int) -> Evidence | None:
    """The row as it is now, not bound to a transaction: what follows takes long."""
    with database().reading() as session:
        evidence = session.get(Evidence, number)
        if evidence is not None:
            session.expunge(evidence)
        return evidence


def _scan(evidence: Evidence) -> ScannerUnavailable | None:
    if evidence.scan_state in SCANNED:
        return None
    try:
        with services().files.open(evidence.store_key) as stream:
            verdict = services().scanner.scan(stream)
    except ScannerUnavailable as error:
        _note(evidence, ScanVerdict(ScanState.FAILED))
        return error
    _note(evidence, verdict)
    return None


def _note(evidence: Evidence, verdict: ScanVerdict) -> None:
    if verdict.state is evidence.scan_state:
        return
    with database().writing() as session:
        now = session.get(Evidence, evidence.id)
        if now is not None:
            note_verdict(session, evidence=now, verdict=verdict, now=now_utc())
            session.commit()


def _copy(number: int) -> None:
    evidence = _loaded(number)  # again: the scanner may have said that there is to be no copy
    if evidence is None or evidence.copy_state is not CopyState.PENDING:
        return
    store = services().files
    try:
        with (
            store.open(evidence.store_key) as original,
            services().sanitiser.copy_of(original, evidence.media_type) as copy,
        ):
            stored, media_type = store.save(copy.stream, limit=LARGEST_COPY), copy.media_type
    except NoCleanCopy as refused:
        with database().writing() as session:
            now = session.get(Evidence, number)
            if now is not None and now.copy_state is CopyState.PENDING:
                note_no_copy(session, evidence=now, obstacle=refused.obstacle, now=now_utc())
                session.commit()
    else:
        _keep(number, stored, media_type)


def _keep(number: int, stored: StoredFile, media_type: str) -> None:
    """Another worker may have been quicker, or the file is gone: then this copy is one too many."""
    with database().writing() as session:
        now = session.get(Evidence, number, with_for_update=True)
        if now is not None and now.copy_state is CopyState.PENDING:
            note_copy(session, evidence=now, stored=stored, media_type=media_type, now=now_utc())
        else:
            delete_later(session, stored.key, now_utc())
        session.commit()
