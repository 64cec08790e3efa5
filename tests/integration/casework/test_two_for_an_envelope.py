"""The envelope where the bureau wants two people: asked for, granted by another, opened once and in time."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.tables import Case
from models.filings.submissions import Person
from models.filings.vault import seal
from models.identity.tables import IdentityRequest
from models.kinds import Track
from models.ledger.queries import events_of
from models.people.operations import assign_role
from models.people.profiles import IdentityPolicy
from models.people.roles import Role
from models.people.tables import Account
from models.supervision.tables import StaffNotice
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case

Browser = Callable[[Account], FlaskClient]
NAME = "周丁"
ASKED = {"reason": "contact", "words": "核实购买时间"}
GRANTED = {"decision": "grant", "answer": ""}
LANGUAGES = pytest.mark.parametrize("language", ["", "/en"])


@pytest.fixture
def case(app: Flask, session: Session, office: Office) -> Case:
    services = app.extensions["huhang_services"]
    bureau = dataclasses.replace(services.bureau, identity=IdentityPolicy(people=2, minutes=30))
    app.extensions["huhang_services"] = dataclasses.replace(services, bureau=bureau)
    made = a_case(session, Track.COMPLAINT)
    with app.app_context():
        seal(session, filing=made.filing, person=Person(NAME, "13900000000"), keys=keyring(), now=OPENED)
    session.commit()
    return made


@pytest.fixture
def filer(app: Flask, case: Case) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["filings"] = {case.reference: OPENED.timestamp()}
    return client


def _url(case: Case, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}/identity{rest}"


def _asked(session: Session, case: Case) -> IdentityRequest:
    return session.scalars(select(IdentityRequest).where(IdentityRequest.case_id == case.id)).one()


def _granted(session: Session, office: Office, browser: Browser, case: Case) -> None:
    assert browser(office.intake).post(_url(case), data=ASKED).status_code == 303
    number = _asked(session, case).id
    assert browser(office.head).post(_url(case, f"/requests/{number}"), data=GRANTED).status_code == 303


@LANGUAGES
def test_the_pages_on_the_way_are_whole(
    session: Session, office: Office, browser: Browser, case: Case, filer: FlaskClient, language: str
) -> None:
    asker, head = Pages(browser(office.intake)), Pages(browser(office.head))
    asker.get(language + _url(case))
    browser(office.intake).post(_url(case), data=ASKED)
    asker.get(language + _url(case))
    number = _asked(session, case).id
    assert head.get(language + _url(case)[: -len("/identity")]).select_one(f"a[href$='/requests/{number}']")
    head.get(f"{language}{_url(case)}/requests/{number}")
    browser(office.head).post(_url(case, f"/requests/{number}"), data=GRANTED)
    asker.get(language + _url(case))
    asker.get(f"{language}/casework/notices")
    assert NAME in asker.post(language + _url(case, "/open"), {}, status=200).get_text()
    Pages(filer).get(f"{language}/track/{case.reference}")


def test_it_opens_once(session: Session, office: Office, browser: Browser, case: Case) -> None:
    _granted(session, office, browser, case)
    assert NAME in browser(office.intake).post(_url(case, "/open")).text
    again = browser(office.intake).post(_url(case, "/open"))
    assert (again.status_code, NAME in again.text) == (409, False)
    acts = [one.act for one in events_of(session, subject_kind="cases", subject_id=str(case.id))]
    assert acts[-2:] == ["identity.ask", "identity.grant"]


def test_what_was_granted_ends(session: Session, office: Office, browser: Browser, case: Case) -> None:
    _granted(session, office, browser, case)
    with time_machine.travel(OPENED + dt.timedelta(minutes=31), tick=False):
        late = browser(office.intake).post(_url(case, "/open"))
    assert (late.status_code, NAME in late.text) == (409, False)


def test_nobody_grants_what_they_asked_for(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    both = StaffFactory(role=Role.INTAKE, unit=office.bureau)
    assign_role(session, account=both, unit=office.bureau, role=Role.HEAD, actor=office.head, now=OPENED)
    session.commit()
    assert browser(both).post(_url(case), data=ASKED).status_code == 303
    number = _asked(session, case).id
    assert browser(both).post(_url(case, f"/requests/{number}"), data=GRANTED).status_code == 403
    assert not _asked(session, case).is_granted


def test_another_persons_grant_opens_nothing(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    _granted(session, office, browser, case)
    colleague = StaffFactory(role=Role.HANDLER, unit=office.bureau)
    session.commit()
    response = browser(colleague).post(_url(case, "/open"))
    assert (response.status_code, NAME in response.text) == (409, False)


def test_one_person_alone_gets_nothing(office: Office, browser: Browser, case: Case) -> None:
    response = browser(office.intake).post(_url(case), data=ASKED, follow_redirects=True)
    assert NAME not in response.text


def test_a_refusal_says_why_and_opens_nothing(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    browser(office.intake).post(_url(case), data=ASKED)
    number = _asked(session, case).id
    decide = _url(case, f"/requests/{number}")
    Pages(browser(office.head)).post(decide, {"decision": "decline", "answer": " "})
    browser(office.head).post(decide, data={"decision": "decline", "answer": "先通过留言联系"})
    assert "先通过留言联系" in Pages(browser(office.intake)).get(_url(case)).get_text()
    assert browser(office.intake).post(_url(case, "/open")).status_code == 409
    assert browser(office.head).post(decide, data=GRANTED).status_code == 409
    kinds = {(one.account_id, one.data["what"]) for one in session.scalars(select(StaffNotice))}
    assert kinds == {(office.head.id, "asked"), (office.intake.id, "declined")}


def test_the_filer_sees_when_and_why_but_not_who(
    session: Session, office: Office, browser: Browser, case: Case, filer: FlaskClient
) -> None:
    track = f"/track/{case.reference}"
    before = Pages(filer).get(track)
    assert "到现在没有人查看过" in before.text
    assert before.select_one("a[href='#openings']") is None
    _granted(session, office, browser, case)
    browser(office.intake).post(_url(case, "/open"))
    page = Pages(filer).get(track)
    assert page.select_one("a[href='#openings']") is not None, "said at the top, told further down"
    text = page.text
    assert "联系举报投诉人核实情况" in text
    assert office.intake.display_name not in text
    assert ASKED["words"] not in text


@pytest.mark.parametrize("officer", ["supervisor", "sibling_handler"])
def test_a_denied_attempt_is_an_event(
    session: Session, office: Office, browser: Browser, case: Case, officer: str
) -> None:
    person: Account = getattr(office, officer)
    response = browser(person).get(_url(case))
    assert response.status_code in (403, 404)
    kind, number = ("accounts", person.id) if officer == "supervisor" else ("cases", case.id)
    last = events_of(session, subject_kind=kind, subject_id=str(number))[-1]
    assert (last.act, last.actor) == ("denied", person.ledger_name)
