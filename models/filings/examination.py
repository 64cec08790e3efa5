"""After a file was handed in: the scanner's verdict and the sanitised copy. Both are labels beside the original, which stays.

The work is done outside a transaction (opening a stranger's file can take minutes); these verbs note what came of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import outbox
from models.filings.evidence import delete_later
from models.filings.examined import Examined, examined_tables
from models.filings.kinds import CopyObstacle, CopyState, ScanState
from models.filings.tables import Evidence
from models.ledger import record
from models.people.actors import WORKER
from models.ports import ScanVerdict, StoredFile

EXAMINE = "examine-evidence"
# How long after filing a file that was not examined is asked for again: its work was queued then, and is at it or failed.
LOOK_AGAIN_AFTER = dt.timedelta(hours=1)
_AT_ONCE = 500
_LONGEST_FINDING = 200


def queue_examination(
    session: Session, files: Iterable[Examined], *, now: dt.datetime, again: str = ""
) -> None:
    """Has the worker scan these files and make their copies. `again` names another round for files that had one."""
    work = [
        outbox.Queued(
            kind=EXAMINE,
            key=f"{EXAMINE}:{file.__tablename__}:{file.id}{again}",
            payload={"table": file.__tablename__, "file_id": file.id},
        )
        for file in files
    ]
    outbox.put_all(session, work, now=now)


def queue_unexamined(session: Session, *, now: dt.datetime, has_scanner: bool) -> int:
    """Queues what was handed in and never examined: before there was a scanner, or before copies were made.

    A file has one such round a day, so that one which fails again and again does not keep the worker busy.
    """
    left: list[Examined] = []
    for kind in examined_tables().values():
        wanted = [kind.copy_state == CopyState.PENDING]
        if has_scanner:
            wanted.append(kind.scan_state.in_([ScanState.NOT_SCANNED, ScanState.FAILED]))
        old = [kind.received_at <= now - LOOK_AGAIN_AFTER]
        if kind is Evidence:
            old.append(Evidence.filing_id.is_not(None))
        left += session.scalars(select(kind).where(*old, or_(*wanted)).limit(_AT_ONCE))
    queue_examination(session, left, now=now, again=f":{now:%Y-%m-%d}")
    return len(left)


def note_verdict(session: Session, *, file: Examined, verdict: ScanVerdict, now: dt.datetime) -> None:
    """Keeps what the scanner said. Malware that is found later than the copy was made takes the copy away."""
    is_infected, copy_key = verdict.state is ScanState.INFECTED, file.copy_key
    file.scan_state = verdict.state
    file.scan_finding = (verdict.finding or "?")[:_LONGEST_FINDING] if is_infected else None
    if is_infected:
        _set_copy(file, None, "", CopyObstacle.INFECTED)
        if copy_key:
            delete_later(session, copy_key, now)
    data = {"evidence": file.id, "scan": verdict.state.value}
    record(session, act="scan_evidence", subject=file.ledger_subject, actor=WORKER, now=now, data=data)


def note_copy(
    session: Session, *, file: Examined, stored: StoredFile, media_type: str, now: dt.datetime
) -> None:
    """Keeps where the sanitised copy lies."""
    _set_copy(file, stored, media_type, None)
    data = {"evidence": file.id, "sha256": file.sha256, "copy_sha256": stored.sha256}
    record(session, act="copy_evidence", subject=file.ledger_subject, actor=WORKER, now=now, data=data)


def note_no_copy(session: Session, *, file: Examined, obstacle: CopyObstacle, now: dt.datetime) -> None:
    """Keeps that there is no copy, and why."""
    _set_copy(file, None, "", obstacle)
    data = {"evidence": file.id, "obstacle": obstacle.value}
    record(session, act="copy_evidence", subject=file.ledger_subject, actor=WORKER, now=now, data=data)


def _set_copy(
    file: Examined, stored: StoredFile | None, media_type: str, obstacle: CopyObstacle | None
) -> None:
    file.copy_state = CopyState.MADE if stored else CopyState.IMPOSSIBLE
    file.copy_obstacle = obstacle
    file.copy_key = stored.key if stored else None
    file.copy_media_type = media_type if stored else None
    file.copy_size = stored.size if stored else None
    file.copy_sha256 = stored.sha256 if stored else None
