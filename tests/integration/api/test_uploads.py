"""Other systems bring large files piece by piece, before the filing, under the key that the filing will have."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.filings.tables import Evidence, Filing
from models.people.tokens import Scope, make_token
from models.types import now_utc
from tests.support.cases import an_office
from tests.support.documents import a_photo

PHOTO = a_photo((300, 200))
MATTER = {
    "track": "report",
    "respondent": {"name": "演示市场三排八号摊位"},
    "facts": "摊位上摆着标有演示牌商标的水杯。",
}


class Program:
    """Another system, with a token of its own."""

    def __init__(self, client: FlaskClient, secret: str, key: str = "1") -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key, "Tus-Resumable": "1.0.0"}

    def begin(self, size: int = len(PHOTO)) -> TestResponse:
        name = base64.b64encode("现场.jpg".encode()).decode()
        announced = {"Upload-Length": str(size), "Upload-Metadata": f"filename {name}"}
        return self.client.post("/api/v1/uploads", headers={**self.headers, **announced})

    def add(self, place: str, offset: int, content: bytes) -> TestResponse:
        return self.client.patch(
            place,
            data=content,
            headers={**self.headers, "Upload-Offset": str(offset)},
            content_type="application/offset+octet-stream",
        )

    def bring(self) -> None:
        place = self.begin().headers["Location"]
        assert self.add(place, 0, PHOTO).status_code == 204

    def file(self) -> TestResponse:
        return self.client.post("/api/v1/filings", json=MATTER, headers=self.headers)


@pytest.fixture
def secrets(session: Session) -> tuple[str, str]:
    office = an_office(session)
    made = [
        make_token(
            session,
            name=name,
            scopes=[Scope.FILING_CREATE],
            expires_at=None,
            actor=office.intake,
            now=now_utc(),
        )[1]
        for name in ("12345", "平台")
    ]
    session.commit()
    return made[0], made[1]


def test_what_came_in_pieces_is_the_filings_evidence(
    app: Flask, session: Session, secrets: tuple[str, str]
) -> None:
    program = Program(app.test_client(), secrets[0])
    begun = program.begin()
    assert begun.status_code == 201
    place = begun.headers["Location"]
    assert program.add(place, 0, PHOTO[:300]).headers["Upload-Offset"] == "300"
    early = program.file()
    assert early.status_code == 409, "nothing is silently left out"
    assert session.scalar(select(func.count()).select_from(Filing)) == 0
    again = Program(app.test_client(), secrets[0])  # after a break, over another line
    at = again.client.head(place, headers=again.headers).headers["Upload-Offset"]
    assert again.add(place, int(at), PHOTO[300:]).status_code == 204
    told = program.file()
    assert told.status_code == 201, told.get_data(as_text=True)
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert told.get_json()["evidence"] == [{"name": "现场.jpg", "size": len(PHOTO), "sha256": digest}]
    receipt = json.loads(session.scalars(select(Filing)).one().receipt.content)  # type: ignore[union-attr]
    assert receipt["files"] == [{"sha256": digest, "size": len(PHOTO)}]
    repeated = program.file()
    assert (repeated.status_code, repeated.get_json()) == (200, told.get_json())
    assert program.begin().status_code == 409, "a filing is never changed afterwards"


def test_another_token_or_key_finds_nothing(app: Flask, secrets: tuple[str, str]) -> None:
    mine = Program(app.test_client(), secrets[0])
    place = mine.begin().headers["Location"]
    for other in (Program(mine.client, secrets[1]), Program(mine.client, secrets[0], key="2")):
        assert other.client.head(place, headers=other.headers).status_code == 404
        assert other.add(place, 0, PHOTO).status_code == 404
        assert other.client.delete(place, headers=other.headers).status_code == 404
        assert other.file().get_json()["evidence"] == []
    assert mine.client.delete(place, headers=mine.headers).status_code == 204
    assert mine.file().status_code == 201


def test_pieces_and_parts_together_keep_to_what_a_filing_may_carry(
    app: Flask, session: Session, secrets: tuple[str, str]
) -> None:
    program = Program(app.test_client(), secrets[0])
    program.bring()
    program.bring()
    plenty = app.extensions["huhang_services"]
    few = replace(plenty.config, uploads=replace(plenty.config.uploads, files=1))
    app.extensions["huhang_services"] = replace(plenty, config=few)
    refused = program.file()
    app.extensions["huhang_services"] = plenty
    assert refused.status_code == 422
    assert "最多可以上传 1 个文件" in refused.get_json()["detail"]
    assert session.scalar(select(func.count()).select_from(Filing)) == 0
    assert program.file().status_code == 201
    assert session.scalar(select(func.count()).where(Evidence.filing_id.is_not(None))) == 2


def test_without_token_or_key_there_is_no_upload(app: Flask, secrets: tuple[str, str]) -> None:
    client = app.test_client()
    assert client.post("/api/v1/uploads", headers={"Tus-Resumable": "1.0.0"}).status_code == 401
    keyless = {"Authorization": f"Bearer {secrets[0]}", "Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    answer = client.post("/api/v1/uploads", headers=keyless)
    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.get_json()["detail"]


def test_the_description_has_every_method_of_it(client: FlaskClient, secrets: tuple[str, str]) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert set(paths["/api/v1/uploads"]) == {"post"}
    assert set(paths["/api/v1/uploads/{address}"]) == {"head", "patch", "delete"}
    names = {one["name"] for one in paths["/api/v1/uploads/{address}"]["patch"]["parameters"]}
    assert {"address", "Idempotency-Key", "Tus-Resumable", "Upload-Offset"} <= names


def test_a_client_learns_what_the_protocol_can_do_here_before_it_has_a_token(client: FlaskClient) -> None:
    able = client.options("/api/v1/uploads")
    assert able.status_code == 204
    assert able.headers["Tus-Version"] == "1.0.0"
    assert "creation" in able.headers["Tus-Extension"]
    assert int(able.headers["Tus-Max-Size"]) > 0
