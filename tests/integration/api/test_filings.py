"""Other systems file: with a token, once a key, by the same checks as the journey, with an answer that can be kept."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.filings.tables import Evidence, Filing, Identity
from models.kinds import Channel
from models.ledger.queries import events_of
from models.people.tokens import ApiToken, Scope, make_token, revoke_token
from models.types import now_utc
from shared.services import services
from tests.support.cases import Office, an_office
from tests.support.documents import a_photo
from tests.support.filings import HTML

MATTER: dict[str, Any] = {
    "track": "report",
    "right_type": "trademark",
    "respondent": {"name": "演示市场三排八号摊位", "address": "演示路 1 号"},
    "region_code": "410421",
    "facts": "摊位上摆着标有演示牌商标的水杯。",
    "external_number": "12345-2026-000001",
}
PERSON = {"name": "测试甲", "phone": "13800001234", "address": "演示路 987 号"}


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture
def secret(session: Session, office: Office) -> str:
    return _token(session, office)


def _token(session: Session, office: Office, **changes: Any) -> str:
    given: dict[str, Any] = {"name": "12345", "scopes": [Scope.FILING_CREATE], "expires_at": None, **changes}
    _made, secret = make_token(session, actor=office.intake, now=now_utc(), **given)
    session.commit()
    return secret


def _send(
    client: FlaskClient,
    secret: str,
    matter: object = MATTER,
    key: str = "1",
    files: tuple[tuple[bytes, str], ...] = (),
) -> TestResponse:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
    if not files:
        return client.post("/api/v1/filings", json=matter, headers=headers)
    parts = {"filing": json.dumps(matter), "files": [(io.BytesIO(content), name) for content, name in files]}
    return client.post("/api/v1/filings", data=parts, headers=headers)


def _count(session: Session, kind: Any) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_filing_is_taken_in_and_answered_with_its_receipt(
    client: FlaskClient, session: Session, secret: str
) -> None:
    answer = _send(client, secret, files=((a_photo(), "现场.jpg"),))
    assert answer.status_code == 201, answer.get_data(as_text=True)
    told = answer.get_json()
    filing = session.scalars(select(Filing)).one()
    assert told["reference"] == filing.shown_reference
    assert (filing.channel, filing.is_anonymous, filing.data["external_number"]) == (
        Channel.API,
        True,
        MATTER["external_number"],
    )
    assert [file["name"] for file in told["evidence"]] == ["现场.jpg"]
    assert client.get(answer.headers["Location"]).status_code == 200, "anybody can verify it"
    page = client.post("/track", data={"reference": told["reference"], "code": told["query_code"]})
    assert page.status_code == 303, "the filer follows it with the code"
    (event,) = events_of(session, subject_kind="filings", subject_id=str(filing.id))
    assert event.actor.startswith("token:")


def test_the_same_key_is_the_same_filing(
    client: FlaskClient, session: Session, secret: str, app: Flask
) -> None:
    first = _send(client, secret, files=((a_photo(), "现场.jpg"),))
    again = _send(client, secret, files=((a_photo(), "现场.jpg"),))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.get_json() == again.get_json()
    assert (_count(session, Filing), _count(session, Evidence)) == (1, 1)
    with app.app_context():
        assert len(list(services().files.keys_before(now_utc() + dt.timedelta(days=1)))) == 1
    other = _send(client, secret, {**MATTER, "facts": "另一件事。"})
    assert other.status_code == 422
    assert "Idempotency-Key" in other.get_json()["errors"]
    assert _send(client, secret, key="2").status_code == 201


def test_a_filing_costs_few_statements(
    client: FlaskClient, secret: str, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    """On SQLite all others wait while they run; each that is added is felt by everybody."""
    _send(client, secret, files=((a_photo(), "现场.jpg"),))  # publishes the key, reads the calendar
    with count_queries() as statements:
        assert _send(client, secret, key="2", files=((a_photo(), "现场.jpg"),)).status_code == 201
    asked = [one for one in statements if not one.startswith(("SAVEPOINT", "RELEASE", "SELECT pg_advisory"))]
    assert len(asked) <= 28, "\n".join(asked)


def test_keys_of_two_tokens_do_not_meet(
    client: FlaskClient, session: Session, office: Office, secret: str
) -> None:
    other = _token(session, office, name="平台")
    assert _send(client, secret).get_json()["reference"] != _send(client, other).get_json()["reference"]


def test_a_complaint_brings_its_person_who_goes_into_the_envelope(
    client: FlaskClient, session: Session, secret: str
) -> None:
    refused = _send(client, secret, {**MATTER, "track": "complaint"})
    assert refused.status_code == 422
    assert "121号 第10条" in refused.get_json()["detail"]
    taken = _send(client, secret, {**MATTER, "track": "complaint", "person": PERSON})
    assert taken.status_code == 201
    assert _count(session, Identity) == 1
    assert PERSON["name"] not in taken.get_data(as_text=True)


def test_a_complaint_that_is_a_report_too_is_split_in_two_on_one_receipt(
    client: FlaskClient, session: Session, secret: str
) -> None:
    both = {**MATTER, "track": "complaint", "also": ["report"], "person": PERSON}
    told = _send(client, secret, both, files=((a_photo(), "现场.jpg"),)).get_json()
    complaint, report = session.scalars(select(Filing).order_by(Filing.id))
    assert [told["track"], told["also"][0]["track"]] == ["complaint", "report"]
    assert told["also"][0]["reference"] == report.shown_reference
    assert told["also"][0]["content_sha256"] == report.content_sha256
    assert complaint.receipt is report.receipt
    assert complaint.evidence == report.evidence
    page = client.post("/track", data={"reference": report.shown_reference, "code": told["query_code"]})
    assert page.status_code == 303, "one code opens both"
    assert _send(client, secret, both, files=((a_photo(), "现场.jpg"),)).get_json() == told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"track": "revenge"}, "track"),
        ({"also": ["complaint"]}, "also"),
        ({"track": "complaint", "person": PERSON, "also": ["report", "report"]}, "also"),
        ({"track": "complaint", "person": PERSON, "also": "report"}, "also"),
        ({"track": "complaint", "person": PERSON, "also": [{}]}, "also"),
        ({"right_type": 7}, "right_type"),
        ({"region_code": "110000"}, "region_code"),
        ({"facts": "字" * 5001}, "facts"),
        ({"facts": ["x"]}, "facts"),
        ({"facts": " "}, "facts"),
        ({"respondent": {"name": ""}}, "respondent_name"),
        ({"respondent": {"name": "x", "uscc": "91110000600037341X"}}, "respondent.uscc"),
        ({"respondent": {"name": "x", "owner": "y"}}, "respondent.owner"),
        ({"respondent": "x"}, "respondent"),
        ({"person": {**PERSON, "email": "nobody"}}, "person.email"),
        ({"person": {**PERSON, "id_number": "110101199001011230"}}, "person.id_number"),
        ({"language": "fr"}, "language"),
        ({"surprise": 1}, "surprise"),
        ({"track": "clue"}, "person"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    client: FlaskClient, session: Session, secret: str, changes: dict[str, Any], field: str
) -> None:
    answer = _send(client, secret, {**MATTER, **changes})
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    assert field in answer.get_json()["errors"], answer.get_json()
    assert _count(session, Filing) == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"null", b'"x"', b"[" * 100_000])
def test_what_is_no_object_is_refused(client: FlaskClient, secret: str, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "1"}
    answer = client.post("/api/v1/filings", data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 422
    assert "JSON" in answer.get_json()["detail"]


def test_a_refused_file_refuses_the_whole_and_says_which(
    client: FlaskClient, session: Session, secret: str
) -> None:
    answer = _send(client, secret, files=((a_photo(), "一.jpg"), (HTML, "二.jpg")))
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["二.jpg"]
    assert (_count(session, Filing), _count(session, Evidence)) == (0, 0)


def test_without_a_key_nothing_is_taken(client: FlaskClient, secret: str) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.post("/api/v1/filings", json=MATTER, headers=headers).status_code == 400


def test_who_has_no_good_token_is_turned_away(
    client: FlaskClient, session: Session, office: Office, secret: str
) -> None:
    assert client.post("/api/v1/filings", json=MATTER).status_code == 401
    for wrong in ("", "hh_x", secret[:-1], secret + "x", "Ω"):
        answer = client.post(
            "/api/v1/filings",
            json=MATTER,
            headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")},
        )
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].lower().startswith("bearer")
    expired = _token(session, office, expires_at=now_utc() - dt.timedelta(minutes=1))
    assert _send(client, expired).status_code == 401
    other = session.scalars(select(ApiToken).order_by(ApiToken.id)).first()
    assert other is not None
    other.scopes = []
    session.commit()
    assert _send(client, secret).status_code == 403
    revoke_token(session, token_id=other.id, actor=office.intake, now=now_utc())
    session.commit()
    assert _send(client, secret).status_code == 401


def test_the_secret_is_kept_nowhere_and_its_use_is_noted(
    client: FlaskClient, session: Session, secret: str
) -> None:
    token = session.scalars(select(ApiToken)).one()
    assert token.last_used_at is None
    _send(client, secret)
    session.refresh(token)
    assert token.last_used_at is not None
    kept = json.dumps([token.name, token.start, token.sha256, token.scopes])
    assert secret not in kept
    assert secret.startswith(token.start)


def test_the_description_is_true(client: FlaskClient, secret: str) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    described = document["paths"]["/api/v1/filings"]["post"]
    assert described["security"] == [{"token": []}]
    assert set(_send(client, secret).get_json()) == set(
        document["components"]["schemas"]["Received"]["required"]
    )
    known = set(document["components"]["schemas"]["Matter"]["properties"])
    assert set(MATTER) <= known
