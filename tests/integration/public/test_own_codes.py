"""Nobody gives their own code away by writing it into what officers read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.decisions import file_case, outcomes_for
from models.cases.operations import accept, answer, close
from models.cases.tables import Case
from models.people.roles import Role
from models.types import now_utc
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import an_office
from tests.support.filings import FACTS, Walker, codes_on


@pytest.fixture
def walker(client: FlaskClient, session: Session) -> Walker:
    an_office(session)
    session.commit()
    return Walker(client)


def _filed(walker: Walker) -> tuple[str, str]:
    walker.to_check()
    return codes_on(Pages(walker.client).get(walker.submit().location))


@pytest.mark.parametrize(("act", "field"), [("supplement", "body"), ("withdraw", "reasons")])
def test_what_is_added_to_a_case_must_not_hold_its_query_code(walker: Walker, act: str, field: str) -> None:
    reference, code = _filed(walker)
    text = f"查询码 {code[:8]} {code[8:].lower()}"
    page = Pages(walker.client).post(f"/track/{reference}/{act}", {field: text})
    assert "请删掉再发送" in page.text
    assert code[:8] in page.text, "what was typed stays"


def test_a_new_filing_must_not_hold_the_code_of_one_that_is_open(walker: Walker) -> None:
    reference, code = _filed(walker)
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    facts = {**FACTS, "facts": f"上次的编号 {reference}，查询码 {code}"}
    assert "请删掉再发送" in Pages(walker.client).post("/file/facts", facts).text
    assert walker.send("facts", **{**FACTS, "facts": f"上次的编号 {reference}"}).status_code == 303


@pytest.mark.parametrize(("act", "field"), [("rate", "words"), ("dispute", "grounds")])
def test_nor_must_what_is_said_after_the_closing(
    walker: Walker, session: Session, act: str, field: str
) -> None:
    reference, code = _filed(walker)
    case = session.scalars(select(Case)).one()
    officer = StaffFactory(role=Role.HEAD, unit=case.unit)
    accept(session, case=case, actor=officer, now=now_utc())
    file_case(session, case=case, reasons="符合条件", actor=officer, now=now_utc())
    answer(session, case=case, body="已经核查。", actor=officer, now=now_utc())
    outcome = outcomes_for(case)[0]
    close(session, case=case, outcome=outcome, reasons="已经处理。", actor=officer, now=now_utc())
    session.commit()
    page = Pages(walker.client).post(f"/track/{reference}/{act}", {"score": "1", field: f"我的码 {code}"})
    assert "请删掉再发送" in page.text
    sent = walker.client.post(f"/track/{reference}/{act}", data={"score": "1", field: "没有到现场核查。"})
    assert sent.status_code == 303


def test_nor_must_the_name_that_somebody_files_under(walker: Walker) -> None:
    _reference, code = _filed(walker)
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **FACTS)
    page = Pages(walker.client).post("/file/contact", {"how": "named", "name": code, "phone": "13800001234"})
    assert "请删掉再发送" in page.text


def test_a_draft_must_not_hold_its_resume_code(walker: Walker) -> None:
    walker.to_check()
    saved = Pages(walker.client).post("/file/save", {}, status=200)
    code = "".join(span.text for span in saved.select("#code span"))
    page = Pages(walker.client).post("/file/facts", {**FACTS, "request": f"我的码：{code}"})
    assert "请删掉再继续" in page.text
