"""Tokens of a holder: shown once, scoped, ended at will; by them its own system files with links, and follows its own alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commerce.notices.tables import PlatformNotice
from models.filings.tables import Filing
from models.holders.operations import membership_of
from models.holders.tables import HeldFiling
from models.people.tables import Account
from models.people.tokens import OWN_SCOPES, ApiToken, Scope, make_token
from models.types import beijing_date, now_utc
from shared.services import services
from tests.factories import AccountFactory
from tests.pages import Pages
from tests.support.cases import Office, an_office
from tests.support.holders import a_holder, a_right, an_authority
from tests.support.visitors import sign_in

ITEM = "https://item.taobao.com/item.htm?spm=a230r&id=61094757236{}"
MATTER: dict[str, Any] = {
    "track": "clue",
    "right_type": "trademark",
    "respondent": {"name": "示例水杯店", "platform_link": ITEM.format(1)},
    "region_code": "410421",
    "facts": "店铺出售标有演示牌商标的水杯。",
}


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


@pytest.fixture
def holder(session: Session, office: Office) -> Account:
    return a_holder(session, office.intake, now=now_utc())


def _token(session: Session, account: Account, *scopes: Scope, **changes: Any) -> dict[str, str]:
    now = now_utc()
    given = {"expires_at": now + dt.timedelta(days=30), **changes}
    _made, secret = make_token(
        session, name="系统", scopes=scopes or OWN_SCOPES, actor=account, account=account, now=now, **given
    )
    session.commit()
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_is_made_shown_once_used_and_revoked(app: Flask, session: Session, holder: Account) -> None:
    session.commit()
    client, other = sign_in(app.test_client(), holder), app.test_client()
    pages = Pages(client)
    pages.get("/en/account/tokens/new")
    assert "请至少选择一项权限" in pages.post("/account/tokens/new", {"name": "监测", "days": "90"}).text
    told = {"name": "监测", "days": "90", "scopes": ["filing:read"]}
    secret = pages.post("/account/tokens/new", told, status=200).select_one("#secret")
    assert secret is not None
    headers = {"Authorization": f"Bearer {secret.text}"}
    assert other.get("/api/v1/account/filings", headers=headers).get_json() == {"items": [], "next": None}
    assert other.get("/api/v1/account/filings").status_code == 401
    assert other.get("/api/v1/account/webhooks", headers=headers).status_code == 403, "not in its scopes"
    listed = pages.get("/account/tokens/").text
    assert secret.text not in listed
    token = session.scalars(select(ApiToken)).one()
    assert client.post(f"/account/tokens/{token.id}/revoke").status_code == 303
    assert other.get("/api/v1/account/filings", headers=headers).status_code == 401


def test_a_token_of_another_is_not_revoked_and_ends_by_itself(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    stranger = a_holder(session, office.intake, now=now_utc(), name="别的公司")
    headers = _token(session, holder)
    token = session.scalars(select(ApiToken)).one()
    client = sign_in(app.test_client(), stranger)
    assert client.post(f"/account/tokens/{token.id}/revoke").status_code == 404
    assert token.start not in Pages(client).get("/account/tokens/").text
    token.expires_at = now_utc()
    session.commit()
    assert app.test_client().get("/api/v1/account/filings", headers=headers).status_code == 401


def _send(client: FlaskClient, headers: dict[str, str], key: str, **more: Any) -> Any:
    sent = {**headers, "Idempotency-Key": key}
    return client.post("/api/v1/filings", json={**MATTER, **more}, headers=sent)


def test_links_by_api_are_told_row_by_row(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    with app.app_context():
        right = a_right(session, holder, office.intake, services().files, now=now_utc())
    headers, client = _token(session, holder), app.test_client()
    links = [ITEM.format(1), "没有链接", ITEM.format(1), {"address": ITEM.format(2), "remark": "杯"}]
    platform = {"platform": "taobao", "notified_on": "2026-01-05", "measure": "none"}
    answer = _send(client, headers, "1", links=links, right_id=right.id, platform=platform)
    assert answer.status_code == 201, answer.text
    rows = answer.get_json()["links"]
    assert [(row["row"], row["verdict"], row["sent"]) for row in rows] == [
        (1, "good", True),
        (2, "bad", False),
        (3, "twice", False),
        (4, "good", True),
    ]
    assert (rows[0]["platform"], rows[0]["item"]) == ("taobao", "610947572361")
    again = _send(client, headers, "1", links=links, right_id=right.id, platform=platform)
    assert (again.status_code, again.get_json()["links"]) == (200, rows)
    filing = session.scalars(select(Filing)).one()
    assert (filing.account_id, filing.is_anonymous, filing.right_number) == (holder.id, False, right.number)
    assert session.get_one(HeldFiling, filing.id).right_id == right.id
    assert session.get_one(PlatformNotice, filing.id).platform == "taobao"
    second = _send(client, headers, "2", links=[ITEM.format(2), ITEM.format(3)]).get_json()["links"]
    assert [(row["verdict"], row["sent"], row["earlier"]) for row in second] == [
        ("filed", False, filing.shown_reference),
        ("good", True, None),
    ]
    third = _send(client, headers, "3", links=[ITEM.format(2)], again=True).get_json()["links"]
    assert [(row["verdict"], row["sent"]) for row in third] == [("filed", True)]
    none = _send(client, headers, "4", links=["不是"])
    assert (none.status_code, list(none.get_json()["errors"])) == (422, ["links.0"])


def test_an_agents_token_files_under_the_rights_of_those_who_authorised_it(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    now = now_utc()
    with app.app_context():
        right = a_right(session, holder, office.intake, services().files, now=now)
    agent = AccountFactory(confirmed_at=now)
    authority = an_authority(session, holder, agent, ends_on=beijing_date(now), now=now)
    headers, client = _token(session, agent), app.test_client()
    assert _send(client, headers, "1", links=[ITEM.format(1)], right_id=right.id).status_code == 201
    filing = session.scalars(select(Filing)).one()
    assert session.get_one(HeldFiling, filing.id).authority_id == authority.id
    assert filing.data["mandate"]["matters"] == authority.matters
    authority.revoked_at = now
    session.commit()
    refused = _send(client, headers, "2", links=[ITEM.format(2)], right_id=right.id)
    assert (refused.status_code, "right_id" in refused.text) == (422, True)


def test_what_a_request_gets_wrong_is_told(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    stranger = a_holder(session, office.intake, now=now_utc(), name="别的公司")
    with app.app_context():
        others = a_right(session, stranger, office.intake, services().files, now=now_utc())
    headers, client = _token(session, holder), app.test_client()
    assert _send(client, headers, "1", right_id=others.id).status_code == 404
    wrong = _send(client, headers, "2", links=[5, {"address": ITEM.format(1), "captured_at": "昨天"}])
    assert sorted(wrong.get_json()["errors"]) == ["links.0", "links.1.captured_at"]
    wrong = _send(client, headers, "3", platform={"platform": "没有", "notified_on": "2999-01-01"})
    assert sorted(wrong.get_json()["errors"]) == ["platform.notified_on", "platform.platform"]
    narrow = _token(session, holder, Scope.FILING_CREATE)
    assert _send(client, narrow, "4", links=[ITEM.format(1)]).status_code == 403
    assert session.scalars(select(Filing)).all() == []


def test_a_holder_follows_its_own_and_no_others(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    stranger = a_holder(session, office.intake, now=now_utc(), name="别的公司")
    mine, theirs, client = _token(session, holder), _token(session, stranger), app.test_client()
    reference = _send(client, mine, "1", links=[ITEM.format(1)]).get_json()["reference"]
    (row,) = client.get("/api/v1/account/filings", headers=mine).get_json()["items"]
    assert (row["reference"], row["state"]) == (reference, "received")
    whole = client.get(f"/api/v1/account/filings/{reference}", headers=mine).get_json()
    assert whole["links"][0]["platform"] == "taobao"
    assert whole["deadlines"]
    assert client.get("/api/v1/account/filings", headers=theirs).get_json()["items"] == []
    assert client.get(f"/api/v1/account/filings/{reference}", headers=theirs).status_code == 404
    assert client.get("/api/v1/account/filings?page=2", headers=mine).status_code == 400
    membership = membership_of(session, holder)
    assert membership is not None
    holder.active = False
    session.commit()
    assert client.get("/api/v1/account/filings", headers=mine).status_code == 401, "whoever is gone is out"


def test_webhooks_by_api_and_on_the_pages(
    app: Flask, session: Session, office: Office, holder: Account
) -> None:
    stranger = a_holder(session, office.intake, now=now_utc(), name="别的公司")
    mine, theirs, client = _token(session, holder), _token(session, stranger), app.test_client()
    at = "/api/v1/account/webhooks"
    assert client.post(at, json={"address": "nowhere"}, headers=mine).status_code == 422
    made = client.post(at, json={"address": "https://example.com/in"}, headers=mine)
    assert made.status_code == 201
    number, secret = made.get_json()["id"], made.get_json()["secret"]
    assert "secret" not in client.get(at, headers=mine).get_json()["items"][0]
    assert client.delete(f"{at}/{number}", headers=theirs).status_code == 404
    turned = client.post(f"{at}/{number}/rotate", headers=mine).get_json()["secret"]
    assert turned.startswith("whsec_")
    assert turned != secret
    pages = Pages(sign_in(app.test_client(), holder))
    assert secret not in pages.get(f"/account/tokens/webhooks/{number}").text
    pages.get(f"/en/account/tokens/webhooks/{number}")
    pages.get("/en/account/tokens/webhooks/new")
    assert pages.client.post(f"/account/tokens/webhooks/{number}/test").status_code == 303
    assert "等待" in pages.get(f"/account/tokens/webhooks/{number}").text
    assert "example.com" in pages.get("/en/account/tokens/").text
    assert client.delete(f"{at}/{number}", headers=mine).status_code == 204
    assert client.get(at, headers=mine).get_json()["items"] == []


def test_an_offices_token_follows_nobody(app: Flask, session: Session, office: Office) -> None:
    _made, secret = make_token(
        session,
        name="12345",
        scopes=[Scope.FILING_CREATE],
        expires_at=None,
        actor=office.intake,
        now=now_utc(),
    )
    session.commit()
    headers = {"Authorization": f"Bearer {secret}"}
    assert app.test_client().get("/api/v1/account/filings", headers=headers).status_code == 403
