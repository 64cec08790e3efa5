"""Acting on a case through its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.cases.designation import designate
from models.cases.moves import SOMEBODY_WAS_FASTER
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.cases.transfers import transfer
from models.errors import Conflict
from models.people.tables import Account
from shared.database import start_again
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, a_case_in, in_the_county

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
    assert "您打开页面以后，这个办件又有了变化" in response.text


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


def test_a_refusal_leads_back_to_the_case_and_gives_back_what_was_written(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case(session)
    session.commit()
    client, own_page = browser(office.intake), {"Origin": "http://localhost"}
    data = {"version": str(case.version), "outcome": "filed", "reasons": "写了很久的理由", "password": "不还"}
    response = client.post(_url(case, "close"), data=data, headers=own_page)
    soup = BeautifulSoup(response.text, "html.parser")
    assert [str(link["href"]) for link in soup.select("main .buttons a")] == [_url(case), "/casework/"]
    assert [one.get_text() for one in soup.select("main .breaks")] == ["写了很久的理由"]
    assert response.headers["Cache-Control"] == "no-store"
    foreign = client.post(_url(case, "close"), data=data, headers={"Origin": "http://elsewhere"})
    assert "写了很久的理由" not in foreign.text


def test_a_case_out_of_sight_leads_to_the_queue(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    soup = Pages(browser(office.county_handler)).get(_url(case), status=404)
    assert [str(link["href"]) for link in soup.select("main .buttons a")] == ["/casework/"]


def test_who_is_overtaken_in_the_same_moment_keeps_the_words(
    session: Session, office: Office, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case_in(session, office, State.MEDIATED)
    session.commit()
    client, old = browser(office.intake), str(case.version)

    def overtaken(*_given: object) -> int:
        monkeypatch.undo()  # the second time round nobody is in the way any more
        assert start_again()
        _do(browser(office.head), case, "message", body="请补充。")
        raise Conflict(SOMEBODY_WAS_FASTER)

    monkeypatch.setattr("casework.acts.views._do", overtaken)
    soup = Pages(client).post(_url(case, "answer"), {"version": old, "body": "长长的答复"}, status=409)
    assert "长长的答复" in soup.select_one("textarea").get_text()  # type: ignore[union-attr]
    assert str(soup.select_one("input[name=version]")["value"]) != old  # type: ignore[index]


def test_what_would_be_refused_in_the_end_is_refused_before_anything_is_written(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.CONTESTED)
    designate(session, case=case, to_unit=office.county, reasons="属地", actor=office.head, now=OPENED)
    session.commit()
    response = browser(office.county_intake).get(_url(case, "transfer"))
    assert response.status_code == 409
    assert "上级机构已经指定由这里管辖" in response.text


def test_a_third_return_says_that_the_superior_is_asked(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case(session)
    for _time in range(3):
        transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
        session.commit()
        client = browser(office.county_handler)
        assert _do(client, case, "return", reasons="不在本县").status_code == 303
        session.expire_all()
    assert case.state is State.CONTESTED
    assert f"报请{case.designator_unit.name}指定管辖" in client.get("/casework/").text  # type: ignore[union-attr]
