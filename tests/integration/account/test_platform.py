"""The platform as a party: notified when, the seller's statement, the fifteen days, and the receipt that it can verify."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.tables import Case, CaseMessage
from models.commerce.notices.queries import unshown, wait_of
from models.commerce.notices.tables import PlatformNotice
from models.filings.tables import Filing
from models.people.tables import Account
from models.types import beijing_date
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import FACTS, Walker
from tests.support.holders import a_holder
from tests.support.visitors import sign_in

SCRIPT = Path(__file__).parents[3] / "docs" / "verify_receipt.py"
LINKS = [
    "https://item.taobao.com/item.htm?id=610000000001",
    "https://item.taobao.com/item.htm?id=610000000002",
]
TODAY = beijing_date(OPENED)


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=OPENED)


@pytest.fixture
def client(app: Flask, session: Session, holder: Account) -> FlaskClient:
    session.commit()
    return sign_in(app.test_client(), holder)


def _day(offset: int) -> str:
    return (TODAY + dt.timedelta(days=offset)).isoformat()


def _to_platform(client: FlaskClient) -> Walker:
    walker = Walker(client, "/account/file")
    walker.send("", right_type="trademark")
    facts = {**FACTS, "respondent_uscc": "", "respondent_address": "", "platform_link": LINKS[0]}
    walker.send("facts", **facts, has_links="y", platform_notified="y")
    walker.send("links", links="\n".join(LINKS), act="add")
    walker.send("links", act="continue")
    return walker


def _file(client: FlaskClient, **told: str) -> None:
    walker = _to_platform(client)
    answers = {"platform": "taobao", "notified_on": _day(-9), "measure": "taken", **told}
    assert walker.send("platform", **answers).status_code == 303
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    assert "通知过的平台" in Pages(client).get("/account/file/check").text
    walker.submit()


def test_dates_that_cannot_be_are_told_at_their_fields(client: FlaskClient) -> None:
    _to_platform(client)
    page = Pages(client).get("/account/file/platform")
    assert page.find("option", selected=True)["value"] == "taobao"  # the platform of the link
    wrong = {"platform": "taobao", "notified_on": _day(1), "measure": "taken"}
    assert "还没有到" in Pages(client).post("/account/file/platform", wrong).text
    wrong = {**wrong, "notified_on": _day(-3), "statement_reached_on": _day(-4)}
    assert "以后才转来的" in Pages(client).post("/account/file/platform", wrong).text
    wrong = {**wrong, "statement_reached_on": "", "statement": "有授权"}
    assert "请在上面填写声明到达您的日期" in Pages(client).post("/account/file/platform", wrong).text


def test_the_fifteen_days_are_counted_from_the_statement(client: FlaskClient, session: Session) -> None:
    _file(client, statement_reached_on=_day(-2), statement="我有授权")
    filing = session.scalars(select(Filing)).one()
    wait = wait_of(session, TODAY - dt.timedelta(days=2))
    assert wait is not None
    assert wait.raw_end == TODAY + dt.timedelta(days=13)
    assert wait.rule.basis == "电子商务法 第43条"
    page = Pages(client).get(f"/account/filings/{filing.reference}/platform")
    assert "电子商务法 第43条" in page.text
    assert "我有授权" in page.text
    Pages(client).get(f"/en/account/filings/{filing.reference}/platform")
    assert "13800001234" not in page.text
    assert "测试乙" not in page.find("main").text


def test_anybody_can_check_the_receipt_and_the_list_of_links(
    client: FlaskClient, app: Flask, session: Session, tmp_path: Path
) -> None:
    _file(client, statement_reached_on=_day(-2))
    filing = session.scalars(select(Filing)).one()
    assert filing.receipt is not None
    stranger = app.test_client()
    document = stranger.get(f"/verify/{filing.receipt.token}/receipt.json").get_json()
    assert document["receipt"]["platform"] == {
        "platform": "taobao",
        "notified_on": _day(-9),
        "statement_reached_on": _day(-2),
    }
    listed = client.get(f"/account/filings/{filing.reference}/platform/links.txt").data
    assert listed.decode().split("\n") == LINKS
    assert document["receipt"]["links"]["sha256"] == hashlib.sha256(listed).hexdigest()
    assert "淘宝" in Pages(stranger).get(f"/verify/{filing.receipt.token}").text
    for name, content in (
        ("receipt.json", json.dumps(document)),
        ("keys.json", stranger.get("/verify/keys.json").text),
        ("links.txt", listed.decode()),
        ("others.txt", LINKS[0]),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8", newline="")
    run = [sys.executable, str(SCRIPT), str(tmp_path / "receipt.json"), "--keys", str(tmp_path / "keys.json")]
    assert subprocess.run([*run, "--links", str(tmp_path / "links.txt")], check=False).returncode == 0
    assert subprocess.run([*run, "--links", str(tmp_path / "others.txt")], check=False).returncode == 1


def test_a_later_statement_begins_the_days_and_reaches_staff(
    client: FlaskClient, app: Flask, session: Session, office: Office
) -> None:
    _file(client)
    filing = session.scalars(select(Filing)).one()
    at = f"/account/filings/{filing.reference}/platform"
    assert [one for one, _wait in unshown(session, today=TODAY, ahead=dt.timedelta(days=20))] == []
    page = Pages(client).post(f"{at}/statement", {"reached_on": _day(-30), "words": ""})
    assert "以后才转来的" in page.text
    assert (
        client.post(f"{at}/statement", data={"reached_on": _day(0), "words": "自有品牌"}).status_code == 303
    )
    twice = client.post(f"{at}/statement", data={"reached_on": _day(0), "words": "自有品牌"})
    assert twice.status_code == 303  # a double click
    assert client.post(f"{at}/statement", data={"reached_on": _day(-1)}).status_code == 409
    message = session.scalars(select(CaseMessage)).one()
    assert "自有品牌" in message.body
    assert len(unshown(session, today=TODAY, ahead=dt.timedelta(days=20))) == 1
    assert "不" in Pages(client).post(f"{at}/shown", {"shown_on": ""}, status=422).text
    assert client.post(f"{at}/shown", data={"shown_on": _day(0)}).status_code == 303
    assert session.scalars(select(PlatformNotice)).one().shown_on == TODAY
    assert unshown(session, today=TODAY, ahead=dt.timedelta(days=20)) == []
    session.commit()
    desk = sign_in(app.test_client(), office.intake)
    shown = Pages(desk).get(f"/casework/cases/{filing.reference}/links").text
    assert "自有品牌" in shown
    assert "平台收到回执的日期" in shown


def test_the_case_names_the_domicile_of_the_platform(
    client: FlaskClient, app: Flask, session: Session, office: Office
) -> None:
    _file(client)
    case = session.scalars(select(Case)).one()
    desk = sign_in(app.test_client(), office.intake)
    page = Pages(desk).get(f"/casework/cases/{case.reference}").text
    assert "浙江" in page
    assert "330110" in page


def test_the_fifteenth_day_is_shown_without_leaning_on_a_holiday_and_lateness_is_told(
    client: FlaskClient, session: Session
) -> None:
    """The statement came on 17 September 2026: day 15 is 2 October, in the holiday; the law rolls nothing there."""
    _file(client, notified_on="2026-09-01", statement_reached_on="2026-09-17")
    filing = session.scalars(select(Filing)).one()
    wait = wait_of(session, dt.date(2026, 9, 17))
    assert wait is not None
    assert (wait.raw_end, wait.legal_end) == (dt.date(2026, 10, 2), dt.date(2026, 10, 8))
    at = f"/account/filings/{filing.reference}/platform"
    page = Pages(client).get(at)
    assert "2026年10月2日" in page.find("main").text
    assert "2026年10月8日" not in page.find("main").text
    client.post(f"{at}/shown", data={"shown_on": _day(0)})
    assert "平台在期满以后才收到" in Pages(client).get(at).text
    client.post(f"/account/filings/{filing.reference}/withdraw", data={"reasons": "和解", "sure": "y"})
    assert "已经由提交的人撤回" in Pages(client).get(at).text
