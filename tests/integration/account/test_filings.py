"""Rights-holders file under their account, see what is theirs, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from journey.keys import keyring
from models.filings.kinds import OpeningReason
from models.filings.submissions import Person
from models.filings.tables import Filing
from models.filings.vault import open_identity
from models.kinds import Track
from models.people.roles import AccountKind
from models.people.tables import Account
from models.types import now_utc
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.filings import FACTS, Walker

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture(autouse=True)
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session) -> Account:
    return _holder(session, "演示水杯有限公司")


def _holder(session: Session, organisation: str) -> Account:
    account = AccountFactory(
        kind=AccountKind.RIGHTS_HOLDER,
        organisation=organisation,
        uscc="91330106673959654P",
        display_name="测试乙",
    )
    session.commit()
    return account


def _signed_in(app: Flask, account: Account) -> FlaskClient:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = account.fs_uniquifier, True
    return client


def _file(client: FlaskClient) -> Walker:
    walker = Walker(client, "/account/file")
    walker.send("", right_type="trademark")
    walker.send("facts", **FACTS, respondent_uscc="")
    walker.send("contact", name="测试乙", phone="13800001234", email="")
    return walker


def test_a_clue_is_filed_under_the_account(
    app: Flask, session: Session, holder: Account, office: Office
) -> None:
    client = _signed_in(app, holder)
    sent = _file(client).submit()
    filing = session.scalars(select(Filing)).one()
    assert sent.location == f"/receipt/{filing.reference}"
    assert (filing.track, filing.account_id, filing.is_anonymous) == (Track.CLUE, holder.id, False)
    with app.app_context():
        keys = keyring()
    person = open_identity(
        session,
        filing=filing,
        actor=office.intake,
        reason=OpeningReason.CONTACT,
        words="核实",
        now=now_utc(),
        keys=keys,
    )
    assert person == Person(
        name="测试乙", phone="13800001234", organisation="演示水杯有限公司", uscc="91330106673959654P"
    )


@pytest.mark.parametrize("step", ["", "/facts", "/evidence", "/contact", "/check"])
def test_the_pages_keep_the_house_style(app: Flask, holder: Account, step: str) -> None:
    client = _signed_in(app, holder)
    _file(client)
    Pages(client).get("/account/file" + step)


def test_the_list_and_the_page_show_state_unit_and_deadline(
    app: Flask, session: Session, holder: Account, office: Office
) -> None:
    client = _signed_in(app, holder)
    _file(client).submit()
    filing = session.scalars(select(Filing)).one()
    row = Pages(client).get("/account/").select_one("tbody tr")
    assert row is not None
    for expected in (
        filing.shown_reference,
        FACTS["respondent_name"],
        "已登记",
        office.bureau.name,
        "个工作日",
    ):
        assert expected in row.text
    page = Pages(client).get(f"/account/filings/{filing.reference}")
    assert "我的办件" in page.text
    assert (
        client.post(f"/account/filings/{filing.reference}/supplement", data={"body": "补充"}).status_code
        == 303
    )


def test_an_empty_list_says_how_to_begin(app: Flask, holder: Account) -> None:
    soup = Pages(_signed_in(app, holder)).get("/account/")
    assert soup.select("main a[href='/account/rights/file']")
    assert not soup.select("table")


def test_nobody_sees_the_filings_of_another_account(app: Flask, session: Session, holder: Account) -> None:
    _file(_signed_in(app, holder)).submit()
    reference = session.scalars(select(Filing.reference)).one()
    stranger = _signed_in(app, _holder(session, "演示茶杯有限公司"))
    assert reference not in stranger.get("/account/").text.replace("-", "")
    for method, path in (("get", ""), ("post", "/supplement"), ("get", "/withdraw"), ("post", "/withdraw")):
        answer = getattr(stranger, method)(f"/account/filings/{reference}{path}")
        assert answer.status_code == 404, (method, path)
    assert stranger.get(f"/receipt/{reference}").status_code == 404


def test_the_draft_of_one_account_is_not_that_of_the_next_on_the_same_computer(
    app: Flask, session: Session, holder: Account
) -> None:
    client = _signed_in(app, holder)
    _file(client)
    other = _holder(session, "演示茶杯有限公司")
    with client.session_transaction() as cookie:
        cookie["_user_id"] = other.fs_uniquifier
    assert client.get("/account/file/check").location == "/account/file"


@pytest.mark.parametrize("path", ["/account/", "/account/file", "/account/filings/K7QM2XHD"])
def test_without_signing_in_there_is_only_the_way_to_sign_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_staff_have_no_account_page(app: Flask, office: Office, session: Session) -> None:
    session.commit()
    assert _signed_in(app, office.intake).get("/account/").status_code == 403


def test_the_list_asks_the_database_little_however_long(
    app: Flask, session: Session, holder: Account, count_queries: Counter
) -> None:
    client = _signed_in(app, holder)
    for _ in range(6):
        _file(client).submit()
    with count_queries() as statements:
        assert client.get("/account/").status_code == 200
    assert len(statements) <= 12, statements
