"""Recusal through the pages: out of sight at once, and let in again by a head."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.cases.terms import State
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import Office, a_case_in

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def case(session: Session, office: Office) -> Case:
    made = a_case_in(session, office, State.ACCEPTED)
    session.commit()
    return made


def _url(case: Case, rest: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}{rest}"


@pytest.mark.parametrize("language", ["", "/en"])
def test_out_of_sight_at_once_and_in_again(
    session: Session, office: Office, case: Case, browser: Browser, language: str
) -> None:
    intake, head = browser(office.intake), browser(office.head)
    Pages(intake).get(language + _url(case, "/recusals/new"))
    data = {
        "version": str(case.version),
        "who": str(office.intake.id),
        "reason": "relative",
        "words": "当事人是我表弟",
    }
    assert intake.post(_url(case, "/recusals/new"), data=data).status_code == 303
    for page in ("", "/answer", "/transfer", "/deadlines.json", "/identity"):
        assert intake.get(_url(case, page)).status_code in (404, 403), page
    assert intake.get(_url(case)).status_code == 404
    assert case.shown_reference not in intake.get("/casework/?view=open").text
    listed = Pages(head).get(language + _url(case, "/recusals"))
    assert "当事人是我表弟" in listed.text
    session.expire_all()
    number = case.recusals[0].id
    Pages(head).get(language + _url(case, f"/recusals/{number}/lift"))
    assert head.post(_url(case, f"/recusals/{number}/lift"), data={"reasons": "已核实"}).status_code == 303
    assert intake.get(_url(case)).status_code == 200


def test_only_a_head_reads_and_lifts(office: Office, case: Case, browser: Browser) -> None:
    assert browser(office.intake).get(_url(case, "/recusals")).status_code == 403
    assert browser(office.head).get(_url(case, "/recusals/99/lift")).status_code == 404
