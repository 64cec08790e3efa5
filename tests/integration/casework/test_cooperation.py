"""Mechanisms of co-operation: kept on their pages, and at hand where a letter is drafted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases.outside.tables import OutsideLink
from models.cases.terms import State
from models.cooperation.tables import Mechanism, Member
from models.outbox import OutboxRow
from models.people.actors import System
from models.people.operations import install_profile
from models.people.profile_files import load_profile
from models.people.tables import Account, Unit
from tests.pages import Pages
from tests.support.cases import OPENED, Office, a_case_in

Browser = Callable[[Account], FlaskClient]
AGREED = {
    "name": "四市知识产权执法协作机制",
    "scope": "regions",
    "document_number": "协〔2026〕1号",
    "covers": "线索移送，协助调查。",
    "since_on": "2026-01-01",
}
MEMBER = {
    "unit": "new",
    "name": "杭州市市场监督管理局",
    "outside_kind": "market",
    "region_code": "330100",
    "office": "知识产权保护处",
    "contact": "联络员",
    "phone": "0571-0000000",
    "email": "desk@hangzhou.example",
}


def _a_mechanism(session: Session, desk: FlaskClient, **changes: str) -> Mechanism:
    made = desk.post("/casework/mechanisms/new", data={**AGREED, **changes})
    assert made.status_code == 303, made.text
    return session.scalars(select(Mechanism)).one()


def test_a_mechanism_is_kept_and_a_letter_goes_to_its_contact(
    session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.intake)
    Pages(desk).post("/casework/mechanisms/new", {**AGREED, "covers": "", "until_on": "2025-01-01"})
    mechanism = _a_mechanism(session, desk)
    join = f"/casework/mechanisms/{mechanism.id}/members/new"
    for wrong in ({"outside_kind": ""}, {"email": "nobody"}, {"region_code": "99"}, {"name": ""}):
        Pages(desk).post(join, {**MEMBER, **wrong})
    both = Pages(desk).post(join, {**MEMBER, "name": "", "outside_kind": ""})
    assert len(both.select(".field__error")) == 2, "all that is wrong is said at once"
    assert session.scalar(select(Unit.id).where(Unit.name == MEMBER["name"])) is None, "nothing is half made"
    assert desk.post(join, data=MEMBER).status_code == 303
    (member,) = session.scalars(select(Member)).all()
    body = member.unit
    assert (body.is_outside, body.outside_kind, body.parent) == (True, "market", office.bureau)
    assert "杭州市" in Pages(desk).get(f"/casework/mechanisms/{mechanism.id}").text
    Pages(desk).get("/casework/mechanisms")

    case = a_case_in(session, office, State.HANDLING)
    session.commit()
    letter = f"/casework/cases/{case.shown_reference}/outside/letter"
    assert "知识产权保护处" in Pages(desk).get(letter).text
    data = {"version": case.version, "kind": "dispatch", "unit": body.id, "words": "请协查。", "days": "30"}
    sent = desk.post(letter, data={**data, "to_contact": "y"})
    assert "邮件已经安排发出" in sent.text
    mail = session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail")).one()
    assert mail.payload["to"] == "desk@hangzhou.example"
    assert session.scalars(select(OutsideLink.kind)).one() == "dispatch"


def test_another_contact_takes_the_place_of_the_one_before_and_a_member_leaves(
    session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.head)
    mechanism = _a_mechanism(session, desk)
    join = f"/casework/mechanisms/{mechanism.id}/members/new"
    desk.post(join, data={"unit": office.police.id, "office": "法制科"})
    desk.post(join, data={"unit": office.police.id, "office": "治安科"})
    session.expire_all()
    (member,) = mechanism.members
    assert member.office == "治安科"
    assert desk.post(f"/casework/mechanisms/{mechanism.id}/members/{member.id}/leave").status_code == 303
    session.expire_all()
    assert mechanism.members == []
    assert desk.post(f"/casework/mechanisms/{mechanism.id}/members/{member.id}/leave").status_code == 404


def test_one_that_has_ended_gives_no_contact(session: Session, office: Office, browser: Browser) -> None:
    desk = browser(office.intake)
    mechanism = _a_mechanism(session, desk, until_on="2026-11-19")
    desk.post(
        f"/casework/mechanisms/{mechanism.id}/members/new",
        data={"unit": office.police.id, "office": "治安科"},
    )
    case = a_case_in(session, office, State.HANDLING)
    session.commit()
    assert "治安科" not in desk.get(f"/casework/cases/{case.shown_reference}/outside/letter").text
    assert "不在期间内" in Pages(desk).get(f"/casework/mechanisms/{mechanism.id}").text


def test_help_with_an_investigation_is_asked_for_by_a_paper(
    session: Session, office: Office, browser: Browser
) -> None:
    case = a_case_in(session, office, State.HANDLING)
    session.commit()
    data = {"version": case.version, "kind": "assistance", "unit": office.police.id, "words": "请协查。"}
    letter = f"/casework/cases/{case.shown_reference}/outside/letter"
    page = Pages(browser(office.intake)).post(letter, {**data, "days": "30"})
    assert "协助调查函" in page.select_one("[role=alert]").text  # type: ignore[union-attr]
    assert session.scalar(select(OutsideLink.id)) is None


def test_a_body_that_staff_added_outlives_the_next_installation(
    session: Session, office: Office, browser: Browser
) -> None:
    desk = browser(office.intake)
    mechanism = _a_mechanism(session, desk)
    desk.post(f"/casework/mechanisms/{mechanism.id}/members/new", data=MEMBER)
    install_profile(session, load_profile("pingdingshan"), actor=System("test"), now=OPENED)
    found = session.scalars(select(Unit).where(Unit.name == MEMBER["name"])).one()
    assert found.is_active


def test_only_the_desk_and_heads_keep_them(app: Flask, office: Office, browser: Browser) -> None:
    assert browser(office.county_handler).get("/casework/mechanisms").status_code == 200
    assert browser(office.county_handler).get("/casework/mechanisms/new").status_code == 403
    assert browser(office.supervisor).get("/casework/mechanisms").status_code == 403
    assert app.test_client().get("/casework/mechanisms").status_code == 303


@pytest.mark.parametrize("language", ["/en", "/zh-hant"])
def test_the_pages_are_whole_in_other_languages(
    session: Session, office: Office, browser: Browser, language: str
) -> None:
    desk = browser(office.intake)
    mechanism = _a_mechanism(session, desk)
    desk.post(f"/casework/mechanisms/{mechanism.id}/members/new", data=MEMBER)
    for path in ("", "/new", f"/{mechanism.id}", f"/{mechanism.id}/change", f"/{mechanism.id}/members/new"):
        Pages(desk).get(f"{language}/casework/mechanisms{path}")
