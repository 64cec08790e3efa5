"""The proposal on the page of the case and on the transfer form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.tables import Case
from models.cases.terms import State
from models.kinds import RightType
from models.people.roles import UnitKind
from models.people.tables import Account, Unit
from tests.factories import UnitFactory
from tests.pages import Pages
from tests.support.cases import Office, a_case, a_case_in

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
