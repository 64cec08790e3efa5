"""Nobody gives their own code away by writing it into what officers read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

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


def test_a_draft_must_not_hold_its_resume_code(walker: Walker) -> None:
    walker.to_check()
    saved = Pages(walker.client).post("/file/save", {}, status=200)
    code = "".join(span.text for span in saved.select("#code span"))
    page = Pages(walker.client).post("/file/facts", {**FACTS, "request": f"我的码：{code}"})
    assert "请删掉再继续" in page.text
