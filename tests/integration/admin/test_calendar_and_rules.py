"""An administrator changes the calendar and adds a local rule by pages; nobody else can."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.clocks.book import book
from models.clocks.calendar_tables import CalendarChange, UnitClosingDay
from models.clocks.queries import published_years
from models.clocks.tables import ClockRule
from models.people.roles import Role
from models.supervision.tables import StaffNotice
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office, in_the_county
from tests.support.clocks import day
from tests.support.notices import notice_2027
from tests.support.visitors import sign_in

CALENDAR = "/admin/calendar"
RULES = "/admin/rules"


@pytest.fixture(autouse=True)
def _friday_morning() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    made = an_office(session)
    in_the_county(session, made)
    session.commit()
    return made


@pytest.fixture
def administrator(app: Flask, session: Session, office: Office) -> FlaskClient:
    account = StaffFactory(role=Role.ADMINISTRATOR, unit=office.bureau)
    session.commit()
    return sign_in(app.test_client(), account)


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
@pytest.mark.parametrize(
    "path",
    [
        *(CALENDAR, f"{CALENDAR}?year=2027", f"{CALENDAR}/2026-12-01", f"{CALENDAR}/import"),
        *(f"{CALENDAR}/closing", RULES, f"{RULES}?unconfirmed=1", f"{RULES}/report_verify/1"),
        f"{RULES}/new?rule=report_verify",
    ],
)
def test_pages_keep_the_house_style(administrator: FlaskClient, language: str, path: str) -> None:
    Pages(administrator).get(language + path)


def test_a_year_shows_each_day_and_what_is_missing(administrator: FlaskClient) -> None:
    page = Pages(administrator).get(CALENDAR)
    assert len(page.select(".month td a")) == 365
    assert page.select_one("a[href$='/2026-02-14']").find_parent("td")["class"] == ["is-makeup"]
    assert "2027" in page.select_one(".band--warn").get_text(), "from November the next year is missed"


def test_a_changed_day_moves_deadlines_and_tells_the_handler(
    session: Session, office: Office, administrator: FlaskClient
) -> None:
    form = {"kind": "holiday", "name": "特别放假", "reason": "国办明电〔2026〕1号"}
    assert administrator.post(f"{CALENDAR}/2026-12-01", data=form).status_code == 303
    assert not book(session).calendar.is_workday(day("2026-12-01"))
    assert session.scalars(select(CalendarChange)).one().moved > 0
    assert session.scalars(select(StaffNotice)).one().account_id == office.county_handler.id
    assert "国办明电〔2026〕1号" in Pages(administrator).get(CALENDAR).get_text()
    Pages(administrator).post(f"{CALENDAR}/2026-12-01", {**form, "reason": ""})


def test_the_yearly_notice_is_imported_or_refused_whole(session: Session, administrator: FlaskClient) -> None:
    def send(text: str) -> int:
        file = (io.BytesIO(text.encode()), "2027.json")
        return administrator.post(f"{CALENDAR}/import", data={"file": file}).status_code

    assert send('{"year": 2027, "days": []}') == 422
    assert 2027 not in published_years(session)
    assert send(json.dumps(notice_2027())) == 303
    session.expire_all()
    assert 2027 in published_years(session)
    assert not Pages(administrator).get(CALENDAR).select(".band--warn")


def test_what_is_wrong_with_a_notice_is_said_in_the_language_of_the_page(
    administrator: FlaskClient,
) -> None:
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}] * 2
    file = (io.BytesIO(json.dumps({"year": 2027, "days": days}).encode()), "2027.json")
    page = Pages(administrator).post(f"/en{CALENDAR}/import", {"file": file}, status=422)
    told = page.select_one(".invalid-feedback, [id$=-error]").get_text(" ", strip=True)
    assert "The holiday file for 2027 has errors: 1; days[2]: 2027-01-01 stands there twice" in told


def test_a_unit_is_closed_and_opened_again(
    session: Session, office: Office, administrator: FlaskClient
) -> None:
    form = {"unit": str(office.county.id), "on": "2026-12-11", "reason": "停电"}
    assert administrator.post(f"{CALENDAR}/closing", data=form).status_code == 303
    address = f"{CALENDAR}/closing/{office.county.id}/2026-12-11"
    Pages(administrator).get(address)
    assert administrator.post(address, data={"reason": "已恢复"}).status_code == 303
    assert session.scalar(select(func.count()).select_from(UnitClosingDay)) == 0


def test_a_local_version_is_added_with_its_source_and_ended(
    session: Session, administrator: FlaskClient
) -> None:
    form = {
        "rule_id": "local_reply",
        "title": "答复咨询",
        "n": "3",
        "unit": "wd",
        "start_event": "received",
        "is_promise": "y",
        "in_force_from": "2026-11-23",
    }
    assert administrator.post(f"{RULES}/new", data=form).status_code == 303
    row = session.scalars(select(ClockRule).where(ClockRule.rule_id == "local_reply")).one()
    assert (row.version, row.basis, row.is_local_promise) == (1001, "本局服务承诺", True)
    Pages(administrator).get(f"{RULES}/local_reply/1001")
    ended = administrator.post(f"{RULES}/local_reply/1001/end", data={"on": "2026-11-30"})
    assert ended.status_code == 303
    Pages(administrator).post(f"{RULES}/new", {**form, "rule_id": "other_reply", "is_promise": ""})


@pytest.mark.parametrize("path", [CALENDAR, RULES])
def test_nobody_else_reaches_them(app: Flask, office: Office, path: str) -> None:
    assert sign_in(app.test_client(), office.head).get(path).status_code == 403
