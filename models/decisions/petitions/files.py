"""Files that come with a petition: licence, power of attorney, proof of payment. For those who handle it, never public."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from sqlalchemy.orm import Session

from models.decisions.noting import note
from models.decisions.petitions.tables import Petition, PetitionFile
from models.errors import Conflict, NotFound
from models.filings.evidence import Allowance, keep_file
from models.filings.examination import queue_examination
from models.ledger.operations import Acts
from models.ports import FileStore

MOST_FILES = 10


def attach_to_petition(
    session: Session, petition: Petition, *, stream: BinaryIO, file_name: str, allowance: Allowance, store: FileStore,
    actor: Acts, now: dt.datetime,
) -> PetitionFile:  # fmt: skip
    """Takes a file in, untouched, and has it scanned and copied. Raises `FileRefused`, naming it; Conflict once answered."""
    if not petition.is_open:
        raise Conflict("这份申请已经答复过。")
    kept = keep_file(
        stream=stream,
        file_name=file_name,
        count=len(petition.files),
        total=sum(file.size for file in petition.files),
        allowance=Allowance(allowance.file_bytes, allowance.filing_bytes, MOST_FILES),
        store=store,
    )
    made = PetitionFile(**kept.columns(now))
    petition.files.append(made)
    session.flush()
    queue_examination(session, [made], now=now)
    note(session, petition.decision, "petition_file", actor, now, {"id": petition.id, "sha256": made.sha256})
    return made


def file_of_petition(petition: Petition, file_id: int) -> PetitionFile:
    """One of its files; NotFound for any other."""
    found = next((file for file in petition.files if file.id == file_id), None)
    if found is None:
        raise NotFound("没有找到这个文件。")
    return found
