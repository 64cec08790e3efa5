"""Uploads that go on after a break, by the protocol; each belongs to one draft; what is whole becomes evidence."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.filings.tables import Evidence
from models.filings.upload_tables import Upload, UploadPiece
from models.filings.uploads import drop_expired_uploads
from models.outbox import OutboxRow
from models.people.tables import Unit
from models.types import now_utc
from tests.support.cases import an_office
from tests.support.documents import a_photo
from tests.support.filings import Walker

PHOTO = a_photo((300, 200))
TUS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def visitor(app: Flask, session: Session) -> FlaskClient:
    return _visitor(app, session)


def _visitor(app: Flask, session: Session) -> FlaskClient:
    """Somebody whose draft has come to the files."""
    if session.scalar(select(func.count()).select_from(Unit)) == 0:
        an_office(session)
        session.commit()
    client = app.test_client()
    Walker(client).to_check()
    return client


def _begin(
    client: FlaskClient, size: int = len(PHOTO), name: str = "现场.jpg", **headers: str
) -> TestResponse:
    encoded = base64.b64encode(name.encode()).decode()
    given = {**TUS, "Upload-Length": str(size), "Upload-Metadata": f"filename {encoded}", **headers}
    return client.post("/file/uploads", headers=given)


def _piece(client: FlaskClient, place: str, offset: int, content: bytes, **headers: str) -> TestResponse:
    given = {**TUS, "Upload-Offset": str(offset), **headers}
    kind = "application/offset+octet-stream"
    return client.patch(place, data=content, headers=given, content_type=kind)


def _offset(client: FlaskClient, place: str) -> int:
    return int(client.head(place, headers=TUS).headers["Upload-Offset"])


def test_a_file_in_pieces_becomes_evidence(visitor: FlaskClient, session: Session) -> None:
    begun = _begin(visitor)
    assert begun.status_code == 201
    place = begun.headers["Location"]
    assert _offset(visitor, place) == 0
    first = _piece(visitor, place, 0, PHOTO[:300])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "300")
    assert _offset(visitor, place) == 300, "as after a break or a restart: nothing of it is in the process"
    last = _piece(visitor, place, 300, PHOTO[300:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(PHOTO)))
    evidence = session.scalars(select(Evidence)).one()
    assert (evidence.file_name, evidence.media_type) == ("现场.jpg", "image/jpeg")
    assert evidence.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert visitor.head(place, headers=TUS).status_code == 404
    assert session.scalar(select(func.count()).select_from(UploadPiece)) == 0
    deletions = select(func.count()).where(OutboxRow.kind == "delete_file")
    assert session.scalar(deletions) == 2, "the pieces go after commit"
    assert "现场.jpg" in visitor.get("/file/evidence").get_data(as_text=True)


def test_what_the_server_can_do(visitor: FlaskClient) -> None:
    answer = visitor.options("/file/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,checksum,termination,expiration"
    assert int(answer.headers["Tus-Max-Size"]) > 0
    other = visitor.post("/file/uploads", headers={"Tus-Resumable": "0.2.2", "Upload-Length": "1"})
    assert (other.status_code, other.headers["Tus-Version"]) == (412, "1.0.0")


def test_a_piece_at_the_wrong_place_is_refused(visitor: FlaskClient) -> None:
    place = _begin(visitor).headers["Location"]
    _piece(visitor, place, 0, PHOTO[:100])
    assert _piece(visitor, place, 0, PHOTO[:100]).status_code == 409
    assert _piece(visitor, place, 200, PHOTO[200:]).status_code == 409
    assert _offset(visitor, place) == 100


@pytest.mark.parametrize(
    ("name", "is_right", "status"), [("sha256", True, 204), ("sha1", True, 204), ("sha1", False, 460)]
)
def test_a_piece_is_held_against_its_checksum(
    visitor: FlaskClient, name: str, is_right: bool, status: int
) -> None:
    place = _begin(visitor).headers["Location"]
    digest = base64.b64encode(hashlib.new(name, PHOTO[:100] if is_right else b"").digest()).decode()
    answer = _piece(visitor, place, 0, PHOTO[:100], **{"Upload-Checksum": f"{name} {digest}"})
    assert answer.status_code == status
    assert _offset(visitor, place) == (100 if is_right else 0)


@pytest.mark.parametrize(
    ("headers", "kind", "status"),
    [
        ({"Upload-Checksum": "md5 x"}, None, 400),
        ({"Upload-Offset": "-1"}, None, 400),
        ({"Upload-Offset": "x"}, None, 400),
        ({}, "image/jpeg", 415),
        ({"Tus-Resumable": ""}, None, 412),
    ],
)
def test_what_is_no_piece_is_refused(
    visitor: FlaskClient, headers: dict[str, str], kind: str | None, status: int
) -> None:
    place = _begin(visitor).headers["Location"]
    given = {**TUS, "Upload-Offset": "0", **headers}
    kind = kind or "application/offset+octet-stream"
    assert visitor.patch(place, data=b"x", headers=given, content_type=kind).status_code == status
    assert _offset(visitor, place) == 0


def test_a_line_that_breaks_leaves_what_came(visitor: FlaskClient) -> None:
    place = _begin(visitor).headers["Location"]
    visitor.patch(
        place,
        input_stream=io.BytesIO(PHOTO[:120]),
        content_length=500,
        headers={**TUS, "Upload-Offset": "0"},
        content_type="application/offset+octet-stream",
    )
    assert _offset(visitor, place) == 120


@pytest.mark.parametrize("size", ["", "x", "-5"])
def test_a_length_that_is_none_is_refused(visitor: FlaskClient, size: str) -> None:
    assert _begin(visitor, **{"Upload-Length": size}).status_code == 400


def test_what_could_never_be_taken_is_refused_at_once(app: Flask, visitor: FlaskClient) -> None:
    too_large = _begin(visitor, 51 * 1024 * 1024)
    assert too_large.status_code == 413
    assert _begin(visitor, 0).status_code == 422


def test_a_file_of_a_refused_kind_is_told_by_its_reason_and_is_over(
    visitor: FlaskClient, session: Session
) -> None:
    content = b"MZ" + b"x" * 50
    place = _begin(visitor, len(content), "照片.jpg").headers["Location"]
    answer = _piece(visitor, place, 0, content)
    assert answer.status_code == 422
    assert "这是程序文件" in answer.get_data(as_text=True)
    assert visitor.head(place, headers=TUS).status_code == 404
    assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_an_upload_belongs_to_one_draft(app: Flask, session: Session, visitor: FlaskClient) -> None:
    place = _begin(visitor).headers["Location"]
    other = _visitor(app, session)
    assert other.head(place, headers=TUS).status_code == 404
    assert _piece(other, place, 0, PHOTO).status_code == 404
    assert other.delete(place, headers=TUS).status_code == 404
    assert _begin(app.test_client()).status_code == 404, "nothing without a draft"
    assert _offset(visitor, place) == 0


def test_an_upload_can_be_given_up(visitor: FlaskClient, session: Session) -> None:
    place = _begin(visitor).headers["Location"]
    _piece(visitor, place, 0, PHOTO[:100])
    assert visitor.delete(place, headers=TUS).status_code == 204
    assert visitor.head(place, headers=TUS).status_code == 404
    assert session.scalar(select(func.count()).where(OutboxRow.kind == "delete_file")) == 1


def test_what_nobody_goes_on_with_is_swept_after_three_days(visitor: FlaskClient, session: Session) -> None:
    place = _begin(visitor).headers["Location"]
    _piece(visitor, place, 0, PHOTO[:100])
    assert drop_expired_uploads(session, now_utc() + dt.timedelta(days=2)) == 0
    assert drop_expired_uploads(session, now_utc() + dt.timedelta(days=4)) == 1
    assert visitor.head(place, headers=TUS).status_code == 404


def test_of_too_many_begun_the_oldest_is_given_up(visitor: FlaskClient, session: Session) -> None:
    first = _begin(visitor).headers["Location"]
    for _number in range(20):
        assert _begin(visitor).status_code == 201
    assert visitor.head(first, headers=TUS).status_code == 404
    assert session.scalar(select(func.count()).select_from(Upload)) == 20
