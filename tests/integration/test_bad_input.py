"""Whatever is typed into whichever field, the answer is a page and never a fault, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from background.indexing import rebuild
from models.cases.tables import Case
from models.filings.tables import Filing
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import StaffFactory
from tests.support.cases import OPENED, Office, a_case, an_office
from tests.support.decisions import invented_uscc
from tests.support.filings import FACTS, Walker
from tests.support.visitors import sign_in

HOSTILE = {
    "nul": "甲\x00乙",
    "control": "甲\x07\x1b[31m\x85乙",
    "hidden only": "\u200b\u2060\ufeff\u202e\u00ad",
    "right to left": "甲\u202e乙\u2066丙",
    "beyond the first plane": "👩‍👩‍👧𠮷" * 3,
    "long": "字" * 200_000,
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}%(x)s{x}",
    "lines": "\r\n\r\n甲\r\r\n",
}
DECISION = {
    "unit": "bureau",
    "document_number": "测市监处罚〔2026〕077号",
    "authority_name": "测试市市场监督管理局",
    "decided_on": "2026-11-12",
    "party_kind": "organisation",
    "party_name": "护航示例商贸有限公司",
    "uscc": invented_uscc(1),
    "legal_representative": "",
    "cause_name": "销售假冒专利产品",
    "penalty_kinds": "罚款",
    "fine_yuan": "2000",
    "confiscated_yuan": "",
    "party_text": "",
    "facts": "当事人销售标注失效专利号的水杯。",
    "evidence_text": "",
    "basis": "《中华人民共和国专利法》第六十八条",
    "penalty": "罚款2000元。",
    "remedy": "",
    "remarks": "",
}
NAMED = {"how": "named", "name": "测试甲", "phone": "13800001234", "email": "filer@example.org"}


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    session.commit()
    return made


@pytest.fixture
def indexed(app: Flask, office: Office) -> None:
    with app.app_context():
        rebuild()


@dataclass
class Form:
    """Who fills it in, where it is sent, and answers that are right."""

    client: FlaskClient
    path: str
    answers: dict[str, Any]


def _forms(app: Flask, session: Session, office: Office) -> Iterator[Form]:
    walker = Walker(app.test_client())
    walker.to_check()
    yield Form(walker.client, "/file/facts", FACTS)
    yield Form(walker.client, "/file/contact", NAMED)
    yield Form(walker.client, "/file/check", {"token": walker.token(), "website": ""})
    yield Form(app.test_client(), "/track", {"reference": "K7QM2XHD", "code": "A" * 16})
    yield Form(app.test_client(), "/sign-in", {"email": "somebody", "password": "not-the-password"})
    yield Form(app.test_client(), "/sign-in/recover", {"email": "somebody@example.org"})
    case = a_case(session)
    session.commit()
    intake = _browser(app, office.intake)
    for act, field in (
        ("refuse", "reasons"),
        ("transfer", "reasons"),
        ("message", "body"),
        ("answer", "body"),
    ):
        yield Form(intake, f"/casework/cases/{case.reference}/{act}", {field: "说明", "version": "1"})
    yield Form(
        _browser(app, StaffFactory(role=Role.PUBLISHER, unit=office.bureau)),
        "/casework/decisions/new",
        DECISION,
    )
    account = {"username": "new", "display_name": "新", "email": "", "unit": "bureau", "role": "intake"}
    admin = _browser(app, StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau))
    yield Form(admin, "/admin/accounts/new", {**account, "password": "three-unrelated-words"})


def _browser(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_field_of_any_form_brings_the_site_down(
    app: Flask, session: Session, office: Office, kind: str
) -> None:
    faults = []
    for form in _forms(app, session, office):
        for field in form.answers:
            answer = form.client.post(form.path, data={**form.answers, field: HOSTILE[kind]})
            if answer.status_code >= 500:
                faults.append(f"{form.path} {field}: {answer.status}")
    assert not faults


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_address_brings_the_site_down(app: Flask, office: Office, kind: str) -> None:
    anybody, intake = app.test_client(), _browser(app, office.intake)
    words = quote(HOSTILE[kind][:700])
    for client, path in (
        (anybody, f"/decisions?q={words}"),
        (anybody, f"/decisions?sort={words}&size={words}&after={words}&since={words}&authority={words}"),
        (anybody, f"/decisions/{words}"),
        (anybody, f"/decisions.json?q={words}"),
        (anybody, f"/track/{words}"),
        (anybody, f"/receipt/{words}"),
        (anybody, f"/{words}"),
        (intake, f"/casework/?q={words}&view={words}&unit={words}&after={words}"),
        (intake, f"/casework/cases/{words}"),
    ):
        assert client.get(path).status_code in (200, 303, 308, 400, 404, 422), path[:60]


@pytest.mark.usefixtures("indexed")
def test_bytes_that_are_no_text_are_no_fault(app: Flask, office: Office) -> None:
    client = app.test_client()
    assert client.get("/decisions?q=%ff%fe%ed%a0%80").status_code == 200
    body = b"reference=%ff%ed%a0%80&code=%c3%28"
    answer = client.post("/track", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


@pytest.mark.parametrize("field", ["respondent_name", "facts"])
def test_what_nobody_can_see_is_no_answer(app: Flask, office: Office, field: str) -> None:
    walker = Walker(app.test_client())
    walker.to_check()
    assert walker.send("facts", **{**FACTS, field: HOSTILE["hidden only"]}).status_code == 422


def test_a_name_reads_the_same_for_everybody(app: Flask, session: Session, office: Office) -> None:
    """Signs that turn the direction of writing would let a name be read as another one."""
    walker = Walker(app.test_client())
    walker.to_check()
    walker.send("facts", **{**FACTS, "respondent_name": "甲\u202e司公限有\u202c\u200b店 👩‍👧"})
    walker.submit()
    assert session.scalars(select(Filing.respondent_name)).one() == "甲司公限有店 👩‍👧"
    assert session.scalars(select(Case.reference)).one()
