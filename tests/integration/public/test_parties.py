"""More than two people: several respondents, those who file together, agents with a power of attorney."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.types import now_utc
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, Walker

NAMED = {"name": "测试甲某某", "phone": "13800001234", "address": "演示路 987 号", "email": ""}
OTHER = {"name": "测试乙某某", "phone": "13800005678", "address": "演示路 988 号"}
AGENT = {
    "name": "测试代理某",
    "phone": "13800009999",
    "organisation": "演示律师事务所",
    "matters": "就演示牌商标被侵权一事代为提交",
    "power": "general",
}


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    office = an_office(session)
    session.commit()
    return office


@pytest.fixture
def walker(client: FlaskClient) -> Walker:
    return Walker(client)


def _signed_in(app: Flask, office: Office) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = office.intake.fs_uniquifier, True
    return client


def _to_contact(walker: Walker, **facts: str) -> None:
    walker.send("refund", situation="complaint")
    walker.send("kind", right_type="trademark")
    walker.send("facts", **{**FACTS, **facts})


def _opened(app: Flask, session: Session, filing: Filing, office: Office) -> Person:
    with app.app_context():
        keys = keyring()
    why: dict[str, Any] = {"reason": OpeningReason.VERIFY, "words": "核验身份"}
    return open_identity(session, filing=filing, actor=office.intake, now=now_utc(), keys=keys, **why)


def _filing(session: Session) -> Filing:
    return session.scalars(select(Filing)).one()


def test_several_respondents_are_added_one_by_one_and_taken_off_again(
    walker: Walker, session: Session
) -> None:
    walker.send("", situation="report")
    walker.send("kind", right_type="trademark")
    assert walker.send("facts", **FACTS, has_more="y").location == "/file/respondents"
    Pages(walker.client).post("/file/respondents", {"act": "continue"})
    Pages(walker.client).post(
        "/file/respondents", {"name": "某店", "uscc": "91110000600037341M", "act": "add"}
    )
    walker.send("respondents", name="演示甲店", uscc="91110000600037341L", act="add")
    walker.send("respondents", name="演示乙店", address="演示路 3 号", act="add")
    Pages(walker.client).get("/file/respondents")
    walker.send("respondents", remove="0")
    assert walker.client.get("/file/check").location == "/file/respondents", "not gone on yet"
    assert walker.send("respondents", name="演示丙店", act="continue").location == "/file/evidence"
    walker.send("contact", how="anonymous")
    assert "演示丙店" in Pages(walker.client).get("/file/check").text
    walker.submit()
    assert [one["name"] for one in _filing(session).data["respondents"]] == ["演示乙店", "演示丙店"]


def test_a_joint_complaint_names_everybody_with_two_representatives_at_most(
    app: Flask, walker: Walker, session: Session, office: Office
) -> None:
    _to_contact(walker)
    assert walker.send("contact", **NAMED, capacity="joint").location == "/file/joint"
    empty = Pages(walker.client).post("/file/joint", {"act": "continue"})
    assert len(empty.select(".problems a")) == 4, "name, phone and address (Art 10), and consent (Art 12)"
    walker.send("joint", **OTHER, is_representative="y", act="add")
    third = {**OTHER, "name": "测试丙某某"}
    refused = Pages(walker.client).post("/file/joint", {**third, "is_representative": "y", "act": "add"})
    assert "最多两名" in refused.text
    walker.send("joint", **third, act="add")
    assert (
        "同意" in Pages(walker.client).post("/file/joint", {"act": "continue"}).select_one(".problems").text
    )
    assert walker.send("joint", act="continue", agreed="y").location == "/file/check"
    check = Pages(walker.client).get("/file/check").text
    assert "测试乙某某（代表人）" in check
    assert "各人同意共同提交" in check, "the written consent is among what is still missing"
    walker.submit()
    filing = _filing(session)
    assert filing.data["joint"] == {"people": 3, "representatives": 2}
    assert "测试乙" not in str(filing.data)
    person = _opened(app, session, filing, office)
    assert [(one.name, one.is_representative) for one in person.companions] == [
        ("测试乙某某", True),
        ("测试丙某某", False),
    ]


def test_a_list_can_be_put_aside_in_the_middle_of_a_row(walker: Walker) -> None:
    _to_contact(walker)
    walker.send("contact", **NAMED, capacity="joint")
    walker.send("joint", **OTHER, act="add")
    assert walker.send("joint", name="测试丙某某", act="save").location == "/file/save"
    page = Pages(walker.client).get("/file/joint")
    assert page.select_one("input[name=name]")["value"] == "测试丙某某"  # type: ignore[index]
    assert "测试乙某某" in page.text
    assert walker.send("joint", act="continue", agreed="y", name="").location == "/file/check"
    assert "测试丙" not in Pages(walker.client).get("/file/check").text


def test_an_agent_says_what_the_power_of_attorney_allows_and_until_when(
    app: Flask, walker: Walker, session: Session, office: Office
) -> None:
    _to_contact(walker)
    assert walker.send("contact", **NAMED, capacity="agent").location == "/file/agent"
    Pages(walker.client).get("/file/agent")
    past = (now_utc() - dt.timedelta(days=2)).date().isoformat()
    assert "期限已经过了" in Pages(walker.client).post("/file/agent", {**AGENT, "ends_on": past}).text
    until = (now_utc() + dt.timedelta(days=90)).date().isoformat()
    assert walker.send("agent", **AGENT, ends_on=until).location == "/file/check"
    assert AGENT["matters"] in walker.client.get("/file/agent").text, "comes back, date and all"
    assert "委托书，写明委托事项" in Pages(walker.client).get("/file/check").text
    walker.submit()
    filing = _filing(session)
    assert filing.data["mandate"] == {"matters": AGENT["matters"], "power": "general", "ends_on": until}
    assert AGENT["name"] not in str(filing.data)
    agent = _opened(app, session, filing, office).agent
    assert agent is not None
    assert (agent.name, agent.organisation) == (AGENT["name"], AGENT["organisation"])


def test_staff_see_the_mandate_and_its_end_without_opening_an_envelope(
    app: Flask, walker: Walker, session: Session, office: Office
) -> None:
    _to_contact(walker)
    walker.send("contact", **NAMED, capacity="agent")
    until = (now_utc() + dt.timedelta(days=90)).date().isoformat()
    walker.send("agent", **AGENT, ends_on=until)
    walker.submit()
    reference = _filing(session).reference
    page = Pages(_signed_in(app, office)).get(f"/casework/cases/{reference}").text
    assert AGENT["matters"] in page
    assert AGENT["name"] not in page
    assert "已经到期" not in page
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=120)):
        assert "已经到期" in _signed_in(app, office).get(f"/casework/cases/{reference}").text


def test_somebody_who_files_for_themselves_meets_none_of_these_pages(walker: Walker) -> None:
    _to_contact(walker)
    assert walker.send("contact", **NAMED, capacity="self").location == "/file/check"
    for step in ("respondents", "agent", "joint"):
        assert walker.client.get(f"/file/{step}").location == "/file/check"


def test_a_report_may_be_anonymous_and_asks_nobody_for_whom_they_file(walker: Walker) -> None:
    walker.to_check()
    assert not Pages(walker.client).get("/file/contact").select("[name=capacity]")
