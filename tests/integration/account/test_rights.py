"""Rights stored once: proofs, verification with reasons, filing under them, agents within scope and term."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import ActRefused, Invalid, NotAllowed, NotFound
from models.filings.tables import Filing
from models.holders.agents import end_authority, given_to
from models.holders.filing import usable_rights
from models.holders.operations import claim_organisation, confirm_member, end_member, membership_of
from models.holders.rights import RightTold, own_right, store_right, verify_right
from models.holders.tables import HeldFiling, Right
from models.holders.terms import Standing
from models.kinds import RightType
from models.people.tables import Account
from models.ports import FileStore
from models.types import beijing_date
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.cases import OPENED, Office, an_office
from tests.support.filings import FACTS, JPEG, Walker
from tests.support.holders import a_holder, a_right, an_authority
from tests.support.visitors import sign_in

TODAY = beijing_date(OPENED)
TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_opening() -> Iterator[None]:
    with time_machine.travel(OPENED, tick=False):
        yield


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def store(app: Flask) -> FileStore:
    return app.extensions["huhang_services"].files  # type: ignore[no-any-return]


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=OPENED)


def _client(app: Flask, session: Session, account: Account) -> FlaskClient:
    session.commit()
    return sign_in(app.test_client(), account)


def _file_under(client: FlaskClient, right: Right, authority: int | None = None) -> Walker:
    path = f"/account/rights/file/{right.id}" + (f"/{authority}" if authority else "")
    assert client.post(path).location == "/account/file"
    walker = Walker(client, "/account/file")
    walker.send("", right_type="trademark")
    number = Pages(client).get("/account/file/facts").select_one("[name=right_number]")
    assert number is not None
    assert number["value"] == right.number
    walker.send("facts", **{**FACTS, "respondent_uscc": "", "right_number": right.number})
    return walker


def test_a_right_goes_from_the_holder_to_staff_and_back(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    browser, desk = _client(app, session, holder), _client(app, session, office.intake)
    told = {"right_type": "trademark", "title": "护水", "number": "12345678", "nice_class": "21"}
    shown = browser.post("/account/rights/new", data={**told, "files": (io.BytesIO(JPEG), "注册证.jpg")})
    right = session.scalars(select(Right)).one()
    assert shown.location == f"/account/rights/{right.id}"
    assert "护水" in Pages(desk).get("/casework/holders/").text
    Pages(desk).get(f"/en/casework/holders/rights/{right.id}")
    desk.post(
        f"/casework/holders/rights/{right.id}/refuse", data={"fault": "wrong_number", "words": "第 21 类"}
    )
    page = Pages(browser).get(f"/account/rights/{right.id}")
    assert "号码与证书不一致" in page.text
    assert "请照证书更正号码。" in page.text
    browser.post(f"/account/rights/{right.id}/mend", data={**told, "number": "12345679"})
    desk.post(f"/casework/holders/rights/{right.id}/verify")
    session.expire_all()
    assert (right.standing, right.number, right.fault) == (Standing.VERIFIED, "12345679", None)
    for path in (
        "/account/rights/",
        f"/account/rights/{right.id}",
        "/account/rights/file",
        "/account/organisation/",
        "/account/agents/",
    ):
        Pages(browser).get("/en" + path)


def test_a_stored_right_fills_the_journey_and_is_not_asked_for_again(
    app: Flask, session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    right = a_right(session, holder, office.intake, store, now=OPENED)
    client = _client(app, session, holder)
    walker = _file_under(client, right)
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    assert "商标注册证" not in Pages(client).get("/account/file/check").text
    walker.submit()
    filing = session.scalars(select(Filing)).one()
    held = session.get_one(HeldFiling, filing.id)
    assert (held.right_id, held.authority_id) == (right.id, None)
    assert filing.right_number == "12345678"


def test_a_right_that_expires_in_the_middle_is_told_and_the_draft_is_kept(
    app: Flask, session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    right = a_right(session, holder, office.intake, store, now=OPENED, expires_on=TODAY)
    client = _client(app, session, holder)
    walker = _file_under(client, right)
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    right.expires_on = YESTERDAY
    session.commit()
    assert "已于" in Pages(client).get("/account/file/check").text
    walker.submit()
    assert session.scalars(select(Filing)).first() is None
    assert client.get("/account/file/check").status_code == 200


def test_an_agents_authority_that_ends_in_the_middle_is_told(
    app: Flask, session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    right = a_right(session, holder, office.intake, store, now=OPENED)
    agent = AccountFactory(confirmed_at=OPENED, organisation="演示律师事务所", display_name="代理人丙")
    authority = an_authority(session, holder, agent, ends_on=TODAY, now=OPENED)
    client = _client(app, session, agent)
    walker = _file_under(client, right, authority.id)
    walker.send("contact", name="测试乙", phone="13800001234", email="", capacity="agent")
    walker.send("agent", name="代理人丙", phone="13900001234")
    assert "现在还不能提交" not in Pages(client).get("/account/file/check").text
    authority.ends_on = YESTERDAY
    session.commit()
    page = Pages(client).get("/en/account/file/check")
    assert "Your mandate ended on" in page.text
    walker.submit()
    assert session.scalars(select(Filing)).first() is None
    until = TODAY + dt.timedelta(days=90)
    newer = an_authority(session, holder, agent, ends_on=until, now=OPENED, matters="续签的委托")
    session.commit()
    asked = Pages(client).get("/account/file/agent")
    assert "续签的委托" in asked.text, "the page follows the renewal"
    assert f"{until.year}年{until.month}月{until.day}日" in asked.text
    assert asked.find(attrs={"name": "ends_on"}) is None, "what stands on record is not asked"
    assert "现在还不能提交" not in Pages(client).get("/account/file/check").text
    walker.submit()
    filing = session.scalars(select(Filing)).one()
    assert session.get_one(HeldFiling, filing.id).authority_id == newer.id, "the draft outlives its mandate"
    assert filing.data["mandate"] == {"matters": "续签的委托", "power": "general", "ends_on": str(until)}
    assert (
        filing.shown_reference
        in Pages(_client(app, session, holder)).get(f"/account/filings/{filing.reference}").text
    )
    assert client.get(f"/account/filings/{filing.reference}").status_code == 200
    assert client.get(f"/account/filings/{filing.reference}/withdraw").status_code == 409
    newer.ends_on = YESTERDAY
    session.commit()
    assert client.get(f"/account/filings/{filing.reference}").status_code == 404


def test_an_agent_acts_within_the_scope(
    session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    mine = a_right(session, holder, office.intake, store, now=OPENED)
    other = a_right(session, holder, office.intake, store, now=OPENED, number="22222222")
    agent = AccountFactory(confirmed_at=OPENED)
    authority = an_authority(session, holder, agent, ends_on=TOMORROW, now=OPENED, right_ids=[mine.id])
    assert [one.right.id for one in usable_rights(session, agent, TODAY)] == [mine.id]
    assert other.id in {one.right.id for one in usable_rights(session, holder, TODAY)}
    assert usable_rights(session, agent, TOMORROW + dt.timedelta(days=1)) == []
    end_authority(session, authority_id=authority.id, actor=holder, now=OPENED)
    assert usable_rights(session, agent, TODAY) == []


def test_authority_is_taken_on_by_its_own_address_alone(
    session: Session, office: Office, holder: Account
) -> None:
    agent, stranger = AccountFactory(confirmed_at=OPENED), AccountFactory(confirmed_at=OPENED)
    unconfirmed = AccountFactory(confirmed_at=None)
    for other in (stranger, unconfirmed):
        assert given_to(session, other) == []
    authority = an_authority(session, holder, agent, ends_on=TOMORROW, now=OPENED)
    with pytest.raises(NotFound):
        end_authority(session, authority_id=authority.id, actor=stranger, now=OPENED)


def test_nobody_sees_or_uses_the_rights_of_another_organisation(
    app: Flask, session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    right = a_right(session, holder, office.intake, store, now=OPENED)
    stranger = a_holder(session, office.intake, now=OPENED, name="演示茶杯有限公司")
    client = _client(app, session, stranger)
    for path in (f"/account/rights/{right.id}", f"/account/rights/{right.id}/mend"):
        assert client.get(path).status_code == 404
    for path in (
        f"/account/rights/{right.id}/end",
        f"/account/rights/file/{right.id}",
        f"/account/rights/{right.id}/proofs",
    ):
        assert client.post(path).status_code == 404
    theirs = membership_of(session, holder)
    assert theirs is not None
    assert client.post(f"/account/organisation/members/{theirs.id}/end").status_code == 404


def test_who_only_claims_to_belong_sees_nothing_of_the_organisation(
    session: Session, office: Office, holder: Account, store: FileStore
) -> None:
    right = a_right(session, holder, office.intake, store, now=OPENED)
    theirs = membership_of(session, holder)
    assert theirs is not None
    claimer = AccountFactory(confirmed_at=OPENED)
    mine = claim_organisation(session, account=claimer, name="甲", uscc=theirs.organisation.uscc, now=OPENED)
    for attempt in (
        lambda: own_right(session, claimer, right.id),
        lambda: confirm_member(session, membership=mine, actor=claimer, now=OPENED),
        lambda: store_right(
            session, told=RightTold(RightType.TRADEMARK, "甲", "1"), actor=claimer, now=OPENED, today=TODAY
        ),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            attempt()
    confirm_member(session, membership=mine, actor=holder, now=OPENED)
    assert own_right(session, claimer, right.id) is right
    with pytest.raises(ActRefused):
        end_member(session, membership=theirs, actor=holder, now=OPENED)


def test_a_right_needs_proof_a_number_that_can_be_and_is_stored_once(
    session: Session, office: Office, holder: Account
) -> None:
    told = RightTold(RightType.TRADEMARK, "护水", "12345678", 21)
    right = store_right(session, told=told, actor=holder, now=OPENED, today=TODAY)
    with pytest.raises(ActRefused, match="没有证明文件"):
        verify_right(session, right=right, actor=office.intake, now=OPENED, today=TODAY)
    for wrong in (
        told,
        RightTold(RightType.PATENT_INFRINGEMENT, "杯", "ZL202110000001.0"),
        RightTold(RightType.TRADEMARK, "", "1"),
    ):
        with pytest.raises(Invalid):
            store_right(session, told=wrong, actor=holder, now=OPENED, today=TODAY)
