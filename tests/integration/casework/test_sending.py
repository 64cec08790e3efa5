"""Transfers through the pages: returned three times and designated; accepting against the proposal; notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from background.supervision import notify_units
from background.work import Work
from models.cases.aftermath.operations import dispute
from models.cases.tables import Case
from models.cases.terms import Act, State
from models.kinds import RightType, Track
from models.people.roles import Role, UnitKind
from models.people.tables import Account, Unit
from models.routing.tables import RoutingChoice
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, a_case_in, brought_to, handed_on

Browser = Callable[[Account], FlaskClient]


def _url(case: Case, act: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}" + (f"/{act}" if act else "")


def _do(session: Session, client: FlaskClient, case: Case, act: str, **data: Any) -> TestResponse:
    session.expire_all()
    return client.post(_url(case, act), data={"version": str(case.version), **data})


@pytest.fixture
def yexian(office: Office) -> Unit:
    return UnitFactory(
        code="yexian",
        name="叶县市场监督管理局",
        kind=UnitKind.COUNTY,
        parent=office.bureau,
        region_code="410422",
    )


def test_returned_three_times_it_is_designated(session: Session, office: Office, browser: Browser) -> None:
    case = a_case(session)
    session.commit()
    intake, county, head = browser(office.intake), browser(office.county_intake), browser(office.head)
    for _ in range(3):
        data = {"unit": office.county.id, "reasons": "属地", "departure": "就近"}
        assert _do(session, intake, case, "transfer", **data).status_code == 303
        assert _do(session, county, case, "return", reasons="不在本县").status_code == 303
    session.expire_all()
    assert case.state is State.CONTESTED
    assert _do(session, intake, case, "transfer", **data).status_code == 409  # waits for the superior
    page = Pages(head).get(_url(case, "designate"))
    assert "不在本县" in page.text
    assert _do(session, intake, case, "designate", unit=office.county.id, reasons="x").status_code == 403
    data = {"unit": office.county.id, "reasons": "行为发生地在该县"}
    assert _do(session, head, case, "designate", **data).status_code == 303
    session.expire_all()
    assert (case.state, case.unit) == (State.RECEIVED, office.county)
    assert "不得再自行移送" in Pages(county).get(_url(case)).text


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_forms_of_contesting_are_whole(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    received, contested = a_case(session), a_case_in(session, office, State.CONTESTED)
    session.commit()
    Pages(browser(office.intake)).get(language + _url(received, "escalate"))
    asked = next(one.internal_note for one in contested.acts if one.act is Act.ESCALATE)
    page = Pages(browser(office.province_head)).get(language + _url(contested, "designate"))
    assert asked
    assert asked in page.get_text()
    Pages(browser(office.province_head)).get(language + _url(contested))


def test_accepting_what_belongs_elsewhere_asks_why(
    session: Session, office: Office, yexian: Unit, browser: Browser
) -> None:
    case = a_case(session)
    case.filing.region_code = "410422"
    session.commit()
    client = browser(office.intake)
    page = Pages(client).get(_url(case))
    assert page.select_one(f"a[href$='{_url(case, 'accept')}']")
    soup = Pages(client).post(_url(case, "accept"), {"version": str(case.version)})
    assert soup.select_one("#problems a[href^='#departure']")
    assert _do(session, client, case, "accept", departure="涉案金额大，由市局直接办理").status_code == 303
    session.expire_all()
    choice = session.scalars(select(RoutingChoice)).one()
    assert (choice.transfer_id, choice.proposed_unit, choice.chosen_unit) == (None, yexian, office.bureau)
    assert choice.departure == "涉案金额大，由市局直接办理"


def test_a_county_may_not_accept_a_patent_dispute(session: Session, office: Office, browser: Browser) -> None:
    case = a_case_in(session, office, State.FORWARDED, Track.ADJUDICATION)
    case.right_type = RightType.PATENT_INFRINGEMENT
    session.commit()
    county = browser(office.county_intake)
    assert _do(session, county, case, "acknowledge").status_code == 303
    answer = _do(session, county, case, "accept", departure="就近")
    assert answer.status_code == 409, answer.text
    assert "第95条" in answer.text


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_receiver_finds_the_transfer_among_the_notices(
    app: Flask, session: Session, office: Office, browser: Browser, language: str
) -> None:
    case = a_case_in(session, office, State.FORWARDED)
    session.commit()
    entry = next(one for one in case.acts if one.act is Act.TRANSFER)
    with app.app_context():
        notify_units([Work("notify-units", f"notify-units:{entry.id}", {"act_id": entry.id})])
    page = Pages(browser(office.county_intake)).get(f"{language}/casework/notices")
    assert case.shown_reference in page.text


@pytest.mark.parametrize("language", ["", "/en"])
def test_feedback_says_to_who_is_in_between_with_whom_the_case_is_when_there_is_nothing_to_open(
    app: Flask, session: Session, office: Office, browser: Browser, language: str
) -> None:
    case = brought_to(session, office, handed_on(session, office), State.CLOSED)
    first = StaffFactory(role=Role.INTAKE, unit=office.province)
    session.commit()
    entry = next(one for one in case.acts if one.act is Act.CLOSE)
    with app.app_context():
        notify_units([Work("notify-units", f"notify-units:{entry.id}", {"act_id": entry.id})])
    address = f"/casework/cases/{case.shown_reference}"

    def told(account: Account) -> tuple[bool, bool]:
        """Whether the notice leads to the case, and whether it names the unit to be asked."""
        page = Pages(browser(account)).get(f"{language}/casework/notices")
        item = next(one for one in page.select(".notices li p") if case.shown_reference in one.get_text())
        opens = browser(account).get(address).status_code == 200
        assert bool(item.select_one("a")) is opens, "a link leads somewhere"
        return opens, office.bureau.name in item.get_text()

    assert told(office.county_intake) == (False, True)
    assert told(first) == (True, False)
    dispute(session, case=case, grounds="没有查清。", now=OPENED)
    session.commit()
    assert told(office.county_intake) == (True, False), "until the filer has the result it is in sight again"


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_forms_of_deciding_are_whole(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    complaint, mediating = (
        a_case_in(session, office, State.ACCEPTED),
        a_case_in(session, office, State.MEDIATING),
    )
    report = a_case_in(session, office, State.ACCEPTED, Track.REPORT)
    session.commit()
    client, head = Pages(browser(office.intake)), Pages(browser(office.head))
    client.get(language + _url(complaint, "mediate"))
    for act in ("settle", "end-mediation", ""):
        client.get(language + _url(mediating, act))
    for act in ("file", "not-file", ""):
        head.get(language + _url(report, act))
