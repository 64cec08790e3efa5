"""The verbs of a file that comes in pieces: announce it, add to it, make it evidence, give it up."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from typing import BinaryIO, cast

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.errors import Conflict, NotFound
from models.filings.evidence import Allowance, attach, delete_later, refuse_size, shown_name
from models.filings.tables import Evidence
from models.filings.upload_tables import Upload, UploadPiece
from models.ports import FileStore

KEEP_OPEN = dt.timedelta(days=3)  # after the last piece
_CHUNK = 1024 * 1024


def begin_upload(
    session: Session, *, token: str, file_name: str, size: int, allowance: Allowance, now: dt.datetime
) -> Upload:
    """Announces a file of `size` bytes under a submission token.

    Raises `FileRefused` when it could not be taken in the end. Whoever has more files on the way than a filing may
    carry gives up the oldest of them: it was begun and forgotten.
    """
    name = shown_name(file_name)
    refuse_size(session, token=token, name=name, size=size, allowance=allowance)
    mine = select(Upload).where(Upload.submission_token == token).order_by(Upload.id.desc())
    for forgotten in session.scalars(mine.offset(allowance.files - 1)):
        drop_upload(session, upload=forgotten, now=now)
    upload = Upload(
        address=secrets.token_urlsafe(32),
        submission_token=token,
        file_name=name,
        size=size,
        received=0,
        expires_at=now + KEEP_OPEN,
    )
    session.add(upload)
    session.flush()
    return upload


def upload_at(session: Session, *, token: str, address: str, now: dt.datetime) -> Upload:
    """The upload of that address, if it lies under this token and has not expired; `NotFound` otherwise."""
    mine = (Upload.address == address, Upload.submission_token == token, Upload.expires_at > now)
    upload = session.scalar(select(Upload).where(*mine))
    if upload is None:
        raise NotFound("没有找到这次上传，可能已经过期或完成，请重新选择文件。")
    return upload


def is_under_way(session: Session, *, token: str, now: dt.datetime) -> bool:
    """Whether a file is still on its way under this token."""
    mine = (Upload.submission_token == token, Upload.expires_at > now)
    return session.scalar(select(Upload.id).where(*mine).limit(1)) is not None


def add_piece(
    session: Session, *, upload: Upload, place: int, piece: BinaryIO, store: FileStore, now: dt.datetime
) -> None:
    """Adds what follows byte `place`. Raises `Conflict` when that is not where the file ends so far.

    Of two who add at the same place one is refused; what the other stored is swept as nobody's.
    """
    if place != upload.received:
        raise Conflict("上传的位置与服务器不一致，请从服务器给出的位置继续。")
    stored = store.save(piece, limit=upload.size - place)
    if not stored.size:
        store.delete(stored.key)
        return
    mine = (Upload.id == upload.id, Upload.received == place)
    grown = {"received": place + stored.size, "expires_at": now + KEEP_OPEN}
    if not session.execute(update(Upload).where(*mine).values(grown)).rowcount:  # type: ignore[attr-defined]
        store.delete(stored.key)
        raise Conflict("这个文件正在另一个窗口上传。")
    session.add(UploadPiece(upload_id=upload.id, place=place, size=stored.size, store_key=stored.key))
    session.flush()
    session.refresh(upload)


def finish_upload(
    session: Session, *, upload: Upload, allowance: Allowance, store: FileStore, now: dt.datetime
) -> Evidence:
    """Makes evidence of a file that is whole. Raises `FileRefused` as `attach` does; the upload ends either way."""
    token, name = upload.submission_token, upload.file_name
    with tempfile.TemporaryFile() as whole:
        for piece in upload.pieces:
            with store.open(piece.store_key) as part:
                while chunk := part.read(_CHUNK):
                    whole.write(chunk)
        whole.seek(0)
        drop_upload(session, upload=upload, now=now)
        return attach(
            session,
            token=token,
            stream=cast(BinaryIO, whole),
            file_name=name,
            allowance=allowance,
            store=store,
            now=now,
        )


def drop_upload(session: Session, *, upload: Upload, now: dt.datetime) -> None:
    """Gives an upload up; its pieces are deleted after commit."""
    for piece in upload.pieces:
        delete_later(session, piece.store_key, now)
    session.delete(upload)
    session.flush()


def drop_expired_uploads(session: Session, now: dt.datetime) -> int:
    """Gives up what nobody has added to for three days; returns how many."""
    left = list(session.scalars(select(Upload).where(Upload.expires_at <= now).limit(200)))
    for upload in left:
        drop_upload(session, upload=upload, now=now)
    return len(left)
