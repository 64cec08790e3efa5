"""Uploads that go on after a break: the tus protocol, version 1.0.0, with creation, checksum, termination, expiration.

The address of an upload works only for those who gather files under the same token: the session whose draft it is, or
the program whose filing it will be. See docs/decisions/0007.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from journey import drafts
from journey.surface import Surface
from journey.uploads import allowance
from models.errors import NotFound
from models.filings.errors import FileRefused
from models.filings.upload_tables import Upload
from models.filings.uploads import add_piece, begin_upload, drop_upload, finish_upload, upload_at
from models.types import now_utc
from shared.database import keep, session
from shared.errors import answer
from shared.services import services

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
ALGORITHMS = ("sha256", "sha1")
CHECKSUM_MISMATCH = 460
_IN_MEMORY = 1024 * 1024
_CHUNK = 256 * 1024
_LONGEST_METADATA = 4096


@dataclass(frozen=True)
class Shelf:
    """Where the files of one sending gather: its token, asked for when it is needed, and the view of one upload."""

    token: Callable[[], str]
    endpoint: str


def of_draft(surface: Surface) -> Shelf:
    """The files of the draft that is walked on `surface`."""
    return Shelf(lambda: _token(surface), f"{surface.blueprint}_uploads.one")


def capabilities() -> Response:
    """What this server can do."""
    return _tus(
        204,
        {
            "Tus-Version": VERSION,
            "Tus-Extension": "creation,checksum,termination,expiration",
            "Tus-Max-Size": str(allowance().file_bytes),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


def begin(shelf: Shelf) -> Response:
    """Announces a file; its address is in the answer."""
    if refused := _refused_version():
        return refused
    size = _figure("Upload-Length")
    if size is None:
        return _with_version(answer(400, _("缺少 Upload-Length：文件的字节数。")))
    try:
        upload = begin_upload(
            session,
            token=shelf.token(),
            file_name=_metadata().get("filename", ""),
            size=size,
            allowance=allowance(),
            now=now_utc(),
        )
    except FileRefused as error:
        status = 413 if size > allowance().file_bytes else 422
        return _with_version(answer(status, error.sentence))
    return _tus(201, {"Location": url_for(shelf.endpoint, address=upload.address), **_state(upload)})


def look(shelf: Shelf, address: str) -> Response:
    """How far it has come."""
    if refused := _refused_version():
        return refused
    upload = _upload(shelf, address)
    return _tus(200, {"Upload-Length": str(upload.size), "Cache-Control": "no-store", **_state(upload)})


def take(shelf: Shelf, address: str) -> Response:
    """A piece. The last one makes it evidence; when the file cannot be taken the answer says why."""
    if refused := _refused_version() or _refused_piece():
        return refused
    place = _figure("Upload-Offset")
    if place is None:
        return _with_version(answer(400, _("缺少 Upload-Offset：从第几个字节继续。")))
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as piece:
        # Read before the database is asked: nobody else should wait for somebody's slow line.
        if status := _receive(cast(BinaryIO, piece)):
            return _with_version(
                answer(status, _("这一段在路上损坏了，请重新发送。") if status == 460 else None)
            )
        upload = _upload(shelf, address)
        now, files = now_utc(), services().files
        add_piece(session, upload=upload, place=place, piece=cast(BinaryIO, piece), store=files, now=now)
    state = _state(upload)
    if upload.received == upload.size:
        try:
            finish_upload(session, upload=upload, allowance=allowance(), store=files, now=now)
        except FileRefused as error:
            keep()  # the upload is over, and its pieces go
            return _with_version(answer(422, error.sentence))
    return _tus(204, state)


def end(shelf: Shelf, address: str) -> Response:
    """Gives it up."""
    if refused := _refused_version():
        return refused
    drop_upload(session, upload=_upload(shelf, address), now=now_utc())
    return _tus(204, {})


def _token(surface: Surface) -> str:
    token = drafts.current(surface).token
    if token is None:
        raise NotFound(_("没有找到您填写的内容，请从头开始。"))
    return token


def _upload(shelf: Shelf, address: str) -> Upload:
    return upload_at(session, token=shelf.token(), address=address, now=now_utc())


def _receive(piece: BinaryIO) -> int:
    """Reads the body into `piece`; 0 when it is good. What came before the line broke is kept, if nobody vouches for
    the whole by a checksum."""
    name, _space, given = request.headers.get("Upload-Checksum", "").partition(" ")
    if name and name not in ALGORITHMS:
        return 400
    digest = hashlib.new(name or ALGORITHMS[0], usedforsecurity=False)
    try:
        while chunk := request.stream.read(_CHUNK):
            digest.update(chunk)
            piece.write(chunk)
    except ClientDisconnected:
        pass
    if name and base64.b64encode(digest.digest()).decode() != given.strip():
        return CHECKSUM_MISMATCH
    piece.seek(0)
    return 0


def _refused_version() -> Response | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    response = answer(412, _("请使用 tus 1.0.0 协议上传。"))
    response.headers["Tus-Version"] = VERSION
    return _with_version(response)


def _refused_piece() -> Response | None:
    return None if request.mimetype == PIECE else _with_version(answer(415))


def _figure(name: str) -> int | None:
    given = request.headers.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None


def _metadata() -> dict[str, str]:
    """`name base64, name base64`; what cannot be read is left out."""
    found = {}
    for pair in request.headers.get("Upload-Metadata", "")[:_LONGEST_METADATA].split(","):
        name, _space, given = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(given, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found


def _state(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received), "Upload-Expires": http_date(upload.expires_at)}


def _tus(status: int, headers: dict[str, str]) -> Response:
    return _with_version(Response(status=status, headers=headers))


def _with_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    return response
