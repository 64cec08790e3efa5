"""Files that came with a letter: kept untouched, scanned and copied as evidence is, seen by those who answer it."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from sqlalchemy.orm import Session

from models.errors import ActRefused, NotFound
from models.filings.evidence import Allowance, keep_file
from models.filings.examination import queue_examination
from models.ledger import record
from models.letters.tables import IncomingLetter, LetterFile
from models.people.tables import Account
from models.ports import FileStore

MOST_FILES = 20


def attach_to_letter(
    session: Session,
    *,
    letter: IncomingLetter,
    stream: BinaryIO,
    file_name: str,
    allowance: Allowance,
    store: FileStore,
    actor: Account,
    now: dt.datetime,
) -> LetterFile:
    """Takes a file in and has it examined. Raises `FileRefused`, naming it; ActRefused once the letter is answered."""
    if letter.is_answered:
        raise ActRefused("这份来函已经函复，不能再改。")
    kept = keep_file(
        stream=stream,
        file_name=file_name,
        count=len(letter.files),
        total=sum(file.size for file in letter.files),
        allowance=Allowance(allowance.file_bytes, allowance.filing_bytes, MOST_FILES),
        store=store,
    )
    made = LetterFile(**kept.columns(now))
    letter.files.append(made)
    session.flush()
    queue_examination(session, [made], now=now)
    facts = {"file": made.id, "sha256": made.sha256}
    record(session, act="letter.attach", subject=letter, actor=actor, now=now, data=facts)
    return made


def file_of_letter(letter: IncomingLetter, file_id: int) -> LetterFile:
    """One of its files; NotFound for any other."""
    found = next((file for file in letter.files if file.id == file_id), None)
    if found is None:
        raise NotFound("没有找到这个文件。")
    return found
