"""One-time passwords and recovery codes: set up, asked for, taken once, never readable in the database."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.ledger import LedgerEvent
from models.people.profiles import SignInPolicy
from models.people.roles import Role
from models.people.tables import Account
from shared.accounts import hashed
from tests.factories import NOW, StaffFactory
from tests.pages import Pages, check

PASSWORD = "correct horse battery"
OURS = {"Referer": "http://localhost/casework/"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(app: Flask, session: Session) -> Account:
    with app.app_context():
        made = StaffFactory(username="zhang.san", role=Role.INTAKE, password=hashed(PASSWORD))
    session.commit()
    return made


@pytest.fixture
def phone(client: FlaskClient, account: Account) -> pyotp.TOTP:
    """The app on the phone of an account that has just set a one-time password up; `client` is signed out again."""
    enter(client)
    phone = set_up(client)
    client.post("/sign-out")
    return phone


def enter(client: FlaskClient) -> str:
    """Gives name and password; returns where that leads."""
    data = {"email": "zhang.san", "password": PASSWORD}
    return client.post("/sign-in", data=data).location.split("?")[0]


def set_up(client: FlaskClient) -> pyotp.TOTP:
    page = Pages(client).post("/sign-in/one-time-password", {"setup": "authenticator"}, status=200)
    phone = pyotp.TOTP(page.select_one("main p code").get_text(strip=True).replace("-", "").replace(" ", ""))
    form = page.select_one("form:has(#code)")
    assert client.post(form["action"], data={"code": phone.now()}).status_code == 302
    return phone


def try_code(client: FlaskClient, code: str) -> bool:
    """Whether the code lets in."""
    client.post("/sign-in/code", data={"code": code})
    return is_in(client)


def is_in(client: FlaskClient) -> bool:
    return client.get("/sign-in/change-password").status_code == 200


def codes_of(client: FlaskClient) -> list[str]:
    """Generates recovery codes and reads them off the page."""
    page = Pages(client).post("/sign-in/recovery-codes", {"generate_new_codes": "1"}, status=200)
    return [code.get_text(strip=True) for code in page.select("li code")]


class TestSetUp:
    """In the account's own time."""

    @pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
    def test_the_pages_keep_the_house_style(
        self, client: FlaskClient, account: Account, language: str
    ) -> None:
        enter(client)
        pages = Pages(client)
        pages.get(f"{language}/sign-in/one-time-password")
        page = pages.post(f"{language}/sign-in/one-time-password", {"setup": "authenticator"}, status=200)
        assert page.select_one("img.qr")["src"].startswith("data:image/svg+xml")
        assert page.select_one("form:has(#code)")["action"].startswith(f"{language}/sign-in/")

    def test_a_wrong_code_sets_nothing_up(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        enter(client)
        page = Pages(client).post("/sign-in/one-time-password", {"setup": "authenticator"}, status=200)
        client.post(page.select_one("form:has(#code)")["action"], data={"code": "000000"})
        session.refresh(account)
        assert account.tf_primary_method is None

    def test_an_unknown_way_is_refused(self, client: FlaskClient, account: Account, session: Session) -> None:
        enter(client)
        for way in ("sms", "email", "", "none"):
            client.post("/sign-in/one-time-password", data={"setup": way})
        session.refresh(account)
        assert account.tf_primary_method is None

    def test_the_secret_cannot_be_read_in_the_database(
        self, account: Account, phone: pyotp.TOTP, session: Session
    ) -> None:
        row = session.execute(text("SELECT * FROM accounts WHERE username = 'zhang.san'")).one()
        assert phone.secret not in str(row)
        assert len(row.tf_totp_secret) <= 255

    def test_the_ledger_says_that_it_was_done(self, phone: pyotp.TOTP, session: Session) -> None:
        assert "account.one_time_password" in set(session.scalars(select(LedgerEvent.act)))

    def test_it_can_be_given_up(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller, session: Session
    ) -> None:
        clock.shift(60)
        enter(client)
        assert try_code(client, phone.now())
        client.post("/sign-in/one-time-password", data={"setup": "disable"})
        client.post("/sign-out")
        enter(client)
        assert is_in(client)
        assert "account.forget_one_time_password" in set(session.scalars(select(LedgerEvent.act)))


class TestWanted:
    """By the bureau, of whoever holds one of the roles that its profile names."""

    @pytest.fixture(autouse=True)
    def policy(self, app: Flask) -> None:
        services = app.extensions["huhang_services"]
        bureau = dataclasses.replace(services.bureau, sign_in=SignInPolicy((Role.INTAKE,)))
        app.extensions["huhang_services"] = dataclasses.replace(services, bureau=bureau)

    def test_without_one_every_page_leads_to_setting_it_up(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        enter(client)
        for path in ("/casework/", "/casework/cases/ABCDEFGH", "/casework/?view=open"):
            answer = client.get(path)
            assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in/one-time-password")
        assert client.get("/casework/", headers={"Accept": "application/json"}).status_code == 401
        assert "按本局规定" in Pages(client).get("/sign-in/one-time-password").text

    def test_words_of_a_form_are_kept_meanwhile(self, client: FlaskClient, account: Account) -> None:
        enter(client)
        form = {"name": "我的办件视图"}
        answer = client.post("/casework/views", data=form, headers=OURS)
        assert answer.status_code == 401
        assert "我的办件视图" in answer.text
        assert "在新页面里设置动态口令" in check(answer, "/casework/views", tokens=False).text

    def test_with_one_the_work_goes_on(self, client: FlaskClient, account: Account) -> None:
        enter(client)
        set_up(client)
        assert client.get("/casework/").status_code == 200
        page = Pages(client).get("/sign-in/one-time-password")
        assert not page.select_one('input[value="disable"]')
        assert "按本局规定" not in page.text
        assert client.get(page.select_one("main a.button")["href"]).location == "/casework/"

    def test_public_pages_and_other_roles_are_left_alone(
        self, app: Flask, client: FlaskClient, session: Session, account: Account
    ) -> None:
        enter(client)
        assert client.get("/about").status_code == 200
        client.post("/sign-out")
        with app.app_context():
            StaffFactory(username="li.si", role=Role.STATISTICIAN, password=hashed(PASSWORD))
        session.commit()
        client.post("/sign-in", data={"email": "li.si", "password": PASSWORD})
        assert client.get("/casework/reports").status_code == 200


class TestCode:
    """Asked for after the password."""

    def test_the_password_alone_does_not_let_in(self, client: FlaskClient, phone: pyotp.TOTP) -> None:
        assert enter(client) == "/sign-in/code"
        assert not is_in(client)
        Pages(client).get("/sign-in/code")

    def test_the_code_of_now_lets_in(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller
    ) -> None:
        clock.shift(60)
        enter(client)
        assert try_code(client, phone.now())

    @pytest.mark.parametrize("code", ["000000", "", "12345", "１２３４５６７", "abcdef", "0" * 500])
    def test_another_does_not_and_says_so_once(
        self, client: FlaskClient, phone: pyotp.TOTP, code: str
    ) -> None:
        enter(client)
        page = Pages(client).post("/sign-in/code", {"code": code}, status=200)
        assert len(page.select("#problems li")) == 1
        assert not is_in(client)

    def test_a_code_is_taken_once(
        self, app: Flask, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller
    ) -> None:
        clock.shift(60)
        seen_over_the_shoulder = phone.now()
        enter(client)
        assert try_code(client, seen_over_the_shoulder)
        other = app.test_client()
        enter(other)
        assert not try_code(other, seen_over_the_shoulder)
        clock.shift(30)
        assert try_code(other, phone.now())

    @pytest.mark.parametrize(("seconds", "is_taken"), [(-50, True), (50, True), (-200, False), (200, False)])
    def test_the_clock_of_the_phone_may_be_a_minute_wrong(
        self,
        client: FlaskClient,
        phone: pyotp.TOTP,
        clock: time_machine.Traveller,
        seconds: int,
        is_taken: bool,
    ) -> None:
        clock.shift(600)
        enter(client)
        shown = phone.at(int(NOW.timestamp()) + 600 + seconds)
        assert try_code(client, shown) is is_taken

    def test_without_the_password_nobody_is_asked_for_a_code(
        self, client: FlaskClient, phone: pyotp.TOTP
    ) -> None:
        for path in ("/sign-in/code", "/sign-in/recovery"):
            assert client.get(path).status_code == 302
            client.post(path, data={"code": phone.now()})
        assert not is_in(client)


class TestRecoveryCodes:
    """For the day the phone is lost."""

    def test_one_lets_in_once(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller, session: Session
    ) -> None:
        clock.shift(60)
        enter(client)
        try_code(client, phone.now())
        codes = codes_of(client)
        assert len(codes) == len(set(codes)) == 5
        used = []
        for code in (codes[0], codes[1], codes[0]):
            client.post("/sign-out")
            enter(client)
            client.post("/sign-in/recovery", data={"code": code})
            used.append(is_in(client))
        assert used == [True, True, False]
        acts = list(session.scalars(select(LedgerEvent.act)))
        assert acts.count("account.use_recovery_code") == 2

    def test_new_ones_end_the_old(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller
    ) -> None:
        clock.shift(60)
        enter(client)
        try_code(client, phone.now())
        old, new = codes_of(client), codes_of(client)
        client.post("/sign-out")
        enter(client)
        client.post("/sign-in/recovery", data={"code": old[0]})
        assert not is_in(client)
        client.post("/sign-in/recovery", data={"code": new[0]})
        assert is_in(client)

    def test_they_cannot_be_read_in_the_database(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller, session: Session
    ) -> None:
        clock.shift(60)
        enter(client)
        try_code(client, phone.now())
        codes = codes_of(client)
        stored = str(session.execute(text("SELECT * FROM accounts")).all())
        assert not [code for code in codes if code in stored]

    def test_they_can_be_looked_at_again_by_their_owner(
        self, client: FlaskClient, phone: pyotp.TOTP, clock: time_machine.Traveller
    ) -> None:
        clock.shift(60)
        enter(client)
        try_code(client, phone.now())
        codes = codes_of(client)
        hidden = Pages(client).get("/sign-in/recovery-codes")
        assert not re.search(codes[0], hidden.text)
        shown = Pages(client).get("/en/sign-in/recovery-codes?show_codes=1")
        assert [code.get_text(strip=True) for code in shown.select("li code")] == codes

    def test_a_wrong_one_says_so(self, client: FlaskClient, phone: pyotp.TOTP) -> None:
        enter(client)
        Pages(client).get("/sign-in/recovery")
        page = Pages(client).post("/sign-in/recovery", {"code": "no such code"}, status=200)
        assert len(page.select("#problems li")) == 1
        assert not is_in(client)
