"""The verbs of evidence: take a file in untouched, take it off again before sending, hand it out, forget what nobody sent."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models import outbox
from models.errors import Invalid, NotFound
from models.filings.errors import FileRefused, NoCopy
from models.filings.examined import Examined
from models.filings.file_types import media_type_of
from models.filings.tables import Draft, Evidence, Filing
from models.ledger import record
from models.ledger.operations import Acts
from models.ports import FileStore, FileTooLarge, StoredFile
from models.wording import said

DELETE_FILE = "delete_file"
KEEP_UNSENT = dt.timedelta(days=31)  # a day longer than the draft that it belongs to
_LONGEST_NAME = 255
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Allowance:
    """What one filing may carry: bytes of one file, bytes of all, number of files."""

    file_bytes: int
    filing_bytes: int
    files: int


@dataclass(frozen=True)
class Kept:
    """A file in the store that no row names yet."""

    name: str
    media_type: str
    stored: StoredFile

    def columns(self, now: dt.datetime) -> dict[str, Any]:
        """What every table of examined files has of a file that came in at `now`."""
        return {
            "file_name": self.name,
            "media_type": self.media_type,
            "size": self.stored.size,
            "sha256": self.stored.sha256,
            "store_key": self.stored.key,
            "received_at": now,
        }


def attach(
    session: Session,
    *,
    token: str,
    stream: BinaryIO,
    file_name: str,
    allowance: Allowance,
    store: FileStore,
    now: dt.datetime,
) -> Evidence:
    """Takes a file in under a submission token. The original is stored as it came, with its SHA-256.

    Raises `FileRefused`, naming the file, when it is of a refused type, empty, too big, or one too many.
    """
    count, total = _attached(session, token)
    kept = keep_file(
        stream=stream, file_name=file_name, count=count, total=total, allowance=allowance, store=store
    )
    evidence = evidence_of(kept, token=token, now=now)
    session.add(evidence)
    session.flush()
    return evidence


def keep_file(
    *, stream: BinaryIO, file_name: str, count: int, total: int, allowance: Allowance, store: FileStore
) -> Kept:
    """Puts a file into the store beside `count` others of `total` bytes; no row yet, and no transaction needed.

    Raises `FileRefused` as `attach` does. A file that gets no row is swept after a day.
    """
    name, room = shown_name(file_name), allowance.filing_bytes - total
    if count >= allowance.files:
        raise FileRefused(
            name, said("最多可以上传 %(files)s 个文件，请先移除不需要的。", files=allowance.files)
        )
    media_type = media_type_of(stream, name)
    try:
        stored = store.save(stream, limit=min(allowance.file_bytes, room))
    except FileTooLarge:
        raise FileRefused(name, _too_large(allowance, room)) from None
    return Kept(name, media_type, stored)


def evidence_of(kept: Kept, *, token: str, now: dt.datetime) -> Evidence:
    """The row, not added yet, of a file that lies in the store already."""
    return Evidence(submission_token=token, **kept.columns(now))


def refuse_size(session: Session, *, token: str, name: str, size: int, allowance: Allowance) -> None:
    """Raises `FileRefused` for a file that is empty, too big, or one too many, by what is announced of it."""
    count, total = _attached(session, token)
    room = allowance.filing_bytes - total
    if count >= allowance.files:
        raise FileRefused(
            name, said("最多可以上传 %(files)s 个文件，请先移除不需要的。", files=allowance.files)
        )
    if size <= 0:
        raise FileRefused(name, "这个文件是空的，请重新选择。")
    if size > min(allowance.file_bytes, room):
        raise FileRefused(name, _too_large(allowance, room))


def refuse_too_many(evidence: Sequence[Evidence], allowance: Allowance) -> None:
    """Raises `FileRefused` for the first file that is more than a filing may carry."""
    total = 0
    for count, file in enumerate(evidence, start=1):
        room, total = allowance.filing_bytes - total, total + file.size
        if count > allowance.files:
            raise FileRefused(
                file.file_name,
                said("最多可以上传 %(files)s 个文件，请先移除不需要的。", files=allowance.files),
            )
        if total > allowance.filing_bytes:
            raise FileRefused(file.file_name, _too_large(allowance, room))


def detach(session: Session, *, token: str, evidence_id: int, now: dt.datetime) -> None:
    """Takes a file off before sending; `NotFound` when it does not lie under this token."""
    mine = select(Evidence).where(Evidence.id == evidence_id, Evidence.submission_token == token)
    evidence = session.scalar(mine)
    if evidence is None:
        raise NotFound("没有找到这个文件，可能已经移除。")
    _remove(session, evidence, now)


def hand_out_copy(session: Session, *, file: Examined, actor: Acts, now: dt.datetime) -> None:
    """Notes in the ledger that `actor` was given the sanitised copy; the caller has asked for permission.

    Raises `NoCopy` while there is none.
    """
    if file.copy_key is None:
        raise NoCopy("这个文件没有净化副本，请说明后下载原件。")
    data = {"evidence": file.id, "copy_sha256": file.copy_sha256}
    subject = file.ledger_subject
    record(session, act="download_evidence_copy", subject=subject, actor=actor, now=now, data=data)


def hand_out(
    session: Session, *, file: Examined, actor: Acts, now: dt.datetime, knows_of_malware: bool = False
) -> None:
    """Notes in the ledger that `actor` was given the original; the caller has asked for permission.

    Raises `Invalid` for a file in which malware was found, unless `actor` has said to know it.
    """
    if file.is_infected and not knows_of_malware:
        told = "这个文件被查出病毒，请先勾选确认。"
        raise Invalid("这个文件被查出病毒，请先勾选确认。", {"knows_of_malware": told})
    data = {"evidence": file.id, "sha256": file.sha256, "infected": file.is_infected}
    record(session, act="download_evidence", subject=file.ledger_subject, actor=actor, now=now, data=data)


def forget_file(session: Session, file: Examined, now: dt.datetime) -> None:
    """Has the worker delete the original and its copy: a file must not be gone while its row still stands."""
    for key in filter(None, (file.store_key, file.copy_key)):
        delete_later(session, key, now)


def belongs_to(evidence: Evidence, filing: Filing) -> bool:
    """Whether it is evidence of `filing`, shared with what the same sending became, or a paper that came to its case."""
    if evidence.outside_reply_id is not None:
        return evidence.filing_id == filing.id
    return evidence.filing_id is not None and evidence.filing_id == filing.files_of_id


def drop_unsent_evidence(session: Session, now: dt.datetime) -> int:
    """Removes files whose filing was never sent and whose draft has ended; returns how many."""
    is_kept = exists().where(Draft.submission_token == Evidence.submission_token)
    old = (Evidence.submission_token.is_not(None), Evidence.received_at <= now - KEEP_UNSENT, ~is_kept)
    left = list(session.scalars(select(Evidence).where(*old).limit(500)))
    for evidence in left:
        _remove(session, evidence, now)
    return len(left)


def shown_name(given: str) -> str:
    """The name of a file without folders and without characters that steer a terminal or turn the line around."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(
        c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
    ).strip()
    return clean[-_LONGEST_NAME:] or "未命名"


def _attached(session: Session, token: str) -> tuple[int, int]:
    figures = select(func.count(), func.coalesce(func.sum(Evidence.size), 0))
    count, total = session.execute(figures.where(Evidence.submission_token == token)).one()
    return int(count), int(total)


def _too_large(allowance: Allowance, room: int) -> str:
    if room < allowance.file_bytes:
        most = allowance.filing_bytes // _MEGABYTE
        return said("全部文件合计不能超过 %(most)s MB，请先移除不需要的或压缩后再传。", most=most)
    most = allowance.file_bytes // _MEGABYTE
    return said("文件超过 %(most)s MB，请压缩或截取需要的部分后再传。", most=most)


def _remove(session: Session, evidence: Evidence, now: dt.datetime) -> None:
    forget_file(session, evidence, now)
    session.delete(evidence)


def delete_later(session: Session, key: str, now: dt.datetime) -> None:
    """Has the worker delete a file from the store, once this transaction is committed."""
    outbox.put(session, kind=DELETE_FILE, key=f"{DELETE_FILE}:{key}", payload={"store_key": key}, now=now)
