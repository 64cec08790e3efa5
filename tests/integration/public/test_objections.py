"""Who is named wrongly, or taken for who is named, finds out without an account what to do and what happens then."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.decisions.kinds import PartyKind
from models.decisions.publication import withdraw
from models.decisions.tables import Decision
from models.people.roles import Role
from models.people.tables import Account
from models.types import now_utc
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.published import published


@pytest.fixture
def reviewer(session: Session) -> Account:
    made: Account = StaffFactory(role=Role.REVIEWER, unit=UnitFactory(region_code="410400"))
    return made


@pytest.fixture
def decision(session: Session, reviewer: Account) -> Decision:
    return published(session, reviewer.assignments[0].unit, reviewer, now=now_utc())


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_two_clicks_lead_to_a_sheet_that_needs_no_account(
    client: FlaskClient, decision: Decision, prefix: str
) -> None:
    pages = Pages(client)
    shown = pages.get(f"{prefix}/decisions/{decision.public_id}")
    link = shown.select_one(f"a[href$='/decisions/{decision.public_id}/objection']")
    assert link is not None
    page = pages.get(str(link["href"]))
    assert decision.party_uscc in page.get_text()
    assert page.select_one("a[href$='/hotline']") is not None
    assert page.select_one(f"a[href$='/account/petitions/new?decision={decision.public_id}']") is not None
    sheet = page.select_one(".sheet")
    assert decision.document_number in sheet.get_text()
    assert decision.party_name not in sheet.get_text(), "who asks writes the name"


def test_search_engines_of_others_are_sent_to_the_decision_alone(
    client: FlaskClient, decision: Decision
) -> None:
    answer = client.get(f"/decisions/{decision.public_id}/objection")
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_limits_are_told_with_their_articles(client: FlaskClient, decision: Decision) -> None:
    told = Pages(client).get(f"/decisions/{decision.public_id}/objection").get_text()
    for words in (
        "河南省社会信用条例 第41条",
        "3 个工作日",
        "7 个工作日",
        "信用修复管理办法",
        "可以申请信用修复",
    ):
        assert words in told


def test_elsewhere_no_limit_of_henan_is_promised(client: FlaskClient, session: Session) -> None:
    reviewer: Account = StaffFactory(role=Role.REVIEWER, unit=UnitFactory(region_code="140700"))
    made = published(session, reviewer.assignments[0].unit, reviewer, now=now_utc())
    assert "河南省" not in Pages(client).get(f"/decisions/{made.public_id}/objection").get_text()


def test_without_a_code_it_is_not_said_that_the_code_decides(
    client: FlaskClient, session: Session, reviewer: Account
) -> None:
    made = published(
        session, reviewer.assignments[0].unit, reviewer, now=now_utc(), uscc=None, party_kind=PartyKind.PERSON,
        party_name="王小明",
    )  # fmt: skip
    page = Pages(client).get(f"/decisions/{made.public_id}/objection")
    assert "王小明" not in page.get_text()
    assert "没有统一社会信用代码" in page.get_text()


def test_what_has_ended_is_told_at_its_own_address(
    client: FlaskClient, session: Session, decision: Decision, reviewer: Account
) -> None:
    withdraw(session, decision, reason="复议决定撤销了原处罚决定", actor=reviewer, now=now_utc())
    session.commit()
    answer = client.get(f"/decisions/{decision.public_id}/objection")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/decisions/{decision.public_id}")
    assert decision.party_name not in answer.get_data(as_text=True)
