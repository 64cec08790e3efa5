"""Acting on a case through its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.cases.tables import Case
from models.cases.terms import Act, State
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import Office, a_case, a_case_in, in_the_county

Browser = Callable[[Account], FlaskClient]


def _url(case: Case, act: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}" + (f"/{act}" if act else "")


def _do(client: FlaskClient, case: Case, act: str, **data: Any) -> TestResponse:
    return client.post(_url(case, act), data={"version": str(case.version), **data})


def test_a_case_runs_from_acceptance_to_closing(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    intake, county = browser(office.intake), browser(office.county_handler)
    head = browser(office.head)
    for client, act, data in [
        (intake, "accept", {}),
        (intake, "transfer", {"unit": office.county.id, "reasons": "属地管辖"}),
        (county, "acknowledge", {}),
        (head, "file", {"reasons": "有初步证据"}),
        (county, "answer", {"body": "已立案，将依法处理。"}),
        (county, "close", {"outcome": "filed", "reasons": "符合立案条件。"}),
    ]:
        response = _do(client, case, act, **data)
        assert response.status_code == 303, response.text
        session.expire_all()
    assert (case.state, case.unit, case.handler) == (State.CLOSED, office.county, office.county_handler)


def test_a_double_click_does_the_act_once(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    client, old = browser(office.intake), str(case.version)
    for _click in range(2):
        assert client.post(_url(case, "accept"), data={"version": old}).status_code == 303
    session.expire_all()
    assert [entry.act for entry in case.acts] == [Act.RECEIVE, Act.ACCEPT]


def test_a_double_click_on_returning_leads_to_the_queue(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.TRANSFERRED)
    session.commit()
    client, data = browser(office.county_handler), {"version": str(case.version), "reasons": "不在本县"}
    for _click in range(2):
        response = client.post(_url(case, "return"), data=data)
        assert (response.status_code, response.location) == (303, "/casework/")


def test_the_slower_of_two_officers_is_told_so(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    old = str(case.version)
    assert _do(browser(office.intake), case, "message", body="请补充。").status_code == 303
    response = browser(office.intake).post(_url(case, "accept"), data={"version": old})
    assert response.status_code == 409
    assert "刷新" in response.text


def test_words_typed_over_an_old_screen_are_kept_and_can_be_sent_again(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.MEDIATED)
    session.commit()
    client, old = browser(office.intake), str(case.version)
    assert _do(client, case, "message", body="请补充。").status_code == 303
    session.expire_all()
    soup = Pages(client).post(_url(case, "answer"), {"version": old, "body": "长长的答复"}, status=409)
    assert "长长的答复" in soup.select_one("textarea").get_text()  # type: ignore[union-attr]
    sent = str(soup.select_one("input[name=version]")["value"])  # type: ignore[index]
    assert client.post(_url(case, "answer"), data={"version": sent, "body": "长长的答复"}).status_code == 303


@pytest.mark.parametrize(
    ("act", "state", "field"),
    [
        ("refuse", State.RECEIVED, "reasons"),
        ("transfer", State.ACCEPTED, "unit"),
        ("assign", State.ACCEPTED, "handler"),
        ("offer-mediation", State.ACCEPTED, "company_words"),
        ("settle", State.MEDIATING, "terms"),
        ("end-mediation", State.MEDIATING, "ground"),
        ("answer", State.MEDIATED, "body"),
        ("close", State.ANSWERED, "outcome"),
        ("message", State.RECEIVED, "body"),
        ("recall", State.TRANSFERRED, "reasons"),
    ],
)
def test_a_form_sent_empty_says_what_to_mend(
    session: Session, office: Office, browser: Browser, act: str, state: State, field: str
) -> None:
    case = a_case_in(session, office, state)
    session.commit()
    pages = Pages(browser(office.intake))
    pages.get(_url(case, act))
    soup = pages.post(_url(case, act), {"version": str(case.version)})
    problem = soup.select_one(f"#problems a[href^='#{field}']")
    assert problem, soup.select_one("main")
    session.expire_all()
    assert case.state is state


def test_what_the_state_does_not_allow_is_refused_with_a_sentence(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case(session)
    session.commit()
    response = _do(browser(office.intake), case, "close", outcome="filed", reasons="理由")
    assert response.status_code == 409
    assert "已答复" in response.text


def test_another_county_does_not_learn_that_a_case_exists(
    session: Session, office: Office, browser: Browser
) -> None:
    case = in_the_county(session, office)
    session.commit()
    client = browser(office.sibling_handler)
    assert client.get(_url(case)).status_code == 404
    assert _do(client, case, "answer", body="越权").status_code == 404


def test_the_first_unit_looks_on_but_does_not_act(session: Session, office: Office, browser: Browser) -> None:
    case = in_the_county(session, office)
    session.commit()
    client = browser(office.intake)
    assert client.get(_url(case)).status_code == 200
    assert _do(client, case, "message", body="代办").status_code == 403


def test_without_signing_in_nothing_is_shown(session: Session, office: Office, client: FlaskClient) -> None:
    case = a_case(session)
    session.commit()
    response = client.get(_url(case))
    assert (response.status_code, response.location.split("?")[0]) == (303, "/sign-in")
