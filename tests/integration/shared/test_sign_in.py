"""Signing in and out: one answer to every wrong try, no way to another site, no session that outlives its account."""

from __future__ import annotations

import re
from collections.abc import Callable
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

import flask_security.utils
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from models.people import operations
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from shared.accounts import hashed
from tests.factories import NOW, AccountFactory, StaffFactory
from tests.pages import Pages

PASSWORD = "correct horse battery"


@pytest.fixture
def account(app: Flask, session: Session) -> Account:
    """An administrator with a password and an address."""
    with app.app_context():
        made = StaffFactory(
            username="zhang.san",
            email="zhang.san@example.org",
            role=Role.ADMINISTRATOR,
            password=hashed(PASSWORD),
        )
    session.commit()
    return made


def enter(
    client: FlaskClient, name: str = "zhang.san", password: str = PASSWORD, **query: str
) -> TestResponse:
    return client.post("/sign-in", data={"email": name, "password": password}, query_string=query)


def is_in(client: FlaskClient) -> bool:
    return client.get("/sign-in/change-password").status_code == 200


def said(response: TestResponse) -> str:
    """The page without what is made anew for each answer, and without the name typed."""
    made_anew = r'nonce="[^"]*"|value="[^"]*"'
    return re.sub(made_anew, "", response.text)


class TestSignIn:
    """With a name or an address, and a password."""

    @pytest.mark.parametrize(
        "name",
        ["zhang.san", "ZHANG.SAN", " ｚｈａｎｇ．san ", "zhang.san@example.org", "Zhang.San@Example.ORG"],
    )
    def test_the_right_password_lets_in_under_every_spelling(
        self, client: FlaskClient, account: Account, name: str
    ) -> None:
        assert not is_in(client)
        assert enter(client, name).status_code == 302
        assert is_in(client)

    @pytest.mark.parametrize(
        "password", ["café au lait noir", "ｆｕｌｌ　ｗｉｄｔｈ　ｗｏｒｄｓ", " blanks around it "]
    )
    def test_a_password_is_the_same_however_it_is_typed(
        self, app: Flask, client: FlaskClient, account: Account, session: Session, password: str
    ) -> None:
        with app.app_context():
            account.password = hashed(password)
        session.commit()
        enter(client, password=password)
        assert is_in(client)

    def test_wrong_unknown_and_closed_get_the_same_answer(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        with client.application.app_context():
            AccountFactory(username="closed", active=False, password=hashed(PASSWORD))
        AccountFactory(username="without")
        session.commit()
        wrong = enter(client, password="wrong words here")
        assert "账号或密码不对" in wrong.text
        for name in ("unknown", "closed", "without", "zhang.san' or 1=1", "a@b@c"):
            other = enter(client, name)
            assert (other.status_code, said(other)) == (wrong.status_code, said(wrong)), name
        assert not is_in(client)

    def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(
        self, client: FlaskClient, account: Account
    ) -> None:
        hashes: list[str] = []
        with client.application.app_context():
            context = flask_security.utils._pwd_context._get_current_object()
        real_hash, real_verify = context.hash, context.verify

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def count(*arguments: object, **options: object) -> object:
                hashes.append(real.__name__)
                return real(*arguments, **options)

            return count

        with (
            patch.object(context, "hash", counted(real_hash)),
            patch.object(context, "verify", counted(real_verify)),
        ):
            enter(client, password="wrong words here")
            known = len(hashes)
            enter(client, "unknown")
        assert known == 1
        assert len(hashes) == 2

    @pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
    def test_each_empty_field_has_its_own_sentence_and_what_was_typed_stays(
        self, client: FlaskClient, language: str
    ) -> None:
        page = Pages(client).post(f"{language}/sign-in", {"email": "", "password": ""}, status=200)
        sentences = [item.get_text(strip=True) for item in page.select("#problems li")]
        assert len(sentences) == len(set(sentences)) == 2
        page = Pages(client).post(f"{language}/sign-in", {"email": "zhang.san", "password": ""}, status=200)
        assert [link["href"] for link in page.select("#problems a")] == ["#password"]
        assert page.select_one("#email")["value"] == "zhang.san"

    def test_a_wrong_try_keeps_the_name_and_never_the_password(
        self, client: FlaskClient, account: Account
    ) -> None:
        page = Pages(client).post("/sign-in", {"email": "zhang.san", "password": "wrong words"}, status=200)
        assert page.select_one("#email")["value"] == "zhang.san"
        assert page.select_one("#password")["value"] == ""
        assert len(page.select("#problems li")) == 1

    def test_programs_sign_in_elsewhere(self, client: FlaskClient, account: Account) -> None:
        sent = {"email": "zhang.san", "password": PASSWORD}
        assert client.post("/sign-in", json=sent).status_code == 415
        assert client.post("/sign-in", json={"email": {"a": 1}}).status_code == 415
        assert not is_in(client)


class TestWayOn:
    """Where one gets to afterwards."""

    @pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
    def test_without_a_page_in_mind_to_the_own_desk_in_ones_language(
        self, client: FlaskClient, account: Account, language: str
    ) -> None:
        data = {"email": "zhang.san", "password": PASSWORD}
        response = client.post(f"{language}/sign-in", data=data)
        assert response.location == f"{language}/after-sign-in"
        desk = client.get(response.location)
        assert urlsplit(desk.location).path == f"{language}/admin/"

    @pytest.mark.parametrize("to", ["/admin/ledger/?before=7", "/en/admin/units/"])
    def test_to_the_page_one_came_for(self, client: FlaskClient, account: Account, to: str) -> None:
        asked = client.get(to)
        form = client.get(asked.location)
        [action] = re.findall(r'<form method="post"[^>]* action="([^"]*sign-in[^"]*)"', form.text)
        response = client.post(
            action.replace("&amp;", "&"), data={"email": "zhang.san", "password": PASSWORD}
        )
        assert response.location == to

    @pytest.mark.parametrize(
        "to",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "http:evil.example",
            "javascript:alert(1)",
            "https://localhost.evil.example/",
            " https://evil.example",
            "https://localhost@evil.example/",
        ],
    )
    def test_never_to_another_site_and_that_is_no_reason_to_stay_out(
        self, client: FlaskClient, account: Account, to: str
    ) -> None:
        assert client.get("/sign-in", query_string={"next": to}).status_code == 200
        response = enter(client, next=to)
        assert response.status_code == 302
        # as a browser reads it, for which a backslash is a slash
        landed = urljoin("http://localhost/sign-in", response.location.replace("\\", "/"))
        assert urlsplit(landed).netloc == "localhost"
        assert is_in(client)

    def test_whoever_is_in_need_not_sign_in_again(self, client: FlaskClient, account: Account) -> None:
        enter(client)
        assert client.get("/en/sign-in").location == "/en/after-sign-in"


class TestSession:
    """The cookie of somebody signed in."""

    def test_the_cookie_is_another_one_after_sign_in(self, client: FlaskClient, account: Account) -> None:
        client.get("/sign-in")
        before = client.get_cookie("session")
        enter(client)
        after = client.get_cookie("session")
        assert before is not None
        assert after is not None
        assert before.value != after.value

    def test_a_token_planted_before_sign_in_is_worth_nothing_after_it(
        self, app: Flask, client: FlaskClient, account: Account
    ) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        planted = _token(client.get("/sign-in"))
        data = {"email": "zhang.san", "password": PASSWORD, "csrf_token": planted}
        assert client.post("/sign-in", data=data).status_code == 302
        response = client.post("/sign-out", data={"csrf_token": planted})
        assert response.status_code == 400
        assert is_in(client)

    @pytest.mark.parametrize("ending", ["close", "password", "one-time password"])
    def test_it_ends_with_the_account_or_its_secrets(
        self, client: FlaskClient, account: Account, session: Session, ending: str
    ) -> None:
        StaffFactory(role=Role.ADMINISTRATOR)
        enter(client)
        assert is_in(client)
        about = {"account": account, "actor": COMMAND, "now": NOW}
        if ending == "close":
            operations.set_active(session, is_active=False, **about)
        elif ending == "password":
            operations.set_password(session, password_hash="another", **about)
        else:
            operations.forget_one_time_password(session, **about)
        session.commit()
        assert not is_in(client)

    def test_it_ends_after_ten_hours(self, client: FlaskClient, account: Account) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            enter(client)
            clock.shift(9 * 3600 + 3000)
            assert client.get("/sign-in/change-password").status_code == 200
            clock.shift(11 * 3600)
            assert client.get("/sign-in/change-password").status_code == 303

    def test_it_is_forgotten_with_the_browser(self, client: FlaskClient, account: Account) -> None:
        cookies = enter(client).headers.getlist("Set-Cookie")
        assert not [cookie for cookie in cookies if "Expires" in cookie or "Max-Age" in cookie]


class TestSignOut:
    """By a button, not by a link."""

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_the_button_signs_out_and_leads_to_the_front_page(
        self, client: FlaskClient, account: Account, language: str
    ) -> None:
        enter(client)
        response = client.post(f"{language}/sign-out")
        assert response.location in (f"{language}/", "/" if not language else None)
        assert not is_in(client)

    def test_a_copy_of_the_cookie_is_signed_out_too(
        self, app: Flask, client: FlaskClient, account: Account
    ) -> None:
        enter(client)
        kept = client.get_cookie("session")
        assert kept is not None
        elsewhere, thief = app.test_client(), app.test_client()
        enter(elsewhere)
        thief.set_cookie("session", kept.value)
        assert is_in(thief)
        client.post("/sign-out")
        assert not is_in(thief)
        assert is_in(elsewhere)
        enter(client)
        assert is_in(client)

    def test_an_ended_session_is_not_renewed_by_looking_at_pages(
        self, app: Flask, client: FlaskClient, account: Account
    ) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            enter(client)
            thief = app.test_client()
            kept = client.get_cookie("session")
            assert kept is not None
            thief.set_cookie("session", kept.value)
            client.post("/sign-out")
            for _hour in range(30):
                clock.shift(3600)
                thief.get("/sign-in")
            enter(client)
            client.post("/sign-out")  # forgets what is older than a day
            assert not is_in(thief)

    @pytest.mark.parametrize("path", ["/sign-out", "/sign-in/code", "/sign-in/recovery", "/sign-in/rescue"])
    def test_no_link_signs_out(self, client: FlaskClient, account: Account, path: str) -> None:
        enter(client)
        client.get(path)
        assert is_in(client)


class TestTokens:
    """Every form carries a token of its own session."""

    @pytest.mark.parametrize("token", [None, "", "made up"])
    def test_a_form_without_its_token_is_refused_with_a_sentence(
        self, app: Flask, client: FlaskClient, account: Account, token: str | None
    ) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        data = {
            "email": "zhang.san",
            "password": PASSWORD,
            **({"csrf_token": token} if token is not None else {}),
        }
        response = client.post("/sign-in", data=data)
        assert response.status_code == 400
        assert "页面已经过期" in response.text
        assert not is_in(client)

    def test_the_token_of_another_session_is_none(self, app: Flask, account: Account) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        stolen = _token(app.test_client().get("/sign-in"))
        victim = app.test_client()
        victim.get("/sign-in")
        data = {"email": "zhang.san", "password": PASSWORD, "csrf_token": stolen}
        assert victim.post("/sign-in", data=data).status_code == 400

    def test_a_form_may_stay_open_overnight(self, app: Flask, client: FlaskClient, account: Account) -> None:
        app.config["WTF_CSRF_ENABLED"] = True
        with time_machine.travel(NOW, tick=False) as clock:
            token = _token(client.get("/sign-in"))
            clock.shift(9 * 3600)
            data = {"email": "zhang.san", "password": PASSWORD, "csrf_token": token}
            assert client.post("/sign-in", data=data).status_code == 302


def _token(response: TestResponse) -> str:
    return re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', response.text)[0]
