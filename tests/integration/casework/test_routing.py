"""The proposal on the page of the case and on the transfer form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.designation import designate, escalate
from models.cases.tables import Case
from models.cases.terms import State
from models.cases.transfers import acknowledge, return_transfer, transfer
from models.kinds import RightType, Track
from models.people.roles import UnitKind
from models.people.tables import Account, Unit
from tests.factories import UnitFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case, a_case_in

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def yexian(office: Office) -> Unit:
    return UnitFactory(code="yexian", name="叶县市场监督管理局", kind=UnitKind.COUNTY, parent=office.bureau)


@pytest.fixture
def case(session: Session, yexian: Unit) -> Case:
    made = a_case(session)
    made.filing.region_code = yexian.region_code = "410422"
    session.commit()
    return made


def _url(case: Case, act: str = "") -> str:
    return f"/casework/cases/{case.shown_reference}{act}"


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_case_says_who_is_competent_and_why(
    case: Case, office: Office, browser: Browser, language: str
) -> None:
    page = Pages(browser(office.intake)).get(language + _url(case))
    panel = page.select_one("section[aria-labelledby=proposal]")
    assert panel is not None
    assert "叶县市场监督管理局" in panel.text
    if not language:
        assert "商标法 第60至62条" in panel.text


def test_a_matter_of_another_authority_names_it(
    session: Session, case: Case, office: Office, browser: Browser
) -> None:
    case.right_type = RightType.LAYOUT_DESIGN
    session.commit()
    panel = Pages(browser(office.intake)).get(_url(case)).select_one("section[aria-labelledby=proposal]")
    assert panel is not None
    assert "国家知识产权局" in panel.text
    assert "告知举报投诉人直接向其提出" in panel.text


def test_nobody_is_proposed_any_more_where_the_case_can_go_nowhere(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.ANSWERED)
    session.commit()
    page = Pages(browser(office.intake)).get(_url(case))
    assert page.select_one("section[aria-labelledby=deadlines]")
    assert page.select_one("section[aria-labelledby=proposal]") is None


def test_the_transfer_form_has_the_proposed_unit_chosen(
    case: Case, office: Office, yexian: Unit, browser: Browser
) -> None:
    page = Pages(browser(office.intake)).get(_url(case, "/transfer"))
    chosen = page.select_one("select[name=unit] option[selected]")
    assert chosen is not None
    assert chosen["value"] == str(yexian.id)


def test_what_it_is_about_can_be_corrected_in_the_address(
    case: Case, office: Office, browser: Browser
) -> None:
    page = Pages(browser(office.intake)).get(_url(case, "/transfer?conduct=border&venue=nonsense"))
    panel = page.select_one("section[aria-labelledby=proposal]")
    assert panel is not None
    assert "郑州海关" in panel.text


def test_choosing_otherwise_asks_why_and_then_shows_it(
    session: Session, case: Case, office: Office, browser: Browser
) -> None:
    client = browser(office.intake)
    data = {"version": str(case.version), "unit": str(office.county.id), "reasons": "属地管辖"}
    page = Pages(client).post(_url(case, "/transfer"), data)
    assert page.select_one("#departure-error") is not None
    sent = client.post(_url(case, "/transfer"), data={**data, "departure": "已经搬迁"})
    assert sent.status_code == 303
    session.expire_all()
    assert case.state is State.FORWARDED
    recalled = client.post(_url(case, "/recall"), data={"version": str(case.version), "reasons": "送错了"})
    assert recalled.status_code == 303
    assert "已经搬迁" in Pages(client).get(_url(case, "/transfer")).text


def _panel(client: FlaskClient, case: Case, act: str = "") -> str:
    panel = Pages(client).get(_url(case, act)).select_one("section[aria-labelledby=proposal]")
    assert panel is not None
    return panel.get_text(" ", strip=True)


def test_what_waits_for_a_receiver_or_a_superior_is_told_as_such(
    session: Session, case: Case, office: Office, browser: Browser
) -> None:
    transfer(session, case=case, to_unit=office.county, reasons="属地", actor=office.intake, now=OPENED)
    session.commit()
    assert "已经移交示例县市场监督管理局，等它签收或者退回。" in _panel(browser(office.county_handler), case)
    return_transfer(session, case=case, reasons="不在本县", actor=office.county_handler, now=OPENED)
    escalate(session, case=case, reasons="有争议", actor=office.intake, now=OPENED)
    session.commit()
    assert "等共同的上级机构指定管辖。" in _panel(browser(office.head), case, "/designate")


def test_a_designated_unit_is_neither_sent_elsewhere_nor_asked_why_it_accepts(
    session: Session, case: Case, office: Office, browser: Browser
) -> None:
    escalate(session, case=case, reasons="有争议", actor=office.intake, now=OPENED)
    designate(session, case=case, to_unit=office.county, reasons="属地", actor=office.head, now=OPENED)
    session.commit()
    client = browser(office.county_intake)
    panel = _panel(client, case)
    assert "上级机构已经指定由现在的机构管辖" in panel
    assert panel.startswith(f"已经指定由谁办理 {office.county.name}"), "the rules' unit is no longer proposed"
    assert "按职责分工本来是叶县市场监督管理局；以指定管辖为准。" in panel
    assert "指定的理由：属地" in panel
    assert client.post(_url(case, "/accept"), data={"version": str(case.version)}).status_code == 303


def test_a_filed_case_is_proposed_across_and_where_it_came_across_not_back(
    session: Session, office: Office, yexian: Unit, browser: Browser
) -> None:
    case = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    case.filing.region_code = yexian.region_code = "410422"
    case.unit = office.county
    session.commit()
    page = Pages(browser(office.county_handler)).get(_url(case, "/transfer"))
    assert page.select_one("select[name=unit] option[selected]")["value"] == str(yexian.id)  # type: ignore[index]
    transfer(session, case=case, to_unit=office.sibling, reasons="主犯在此", actor=office.intake, now=OPENED)
    acknowledge(session, case=case, actor=office.sibling_handler, now=OPENED)
    session.commit()
    assert "不得再自行移送" in _panel(browser(office.sibling_handler), case)
