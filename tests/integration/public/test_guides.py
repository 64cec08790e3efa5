"""Guides from consultations, and warnings about other countries: written by one, published by another, found by all."""

from __future__ import annotations

from collections.abc import Iterator

import feedparser
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.bulletins.guides import MASK, without_person
from models.bulletins.tables import Bulletin
from models.cases.intake import receive
from models.cases.operations import accept, answer
from models.cases.tables import Case
from models.filings.tables import IdentityOpening
from models.kinds import Track
from models.people.actors import FILER
from models.people.roles import Role
from models.people.tables import Account
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import PERSON, a_submission
from tests.support.visitors import sign_in

GUIDE = {
    "title": "商标怎么续展？",
    "summary": "期满前十二个月内办理。",
    "body": "问：怎么续展？\n答：向商标局申请。",
}


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def reviewer(session: Session, office: Office) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=office.bureau)
    return made


@pytest.fixture
def answered(app: Flask, session: Session, office: Office) -> Case:
    """A question with the number of a phone in it, by somebody who gave a name."""
    asked = a_submission(Track.CONSULTATION, person=PERSON, facts="我的电话 13800001234，商标怎么续展？")
    with app.app_context():
        made = receive(session, submission=asked, actor=FILER, now=OPENED, keys=keyring()).case
    accept(session, case=made, actor=office.intake, now=OPENED)
    answer(session, case=made, body="期满前十二个月内办理。", actor=office.intake, now=OPENED)
    session.commit()
    return made


def test_what_looks_like_a_persons_is_masked_before_anybody_edits() -> None:
    text = without_person("请回电 13800001234，商标第 12345678 号。")
    assert MASK in text
    assert "13800001234" not in text
    assert "商标第 12345678 号" in text


@pytest.mark.parametrize("language", ["", "/en"])
def test_an_answer_becomes_a_guide_without_the_person(
    app: Flask,
    client: FlaskClient,
    session: Session,
    office: Office,
    reviewer: Account,
    answered: Case,
    language: str,
) -> None:
    intake, other = sign_in(app.test_client(), office.intake), sign_in(app.test_client(), reviewer)
    desk = f"/casework/cases/{answered.shown_reference}/guide"
    assert desk in str(Pages(intake).get(f"{language}/casework/cases/{answered.shown_reference}"))
    suggested = Pages(intake).get(language + desk).text
    assert "13800001234" not in suggested
    assert "十二个月" in suggested
    Pages(intake).post(desk, {})
    assert "咨询人的信息" in Pages(intake).post(desk, {**GUIDE, "body": f"{PERSON.name}问的"}).text
    assert intake.post(desk, data=GUIDE).status_code == 303
    made = session.scalars(select(Bulletin)).one()
    made.body += f"（{PERSON.address}）"
    session.commit()
    publishing = f"/casework/bulletins/{made.id}/publish"
    assert other.post(publishing).status_code == 409
    session.expire_all()
    made.body = GUIDE["body"]
    session.commit()
    assert other.post(publishing).status_code == 303
    openings = session.scalars(select(IdentityOpening.account_id)).all()
    assert {office.intake.id, reviewer.id} == set(openings)
    Pages(client).get(f"{language}/guides")
    assert GUIDE["title"] in Pages(client).get(f"{language}/guides/questions?q=续展 商标局").text
    assert GUIDE["title"] not in Pages(client).get(f"{language}/guides/questions?q=专利").text
    page = Pages(client).get(f"{language}/guides/questions/{made.public_id}").text
    assert "向商标局申请" in page
    assert answered.shown_reference not in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_warning_has_its_country_its_page_and_its_feed(
    app: Flask, client: FlaskClient, session: Session, office: Office, reviewer: Account, language: str
) -> None:
    writer = sign_in(app.test_client(), StaffFactory(role=Role.PUBLISHER, unit=office.bureau))
    warning = {
        "kind": "warning",
        "unit": office.bureau.code,
        "title": "灯具出口的外观专利风险",
        "summary": "近期有多起诉讼。",
        "body": "请先检索当地外观专利。",
        "then": "submit",
    }
    assert "国家或者地区" in Pages(writer).post("/casework/bulletins/new", warning).text
    assert writer.post("/casework/bulletins/new", data={**warning, "country": "US"}).status_code == 303
    made = session.scalars(select(Bulletin)).one()
    other = sign_in(app.test_client(), reviewer)
    assert other.post(f"/casework/bulletins/{made.id}/publish").status_code == 303
    assert warning["title"] in Pages(client).get(f"{language}/warnings?country=US").text
    assert warning["title"] not in Pages(client).get(f"{language}/warnings?country=JP").text
    Pages(client).get(f"{language}/warnings/{made.public_id}")
    told = feedparser.parse(client.get(f"{language}/warnings.atom?country=US").data)
    assert not told.bozo
    assert [(one.title, one.tags[0].term) for one in told.entries] == [(warning["title"], "US")]
    assert feedparser.parse(client.get("/warnings.atom?country=JP").data).entries == []
    assert client.get("/warnings.atom?country=nowhere").status_code == 200
