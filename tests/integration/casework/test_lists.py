"""A listing from the lead to early removal, by two people, on the pages of staff."""

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

from models.decisions.kinds import Fulfilment
from models.decisions.tables import Decision
from models.kinds import RightType
from models.lists.kinds import EntryEnd
from models.lists.tables import SeriousEntry
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import NOW, StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.decisions import invented_uscc
from tests.support.published import published
from tests.support.visitors import sign_in

TODAY = "2026-03-02"
LIST = "/casework/lists"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(session: Session) -> tuple[Account, Account]:
    unit = UnitFactory(region_code="410400")
    return StaffFactory(role=Role.PUBLISHER, unit=unit), StaffFactory(role=Role.REVIEWER, unit=unit)


@pytest.fixture
def two(session: Session, people: tuple[Account, Account]) -> list[Decision]:
    found = []
    for number in ("101", "102"):
        one = published(
            session, people[1].assignments[0].unit, people[1], document_number=f"测市监处罚〔2026〕{number}号",
            right_type=RightType.TRADEMARK, cause_name="侵犯注册商标专用权",
        )  # fmt: skip
        one.final_on = dt.date(2026, 3, 1)
        found.append(one)
    session.commit()
    return found


def words(page: bytes) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").get_text(" ").split())


def proposal(two: list[Decision]) -> dict[str, str]:
    return {
        "name": "护航示例商贸有限公司", "uscc": invented_uscc(1), "reason": "多次侵犯注册商标专用权",
        "decisions": "\n".join(one.public_id for one in two),
    }  # fmt: skip


def do(browser: FlaskClient, address: str, act: str, **typed: str) -> int:
    data = {f"{act}-{name}": value for name, value in typed.items()}
    return browser.post(f"{address}/{act}", data=data).status_code


def test_from_the_lead_to_early_removal(
    app: Flask, session: Session, client: FlaskClient, people: tuple[Account, Account], two: list[Decision],
    clock: time_machine.Traveller,
) -> None:  # fmt: skip
    maker, decider = (sign_in(app.test_client(), one) for one in people)
    lead = f"{LIST}/leads/{invented_uscc(1)}/trademark"
    assert lead in str(BeautifulSoup(maker.get(f"{LIST}/leads").data, "html.parser"))
    assert two[0].document_number in words(maker.get(lead).data)
    assert decider.post(f"{lead}/take").status_code == 403
    proposal_page = maker.post(f"{lead}/take").headers["Location"]
    filled = BeautifulSoup(maker.get(proposal_page).data, "html.parser").select_one("#decisions")
    assert filled is not None
    assert filled.get_text(strip=True).split() == [one.public_id for one in two]
    made = maker.post(f"{LIST}/serious/new", data=proposal(two))
    assert made.status_code == 303, words(made.data)
    address = made.headers["Location"]
    assert do(decider, address, "decide", number="一", on=TODAY) == 409  # nobody was told yet
    assert do(maker, address, "notify", on=TODAY) == 303
    Pages(maker).get(address)  # after each step: what it noted, with its day, reads as words
    assert do(maker, address, "hear", hearing="hearing", on=TODAY) == 303
    Pages(maker).get(address)
    assert do(maker, address, "consent", authority="省局", number="省函1号", on=TODAY) == 303
    assert do(maker, address, "decide", number="测列严1号", on=TODAY) == 403
    assert do(decider, address, "decide", number="测列严1号", on=TODAY) == 303
    assert "公示列入决定" in Pages(decider).get(address).get_text()
    assert "护航示例" not in words(client.get("/lists/serious").data)
    assert do(decider, address, "publish") == 303
    assert "护航示例" in words(client.get("/lists/serious").data)
    clock.move_to(dt.datetime(2027, 3, 3, 1, tzinfo=dt.UTC))
    maker, decider = (sign_in(app.test_client(), one) for one in people)
    assert do(maker, address, "ask-removal", on="2027-03-02") == 303
    assert "信用修复决定" in words(maker.get(address).data)
    assert "还有 6 个工作日" in words(maker.get(f"{LIST}?kind=serious").data)
    assert do(decider, address, "grant-removal", words="已整改") == 409
    assert do(maker, address, "accept-removal", on="2027-03-03", material="proof") == 422
    whole = {
        "accept-removal-on": "2027-03-03",
        "accept-removal-material": ["application", "promise", "proof"],
    }
    assert maker.post(f"{address}/accept-removal", data=whole).status_code == 303
    for one in session.scalars(select(Decision)):
        one.fulfilment, one.fulfilled_on = Fulfilment.FULFILLED, dt.date(2026, 3, 2)
    session.commit()
    Pages(maker).get(address)
    assert do(decider, address, "grant-removal", words="已整改") == 303
    assert "同意 2027年3月3日 已整改" in Pages(decider).get(address).get_text()
    session.expire_all()
    assert session.scalars(select(SeriousEntry)).one().end_kind is EntryEnd.EARLY
    assert "护航示例" not in words(client.get("/lists/serious").data)


def test_a_lead_is_put_aside_with_a_reason_until_another_decision(
    app: Flask, session: Session, people: tuple[Account, Account], two: list[Decision]
) -> None:
    browser = sign_in(app.test_client(), people[0])
    lead = f"{LIST}/leads/{invented_uscc(1)}/trademark"
    assert browser.post(f"{lead}/dismiss", data={"reason": " "}).status_code == 422
    assert browser.post(f"{lead}/dismiss", data={"reason": "两份决定针对同一批货"}).status_code == 303
    page = words(browser.get(f"{LIST}/leads").data)
    assert ("没有等人处理的线索" in page, "两份决定针对同一批货" in page) == (True, True)
    published(
        session, people[1].assignments[0].unit, people[1], document_number="测市监处罚〔2026〕103号",
        right_type=RightType.TRADEMARK, cause_name="侵犯注册商标专用权",
    )  # fmt: skip
    assert "没有等人处理的线索" not in words(browser.get(f"{LIST}/leads").data)
    assert browser.get(f"{LIST}/leads/{invented_uscc(1)}/wine").status_code == 404
    assert browser.get(f"{LIST}/leads/{invented_uscc(2)}/trademark").status_code == 404
    for prefix in ("", "/en", "/zh-hant"):
        Pages(browser).get(f"{prefix}{LIST}/leads")
        Pages(browser).get(prefix + lead)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"uscc": "914104000000000000"}, "校验位不对"),
        ({"decisions": "nosuchone"}, "没有找到编号为"),
        ({"decisions": ""}, "至少 2 份"),
        ({"reason": "电话13800138000"}, "不能公开的内容"),
    ],
)
def test_what_is_wrong_is_said(
    app: Flask, people: tuple[Account, Account], two: list[Decision], changes: dict[str, str], told: str
) -> None:
    browser = sign_in(app.test_client(), people[0])
    answer = browser.post(f"{LIST}/infringers/new", data={**proposal(two), **changes})
    assert answer.status_code == 422
    assert told in words(answer.data)


def test_an_act_that_lacks_its_day_shows_that_at_the_field(
    app: Flask, people: tuple[Account, Account], two: list[Decision]
) -> None:
    browser = sign_in(app.test_client(), people[0])
    address = browser.post(f"{LIST}/infringers/new", data=proposal(two)).headers["Location"]
    assert do(browser, address, "notify") == 422
    assert do(browser, address, "notify", on="2030-01-01") == 422
    assert do(browser, address, "vanish") == 404


def test_others_stay_outside(
    app: Flask, session: Session, two: list[Decision], people: tuple[Account, Account]
) -> None:
    maker = sign_in(app.test_client(), people[0])
    address = maker.post(f"{LIST}/infringers/new", data=proposal(two)).headers["Location"]
    clerk, elsewhere = StaffFactory(role=Role.INTAKE), StaffFactory(role=Role.REVIEWER)
    session.commit()
    assert sign_in(app.test_client(), clerk).get(LIST).status_code == 403
    stranger = sign_in(app.test_client(), elsewhere)
    assert stranger.get(address).status_code == 404
    assert do(stranger, address, "drop", words="x") == 404
    assert "测市监处罚" not in words(stranger.get(LIST).data)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_the_house_style(
    app: Flask, people: tuple[Account, Account], two: list[Decision], prefix: str
) -> None:
    browser = sign_in(app.test_client(), people[0])
    Pages(browser).get(prefix + LIST)
    Pages(browser).get(f"{prefix}{LIST}/serious/new")
    address = browser.post(f"{LIST}/serious/new", data=proposal(two)).headers["Location"]
    Pages(browser).get(prefix + address)
    Pages(browser).post(f"{prefix}{address}/notify", {})
    Pages(sign_in(app.test_client(), people[1])).get(prefix + address)
