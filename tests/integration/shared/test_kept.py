"""A session that ends in the middle of a form: what was typed comes back and can go on from there."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.types import now_utc
from tests.pages import Pages, check
from tests.support.cases import an_office
from tests.support.holders import a_holder
from tests.support.visitors import sign_in

AT = "/account/rights/new"
TYPED = {"title": "示例云杉", "number": "10000021", "right_type": "trademark", "password": "not-to-be-shown"}
OURS = {"Referer": f"http://localhost{AT}"}


@pytest.fixture
def holder(app: Flask, session: Session) -> FlaskClient:
    account = a_holder(session, an_office(session).intake, now=now_utc())
    session.commit()
    return sign_in(app.test_client(), account)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_who_is_signed_out_meanwhile_gets_the_words_back_and_a_way_to_sign_in(
    client: FlaskClient, prefix: str
) -> None:
    response = client.post(prefix + AT, data=TYPED, headers=OURS)
    assert response.status_code == 401
    page = check(response, prefix + AT, tokens=False)
    assert {one["name"]: one["value"] for one in page.select("main input[name]")} == {
        "csrf_token": page.select_one("main [name=csrf_token]")["value"],
        **{name: value for name, value in TYPED.items() if name != "password"},
    }
    assert "not-to-be-shown" not in page.text
    assert page.select_one("main form")["action"] == prefix + AT
    assert "/sign-in?next=" in page.select_one("main ol a")["href"]


def test_a_form_from_elsewhere_is_never_given_a_good_token(
    client: FlaskClient, holder: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headers in ({}, {"Referer": "https://evil.example/"}, {**OURS, "Origin": "https://evil.example"}):
        assert client.post(AT, data=TYPED, headers=headers).status_code == 303
    monkeypatch.setitem(holder.application.config, "WTF_CSRF_ENABLED", True)
    refused = holder.post(AT, data=TYPED, headers={"Origin": "https://evil.example"})
    assert (refused.status_code, "示例云杉" in refused.text) == (400, False)


def test_an_expired_page_goes_on_from_where_it_was(
    holder: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(holder.application.config, "WTF_CSRF_ENABLED", True)
    response = holder.post(AT, data={**TYPED, "csrf_token": "old"}, headers=OURS)
    assert response.status_code == 400
    page = check(response, AT)
    again = {one["name"]: one["value"] for one in page.select("main form [name]") if one.get("value")}
    stored = holder.post(AT, data=again, headers=OURS)
    assert stored.status_code == 303, stored.text
    assert "示例云杉" in Pages(holder).get(stored.location).text
