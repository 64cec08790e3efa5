"""No number is drawn before a head has confirmed what stands before it, and again when the profile changes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.cases.terms import State
from models.errors import ActRefused
from models.kinds import Track
from models.ledger import LedgerEvent
from models.papers.prefixes import confirm, next_number
from models.papers.tables import Paper, PaperCounter, PrefixConfirmation
from models.papers.terms import PaperState
from models.people.profile_files import load_profile
from models.people.tables import Account
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in

Browser = Callable[[Account], FlaskClient]


@pytest.fixture
def draft(session: Session, office: Office, browser: Browser) -> str:
    """The address of a paper that wants nothing but its number."""
    case = a_case_in(session, office, State.INVESTIGATING, Track.REPORT)
    session.commit()
    papers = f"/casework/cases/{case.shown_reference}/papers"
    assert browser(office.intake).post(f"{papers}/new/report_register").status_code == 303
    return f"{papers}/{session.scalars(select(Paper.id)).one()}"


def test_the_head_confirms_before_the_first_paper(
    session: Session, office: Office, browser: Browser, draft: str
) -> None:
    desk, head, county = browser(office.intake), browser(office.head), browser(office.county_intake)
    refused = desk.post(f"{draft}/issue")
    assert refused.status_code == 409
    assert "请示例市市场监督管理局的负责人在“待批公文”页核对并确认" in refused.text
    assert session.scalar(select(func.count(PaperCounter.series))) == 0, "no number was used"
    page = Pages(head).get("/casework/papers")
    assert all(one in page.text for one in ("平市监", "平市监受字〔2026〕1号", "示例县市场监督管理局"))
    address = page.select_one("form[action*=prefixes]")["action"]  # type: ignore[index]
    for other in (desk, county):
        assert other.post(str(address), data={"prefix": "平市监"}).status_code == 403
    assert head.post(str(address), data={"prefix": "豫市监"}).status_code == 409, "not what stood on the page"
    for _twice in range(2):
        assert head.post(str(address), data={"prefix": "平市监"}).status_code == 303
    assert "负责人乙" in Pages(head).get("/en/casework/papers").text
    assert desk.post(f"{draft}/issue").status_code == 303
    session.expire_all()
    assert session.scalars(select(Paper.state)).one() is PaperState.ISSUED
    (event,) = session.scalars(select(LedgerEvent).where(LedgerEvent.act == "prefix.confirm"))
    assert event.actor == office.head.ledger_name


def test_a_changed_prefix_is_confirmed_again(session: Session, office: Office) -> None:
    profile = load_profile("pingdingshan")
    other = dataclasses.replace(
        profile, authority=dataclasses.replace(profile.authority, paper_prefix="平知产")
    )
    common = {"unit": office.bureau, "now": OPENED}
    confirm(session, profile=profile, text="平市监", actor=office.head, **common)  # type: ignore[arg-type]
    number = {"word": "受字", "unit": office.county, "now": OPENED}
    assert next_number(session, profile=profile, **number) == ("平市监受字", 2026, 1)  # type: ignore[arg-type]
    with pytest.raises(ActRefused, match="平知产"):
        next_number(session, profile=other, **number)  # type: ignore[arg-type]
    confirm(session, profile=other, text="平知产", actor=office.head, **common)  # type: ignore[arg-type]
    assert next_number(session, profile=other, **number)[2] == 1  # type: ignore[arg-type]
    with pytest.raises(ActRefused, match="平市监"):  # changed back: that is a change as well
        next_number(session, profile=profile, **number)  # type: ignore[arg-type]
    with pytest.raises(ActRefused, match="没有自己的机关代字"):
        confirm(
            session,
            profile=profile,
            unit=office.county,
            text="平市监",
            actor=office.province_head,
            now=OPENED,
        )
    assert session.scalar(select(func.count(PrefixConfirmation.id))) == 2
