"""Other systems enter decisions: a draft each, checked as a spreadsheet's row is, the same one when sent again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.decisions.states import State
from models.decisions.tables import Decision
from models.errors import Invalid
from models.people.tokens import Scope, make_token
from models.types import now_utc
from tests.factories import NOW
from tests.support.cases import Office, an_office
from tests.support.decisions import invented_uscc

ADDRESS = "/api/v1/decisions"
BODY: dict[str, Any] = {
    "document_number": "测市监处罚〔2026〕009号",
    "party": "护航示例商贸有限公司",
    "party_kind": "organisation",
    "uscc": invented_uscc(1),
    "cause": "假冒专利",
    "facts": "当事人在其销售的水杯包装上标注已经失效的专利号。",
    "basis": "《中华人民共和国专利法》第六十八条",
    "penalty_kinds": ["罚款", "没收违法所得"],
    "penalty": "没收违法所得1500元；罚款2000元。",
    "fine_yuan": "2000.50",
    "confiscated_yuan": 1500,
    "decided_on": "2026-02-20",
    "authority": "测试市市场监督管理局",
    "remedy": "不服本决定的，可以在六十日内申请行政复议。",
}


@pytest.fixture(autouse=True)
def _in_march_2026() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture
def secret(session: Session, office: Office) -> str:
    return token(session, office, Scope.DECISION_ENTER)


def token(session: Session, office: Office, *scopes: Scope) -> str:
    given: dict[str, Any] = {"name": "办案系统", "scopes": scopes, "expires_at": None}
    _made, secret = make_token(session, actor=office.intake, now=now_utc(), **given)
    session.commit()
    return secret


def send(client: FlaskClient, secret: str, **changes: Any) -> TestResponse:
    return client.post(ADDRESS, json={**BODY, **changes}, headers={"Authorization": f"Bearer {secret}"})


def test_what_is_sent_becomes_a_draft_that_nobody_sees(
    client: FlaskClient, session: Session, secret: str
) -> None:
    answer = send(client, secret)
    assert answer.status_code == 201, answer.text
    decision = session.scalars(select(Decision)).one()
    assert (answer.json["id"], answer.json["state"]) == (decision.public_id, "draft")
    assert (decision.state, decision.fine_fen, decision.confiscated_fen) == (State.DRAFT, 200_050, 150_000)
    assert (decision.cause_code, decision.remedy) == ("PT-01", BODY["remedy"])
    assert decision.source_sha256
    assert decision.maker_id is None
    assert client.get(f"{ADDRESS}/{decision.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("kind", "cause"), [("adjudication", "专利侵权纠纷"), ("other", "专利标识标注不规范")]
)
@pytest.mark.parametrize("is_said", [True, False])
def test_what_is_no_penalty_comes_in_as_what_it_is(
    client: FlaskClient, session: Session, secret: str, kind: str, cause: str, is_said: bool
) -> None:
    sent = {"cause": cause, "penalty_kinds": [], "fine_yuan": None, "confiscated_yuan": None}
    answer = send(client, secret, **sent, **({"kind": kind} if is_said else {}))
    assert (answer.status_code, answer.json["warnings"]) == (201, [])
    assert session.scalars(select(Decision.kind)).one() == kind


def test_a_decision_that_punishes_nobody_has_no_fine(client: FlaskClient, secret: str) -> None:
    answer = send(client, secret, kind="adjudication")
    assert set(answer.json["errors"]) == {"penalty_kinds", "fine_yuan"}


def test_sent_again_it_is_the_same_and_with_other_content_a_conflict(
    client: FlaskClient, session: Session, secret: str
) -> None:
    first, again = send(client, secret), send(client, secret, document_number="测市监处罚[2026]009号")
    assert first.status_code == 201
    assert again.status_code == 409, "the number is the same, its brackets are other content"
    same = send(client, secret)
    assert (same.status_code, same.json["id"]) == (200, first.json["id"])
    other = send(client, secret, facts="另一件事。")
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert session.scalar(select(func.count()).select_from(Decision)) == 1


def test_every_fault_is_told_at_its_field_and_nothing_is_kept(
    client: FlaskClient, session: Session, secret: str
) -> None:
    answer = send(
        client, secret, uscc="91410400TE5T00009X", decided_on="2099-01-01", fine_yuan="-1", penalty_kinds="罚款",
        party=None, facts=5, colour="red", evidence="长" * 20_001,
    )  # fmt: skip
    assert answer.status_code == 422
    told = answer.json["errors"]
    assert {"uscc", "decided_on", "fine_yuan", "penalty_kinds", "party", "facts", "colour"} <= told.keys()
    too_long = send(client, secret, evidence="长" * 20_001)
    assert list(too_long.json["errors"]) == ["evidence"]
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_cause_that_the_table_lacks_is_taken_and_told(client: FlaskClient, secret: str) -> None:
    warnings = send(client, secret, cause="闻所未闻的行为").json["warnings"]
    assert [one["field"] for one in warnings] == ["cause"]


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b"[" * 100_000, b'{"party": NaN', b'"text"'])
def test_what_is_no_object_is_refused(client: FlaskClient, secret: str, body: bytes) -> None:
    answer = client.post(ADDRESS, data=body, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 422


def test_a_body_without_end_is_refused(client: FlaskClient, secret: str) -> None:
    body = json.dumps({"full_text": "长" * 3_000_000})
    answer = client.post(ADDRESS, data=body, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 413


def test_it_takes_a_token_of_this_scope(
    app: Flask, client: FlaskClient, session: Session, office: Office
) -> None:
    assert client.post(ADDRESS, json=BODY).status_code == 401
    assert send(client, token(session, office, Scope.FILING_CREATE)).status_code == 403
    with pytest.raises(Invalid):  # a rights-holder's system enters no decisions
        make_token(
            session, name="t", scopes=[Scope.DECISION_ENTER], expires_at=NOW, actor=office.intake,
            now=now_utc(), account=office.intake,
        )  # fmt: skip


def test_the_description_names_every_field(client: FlaskClient, secret: str) -> None:
    described = client.get("/api/v1/openapi.json").json
    draft = described["components"]["schemas"]["DecisionDraft"]
    assert set(BODY) <= set(draft["properties"])
    assert "post" in described["paths"][ADDRESS]
    assert "get" in described["paths"][ADDRESS]


def test_one_cause_goes_through_the_change_of_the_trademark_law(
    client: FlaskClient, session: Session, secret: str
) -> None:
    days = {"2026-12-30": "第五十七条第一项", "2027-01-04": "第七十二条第一项"}
    with time_machine.travel("2027-01-10T10:00:00+08:00", tick=False):
        for number, (day, article) in enumerate(days.items()):
            answer = send(
                client, secret, document_number=f"测市监处罚〔2027〕{number}号", decided_on=day,
                cause="侵犯注册商标专用权", basis=f"《中华人民共和国商标法》{article}",
            )  # fmt: skip
            assert (answer.status_code, answer.json["warnings"]) == (201, [])
    kept = session.scalars(select(Decision).order_by(Decision.decided_on)).all()
    assert [one.cause_code for one in kept] == ["TM-01", "TM-01"]
    assert [article in one.basis for one, article in zip(kept, days.values(), strict=True)] == [True, True]
