"""Registering: an address is confirmed first, nobody learns who is registered, a code that cannot be one is refused."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.holders.operations import membership_of
from models.holders.tables import Membership
from models.holders.terms import Standing
from models.outbox import OutboxRow
from models.people.tables import Account
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.holders import a_code

PASSWORD = "purple-kettle-horizon-42"
DETAILS = {
    "organisation": "演示水杯有限公司",
    "display_name": "测试乙",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


def _mails(session: Session) -> list[dict[str, str]]:
    return [dict(row.payload) for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == "mail"))]


def _link(client: FlaskClient, session: Session, address: str = "new@example.org") -> str:
    assert client.post("/register", data={"email": address}).location == "/register/asked"
    found = re.search(r"http://localhost(/register/\S+)", _mails(session)[-1]["body"])
    assert found is not None
    return found.group(1)


def test_from_an_address_to_an_account_that_waits_to_be_verified(
    client: FlaskClient, session: Session
) -> None:
    Pages(client).get("/en/register")
    Pages(client).get("/register/asked")
    link = _link(client, session)
    assert "new@example.org" in Pages(client).get(link).text
    made = client.post(link, data={**DETAILS, "uscc": a_code()})
    assert made.location == "/sign-in"
    account = session.scalars(select(Account).where(Account.email == "new@example.org")).one()
    mine = membership_of(session, account)
    assert account.confirmed_at
    assert mine is not None
    assert (mine.standing, mine.organisation.verified_at) == (Standing.PENDING, None)
    signed = client.post("/sign-in", data={"email": "new@example.org", "password": PASSWORD})
    assert signed.status_code == 302
    assert "等待核验" in Pages(client).get("/account/organisation/").text


def test_nobody_learns_who_is_registered(client: FlaskClient, session: Session) -> None:
    AccountFactory(email="known@example.org")
    session.commit()
    answers = [
        (one.status_code, one.location, one.text)
        for one in (
            client.post("/register", data={"email": name})
            for name in ("known@example.org", "new@example.org")
        )
    ]
    assert answers[0] == answers[1]
    told, asked = _mails(session)
    assert "/register/" not in told["body"]
    assert "/register/" in asked["body"]


def test_an_organisation_that_is_known_is_claimed_like_any_other(
    client: FlaskClient, session: Session
) -> None:
    code, seen = a_code(), []
    for name in ("one@example.org", "two@example.org"):
        answer = client.post(_link(client, session, name), data={**DETAILS, "uscc": code})
        seen.append((answer.status_code, answer.location))
    assert seen[0] == seen[1]
    claims = session.scalars(select(Membership).order_by(Membership.id)).all()
    assert {one.standing for one in claims} == {Standing.PENDING}
    assert len({one.organisation_id for one in claims}) == 1


@pytest.mark.parametrize(
    "spoil", [lambda link: link[:-4], lambda link: link + "A", lambda _link: "/register/" + "A" * 90]
)
def test_a_forged_link_opens_nothing(client: FlaskClient, session: Session, spoil) -> None:  # type: ignore[no-untyped-def]
    assert client.get(spoil(_link(client, session))).status_code == 404


def test_a_link_is_good_for_two_days_and_makes_one_account(client: FlaskClient, session: Session) -> None:
    link = _link(client, session)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=49)):
        assert client.get(link).status_code == 404
    client.post(link, data={**DETAILS, "uscc": a_code()})
    again = Pages(client).post(link, {**DETAILS, "uscc": a_code()})
    assert "这个邮箱已有账号" in again.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", "91330106673959654Q"),
        ("password", "short"),
        ("password_again", "another-one-entirely"),
        ("organisation", ""),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    client: FlaskClient, session: Session, field: str, value: str
) -> None:
    link = _link(client, session)
    page = Pages(client).post(link, {**DETAILS, "uscc": a_code(), field: value})
    assert page.select(".error-summary, [role=alert], .field__error, .band--late")
    assert session.scalars(select(Account).where(Account.email == "new@example.org")).first() is None
