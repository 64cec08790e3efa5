"""What an outside body needs, on the pages on which a transfer or a letter is drafted; what is lacking blocks."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.cases.terms import State
from models.kinds import Track
from models.people.roles import UnitKind
from models.people.tables import Account
from tests.factories import UnitFactory
from tests.pages import Pages
from tests.support.cases import Office, a_case_in

Browser = Callable[[Account], FlaskClient]


def test_a_filed_case_goes_to_the_police_only_with_its_papers(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    session.commit()
    url = f"/casework/cases/{case.shown_reference}/transfer"
    desk = Pages(browser(office.intake))
    needs = desk.get(url).select_one("section[aria-labelledby=needs]")
    assert needs is not None
    assert all(one in needs.text for one in ("移送书", "缺少，必需", "移送规定 第6条第2项", "请自行核对"))
    data = {"version": case.version, "unit": office.police.id, "reasons": "涉嫌犯罪", "departure": "涉嫌犯罪"}
    refused = desk.post(url, data)
    assert "还缺少必需的材料：涉嫌犯罪案件移送书" in refused.text
    session.expire_all()
    assert case.state is State.INVESTIGATING
    assert "Check yourself" in Pages(browser(office.intake)).get("/en" + url).text


def test_before_a_case_is_filed_the_list_only_tells(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.HANDLING, Track.REPORT)
    customs = UnitFactory(
        code="customs", name="示例海关", kind=UnitKind.OUTSIDE, outside_kind="customs", parent=office.bureau
    )
    session.commit()
    desk, url = browser(office.intake), f"/casework/cases/{case.shown_reference}"
    page = Pages(desk).get(f"{url}/outside/letter")
    assert "嫌疑货物的名称" in page.text
    assert "待确认" in page.text
    data = {"version": case.version, "unit": customs.id, "reasons": "进出口货物", "departure": "属海关"}
    assert desk.post(f"{url}/transfer", data=data).status_code == 303
    assert "嫌疑货物的名称" in Pages(desk).get(f"{url}/outside/transfer").text
