"""Files that were filed, for tests of what becomes of them."""

from __future__ import annotations

import io

from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.filings.tables import Evidence
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
