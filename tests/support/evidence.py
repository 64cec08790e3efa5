"""Files that were filed, for tests of what becomes of them."""

from __future__ import annotations

import io

from sqlalchemy import select
from sqlalchemy.orm import Session

from background.evidence import examine
from background.work import Work
from models.cases.tables import Case
from models.filings.examination import EXAMINE
from models.filings.tables import Evidence
from models.outbox import OutboxRow
from shared.services import services
from tests.support.cases import OPENED


def filed(session: Session, case: Case, content: bytes, media_type: str, name: str = "现场.jpg") -> Evidence:
    """A file of the case's filing, with its content in the store of the present app."""
    stored = services().files.save(io.BytesIO(content), limit=len(content))
    evidence = Evidence(
        filing_id=case.filing_id,
        file_name=name,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        store_key=stored.key,
        received_at=OPENED,
    )
    session.add(evidence)
    session.commit()
    return evidence


def examine_queued(session: Session) -> int:
    """Does what the worker would do with every file that waits to be examined; returns how many there were."""
    wanted = select(OutboxRow).where(OutboxRow.kind == EXAMINE, OutboxRow.done_at.is_(None))
    works = [Work(row.kind, row.key, row.payload) for row in session.scalars(wanted)]
    session.commit()
    examine(works)
    session.expire_all()
    return len(works)
