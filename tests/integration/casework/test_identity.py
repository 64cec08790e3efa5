"""The closed envelope: who gets at it, and what is left of it in the ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.cases.tables import Case
from models.filings.submissions import Person
from models.filings.vault import seal
from models.kinds import Track
from models.ledger.queries import events_of
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case
from tests.support.visitors import sign_in

Browser = Callable[[Account], FlaskClient]
NAME, PHONE = "周丁", "13900000000"


@pytest.fixture
def case(app: Flask, session: Session, office: Office) -> Case:
    made = a_case(session, Track.COMPLAINT)
    with app.app_context():
        seal(session, filing=made.filing, person=Person(NAME, PHONE), keys=keyring(), now=OPENED)
    session.commit()
    return made


def _url(case: Case, rest: str = "identity") -> str:
    return f"/casework/cases/{case.shown_reference}/{rest}"


def test_the_envelope_opens_for_a_reason_and_leaves_an_event(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    client = browser(office.intake)
    Pages(client).get(_url(case))
    soup = Pages(client).post(_url(case), {"reason": "contact", "words": "核实购买时间"}, status=200)
    assert NAME in soup.get_text()
    assert PHONE in soup.get_text()
    events = events_of(session, subject_kind="filings", subject_id=str(case.filing_id))
    assert [event.act for event in events] == ["open_identity"]
    assert events[0].actor == office.intake.ledger_name


def test_without_a_reason_it_stays_closed(
    session: Session, office: Office, browser: Browser, case: Case
) -> None:
    soup = Pages(browser(office.intake)).post(_url(case), {"reason": "contact", "words": " "})
    assert NAME not in soup.get_text()
    assert not events_of(session, subject_kind="filings", subject_id=str(case.filing_id))


def test_a_role_that_may_not_identify_is_refused(office: Office, browser: Browser, case: Case) -> None:
    assert browser(office.supervisor).get(_url(case)).status_code == 403


def test_an_old_sign_in_is_asked_for_the_password_again(app: Flask, office: Office, case: Case) -> None:
    client = sign_in(app.test_client(), office.intake, fresh=False)
    response = client.post(_url(case), data={"reason": "contact", "words": "核实"})
    assert (response.status_code, response.location.split("?")[0]) == (303, "/sign-in/verify")


def test_the_page_of_the_case_holds_nothing_of_the_identity(
    office: Office, browser: Browser, case: Case
) -> None:
    text = browser(office.intake).get(_url(case, "")[:-1]).text
    assert NAME not in text
    assert PHONE not in text
