"""A session that ends in the middle of a form: what was typed comes back and can go on from there."""

from __future__ import annotations

import errno
import io
from typing import Any

import psycopg
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from models.filings.tables import Filing
from models.types import now_utc
from shared.access import public
from tests.pages import Pages, check
from tests.support.cases import an_office
from tests.support.filings import Walker
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


def test_what_is_shown_to_read_is_what_was_written(client: FlaskClient) -> None:
    chosen = {"region_code": "330106", "agreed": "y"}
    page = check(client.post(AT, data={**TYPED, **chosen}, headers=OURS), AT, tokens=False)
    assert [one.get_text() for one in page.select("main details p")] == ["示例云杉", "10000021"]


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


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("", None, psycopg.errors.AdminShutdown()), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (RuntimeError("broken"), 500),
        (TooManyRequests(), 429),
    ],
    ids=["database", "disk", "fault", "too many"],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_trouble_of_the_site_gives_the_words_back(
    app: Flask, client: FlaskClient, error: Exception, status: int, prefix: str
) -> None:
    _always_raises(app, error)
    response = client.post(prefix + "/fails", data={"facts": "在一楼的摊位。"}, headers=OURS)
    assert response.status_code == status
    page = check(response, prefix + "/fails", tokens=False)
    assert page.select_one("main input[name=facts]")["value"] == "在一楼的摊位。"
    assert page.select_one("main form")["action"] == prefix + "/fails"
    assert "Retry-After" in response.headers or status == 500


def test_what_cannot_be_sent_again_whole_is_not_offered_again(app: Flask, client: FlaskClient) -> None:
    _always_raises(app, RuntimeError("broken"))
    for secret in ("code", "password"):
        sent = {"reference": "K7QM2XHD", secret: "not-to-be-shown"}
        response = client.post("/fails", data=sent, headers=OURS)
        assert response.status_code == 500
        assert "K7QM2XHD" not in response.text
        assert "not-to-be-shown" not in response.text


def test_the_last_page_of_a_filing_can_be_sent_again(app: Flask, client: FlaskClient) -> None:
    _always_raises(app, OSError(errno.ENOSPC, "No space left on device"))
    sent = {"token": "names-the-draft", "proof": "12345678", "website": ""}
    page = check(client.post("/fails", data=sent, headers=OURS), "/fails", tokens=False)
    again = {one["name"]: one["value"] for one in page.select("main form [name]")}
    assert (again["token"], again["proof"]) == ("names-the-draft", "12345678")
    assert "names-the-draft" not in page.text


def test_a_filing_that_could_not_be_stored_is_sent_again_from_the_answer(
    client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(session)
    session.commit()
    walker = Walker(client)
    walker.to_check()
    sent = {"token": walker.token(), "website": ""}
    with monkeypatch.context() as failing:
        failing.setattr(Session, "commit", _outage)
        response = client.post("/file/check", data=sent, headers=OURS)
    page = check(response, "/file/check", tokens=False)
    assert response.status_code == 503
    again = {one["name"]: one["value"] for one in page.select("main form [name]")}
    receipt = client.post(page.select_one("main form")["action"], data=again)
    filing = session.scalars(select(Filing)).one()
    assert receipt.location == f"/receipt/{filing.reference}", "the browser still knew its draft"


def test_an_outage_while_signing_out_leaves_nobody_half_signed_out(
    holder: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(Session, "commit", _outage)
        assert holder.post("/sign-out", headers=OURS).status_code == 503
    assert holder.get("/account/").status_code == 200


def test_files_that_had_come_are_to_be_chosen_again(app: Flask, client: FlaskClient) -> None:
    _always_raises(app, RuntimeError("broken"), after_reading=True)
    sent = {"facts": "在一楼的摊位。", "files": (io.BytesIO(b"%PDF-1.4"), "invoice.pdf")}
    page = check(client.post("/fails", data=sent, headers=OURS), "/fails", tokens=False)
    assert page.select_one("main input[name=facts]")["value"] == "在一楼的摊位。"
    assert "附件没有保留" in page.text


@pytest.mark.parametrize("template", ["errors/kept.html", ""], ids=["this page", "any page"])
def test_a_page_that_cannot_be_drawn_gives_way_to_a_plainer_one(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    _always_raises(app, OperationalError("", None, psycopg.errors.AdminShutdown()))
    draw = app.jinja_env.get_or_select_template

    def broken(name: Any, *args: Any, **kwargs: Any) -> Any:
        if not template or name == template:
            raise OperationalError("", None, psycopg.errors.AdminShutdown())
        return draw(name, *args, **kwargs)

    monkeypatch.setattr(app.jinja_env, "get_or_select_template", broken)
    response = client.post("/fails", data={"facts": "在一楼的摊位。"}, headers=OURS)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert "系统正在恢复，请稍后再试。" in response.text


def test_no_files_are_received_from_who_is_told_to_wait(app: Flask, client: FlaskClient) -> None:
    _always_raises(app, TooManyRequests())
    body = _Unread(b"--x")
    response = client.post("/fails", input_stream=body, content_type="multipart/form-data; boundary=x")
    assert (response.status_code, body.was_read) == (429, False)


class _Unread(io.BytesIO):
    """A body that knows whether anybody has looked at it."""

    was_read = False

    def readinto(self, buffer: Any) -> int:
        self.was_read = True
        return super().readinto(buffer)

    def read(self, size: int | None = -1) -> bytes:
        self.was_read = True
        return super().read(size)


def _outage(_session: Session) -> None:
    raise OperationalError("", None, psycopg.errors.AdminShutdown())


def _always_raises(app: Flask, error: Exception, *, after_reading: bool = False) -> None:
    @public
    def view() -> str:
        if after_reading:
            assert request.form
        raise error

    app.add_url_rule("/fails", "fails", view, methods=["POST"])
    app.add_url_rule("/en/fails", "en_fails", view, methods=["POST"])
