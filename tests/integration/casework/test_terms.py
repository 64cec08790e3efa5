"""The term on the page of a decision: three dates, putting the end off by two people, what waits for a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.decisions.states import State
from models.decisions.tables import Decision
from models.decisions.term.operations import close_term
from models.people.actors import WORKER
from models.people.roles import Role
from models.people.tables import Account, Unit
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.published import published
from tests.support.visitors import sign_in

LATER = {"until_on": "2027-05-01", "basis": "《信用修复管理办法》第十条", "why": "罚款尚未缴纳"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def unit(session: Session) -> Unit:
    made: Unit = UnitFactory(code="desk")
    return made


@pytest.fixture
def reviewer(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=unit, display_name="审核员乙")
    return made


@pytest.fixture
def head(unit: Unit) -> Account:
    made: Account = StaffFactory(role=Role.HEAD, unit=unit, display_name="负责人丙")
    return made


@pytest.fixture
def decision(session: Session, unit: Unit, reviewer: Account, head: Account) -> Decision:
    return published(session, unit, reviewer)


def visit(app: Flask, account: Account) -> FlaskClient:
    return sign_in(app.test_client(), account)


def address(decision: Decision, act: str = "") -> str:
    return f"/casework/decisions/{decision.id}{act}"


def again(session: Session) -> Decision:
    session.expire_all()
    return session.scalars(select(Decision)).one()


def words(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def test_every_generation_stands_there_and_one_holds(
    app: Flask, decision: Decision, reviewer: Account
) -> None:
    page = BeautifulSoup(visit(app, reviewer).get(address(decision)).data, "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in page.select("tbody tr")]
    assert [(row[0], row[5]) for row in rows] == [("R1", "不适用"), ("R2", "有效"), ("R3", "不适用")]
    assert rows[0][1] == "2029年3月2日"
    assert rows[1][1] == "2027年2月20日"


def test_from_asking_to_public_again(
    app: Flask, session: Session, decision: Decision, reviewer: Account, head: Account,
    clock: time_machine.Traveller, client: FlaskClient,
) -> None:  # fmt: skip
    asking, deciding = visit(app, reviewer), visit(app, head)
    asking.post(address(decision, "/fulfilment"), data={"fulfilment": "unfulfilled"})
    clock.move_to(dt.datetime(2027, 2, 20, 16, 5, tzinfo=dt.UTC))
    close_term(session, again(session), actor=WORKER, now=dt.datetime(2027, 2, 20, 16, 5, tzinfo=dt.UTC))
    session.commit()
    public = f"/decisions/{decision.public_id}"
    assert client.get(public).status_code == 410
    asking, deciding = visit(app, reviewer), visit(app, head)
    assert "等您决定" in words(asking.get(address(decision)).data)
    assert asking.post(address(decision, "/postpone"), data=LATER).status_code == 303
    assert asking.post(address(decision, "/postpone/approve")).status_code == 403
    assert "罚款尚未缴纳" in words(deciding.get(address(decision)).data)
    assert deciding.post(address(decision, "/postpone/approve")).status_code == 303
    assert again(session).ends_on == dt.date(2027, 5, 1)
    assert client.get(public).status_code == 200


def test_a_person_ends_what_waits(
    app: Flask, session: Session, decision: Decision, reviewer: Account, clock: time_machine.Traveller
) -> None:
    visit(app, reviewer).post(address(decision, "/fulfilment"), data={"fulfilment": "unfulfilled"})
    clock.move_to(dt.datetime(2027, 2, 21, 1, tzinfo=dt.UTC))
    close_term(session, again(session), actor=WORKER, now=dt.datetime(2027, 2, 21, 1, tzinfo=dt.UTC))
    session.commit()
    assert visit(app, reviewer).post(address(decision, "/end")).status_code == 303
    assert again(session).state is State.ENDED


def test_nobody_ends_before_the_day(
    app: Flask, session: Session, decision: Decision, reviewer: Account
) -> None:
    assert visit(app, reviewer).post(address(decision, "/end")).status_code == 409
    assert again(session).state is State.PUBLISHED


@pytest.mark.parametrize(
    ("act", "data", "told"),
    [
        ("/postpone", {**LATER, "basis": ""}, "请写明法律名称和条款"),
        ("/postpone", {**LATER, "until_on": "2039-01-01"}, "不能晚于这一天"),
        ("/fulfilment", {"fulfilment": "fulfilled"}, "请填写履行完毕的日期"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, decision: Decision, reviewer: Account, act: str, data: dict[str, str], told: str
) -> None:
    answer = visit(app, reviewer).post(address(decision, act), data=data)
    assert answer.status_code == 422
    assert told in words(answer.data)


def test_the_head_says_why_not(
    app: Flask, session: Session, decision: Decision, reviewer: Account, head: Account
) -> None:
    visit(app, reviewer).post(address(decision, "/postpone"), data=LATER)
    deciding = visit(app, head)
    assert deciding.post(address(decision, "/postpone/refuse"), data={"refusal": ""}).status_code == 422
    deciding.post(address(decision, "/postpone/refuse"), data={"refusal": "没有依据"})
    assert "没有依据" in words(deciding.get(address(decision)).data)
    assert again(session).ends_on == dt.date(2027, 2, 20)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(
    app: Flask, decision: Decision, reviewer: Account, head: Account, prefix: str
) -> None:
    Pages(visit(app, reviewer)).get(prefix + address(decision))
    Pages(visit(app, reviewer)).post(prefix + address(decision, "/postpone"), {**LATER, "why": ""})
    visit(app, reviewer).post(address(decision, "/postpone"), data=LATER)
    Pages(visit(app, head)).get(prefix + address(decision))
