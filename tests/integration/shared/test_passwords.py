"""Changing, resetting and re-entering passwords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import time_machine
from argon2 import extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import Huhang, create_app
from config import Config
from models.ledger import LedgerEvent
from models.outbox import OutboxRow
from models.people import operations
from models.people.actors import COMMAND
from models.people.roles import Role
from models.people.tables import Account
from shared.accounts import hashed
from tests.factories import NOW, AccountFactory, StaffFactory
from tests.pages import Pages
from tests.support.databases import SharedDatabase

OLD, NEW = "correct horse battery", "staple battery horse"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(app: Flask, session: Session) -> Account:
    with app.app_context():
        made = StaffFactory(
            username="zhang.san", email="zhang.san@example.org", role=Role.ADMINISTRATOR, password=hashed(OLD)
        )
    session.commit()
    return made


def enter(client: FlaskClient, password: str = OLD) -> bool:
    client.post("/sign-in", data={"email": "zhang.san", "password": password})
    return is_in(client)


def is_in(client: FlaskClient) -> bool:
    return client.get("/sign-in/change-password").status_code == 200


def mails(session: Session) -> list[dict[str, str]]:
    session.expire_all()
    return list(session.scalars(select(OutboxRow.payload).order_by(OutboxRow.id)))


def asked_for_link(client: FlaskClient, session: Session, **options: str) -> str:
    """Asks for a new password; gives the link of the mail."""
    client.post("/sign-in/recover", data={"email": "zhang.san@example.org"}, **options)
    return re.findall(r"https?://\S+", mails(session)[-1]["body"])[0]


def reset(client: FlaskClient, link: str, password: str = NEW, again: str | None = None) -> None:
    data = {"password": password, "password_confirm": password if again is None else again}
    client.post(urlsplit(link).path, data=data)


class TestRecovery:
    """By a link in a mail."""

    def test_the_link_works_once_and_ends_every_session(
        self, app: Flask, client: FlaskClient, account: Account, session: Session
    ) -> None:
        elsewhere = app.test_client()
        assert enter(elsewhere)
        link = asked_for_link(client, session)
        Pages(client).get(urlsplit(link).path)
        reset(client, link)
        assert not is_in(client), "the new password is tried by signing in with it"
        assert not is_in(elsewhere)
        assert enter(client, NEW)
        client.post("/sign-out")
        reset(client, link, "another long password")
        assert not enter(client, "another long password")
        assert enter(client, NEW)

    def test_the_mail_goes_to_the_address_of_the_account_only(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        asked_for_link(client, session)
        [mail] = mails(session)
        assert mail["to"] == "zhang.san@example.org"
        assert mail["subject"] == "设置新密码"
        assert "两小时" in mail["body"]

    @pytest.mark.parametrize("host", ["evil.example", "localhost:8080"])
    def test_the_link_leads_to_our_own_address_whatever_the_request_claimed(
        self, client: FlaskClient, account: Account, session: Session, host: str
    ) -> None:
        link = asked_for_link(client, session, headers={"Host": host})
        assert link.startswith("http://localhost/sign-in/recover/")

    def test_the_mail_is_in_the_language_of_the_page(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        client.post("/en/sign-in/recover", data={"email": "zhang.san@example.org"})
        [mail] = mails(session)
        assert not re.search("[\u4e00-\u9fff]", mail["subject"] + mail["body"])
        assert "http://localhost/en/sign-in/recover/" in mail["body"]

    def test_known_and_unknown_get_the_same_answer(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        AccountFactory(email="closed@example.org", active=False)
        session.commit()
        answers = {
            re.sub(
                r'nonce="[^"]*"|value="[^"]*"',
                "",
                client.post("/sign-in/recover", data={"email": address}).text,
            )
            for address in ("zhang.san@example.org", "unknown@example.org", "closed@example.org")
        }
        assert len(answers) == 1
        assert len(mails(session)) == 1

    def test_an_empty_address_is_told_so(self, client: FlaskClient) -> None:
        page = Pages(client).post("/sign-in/recover", {"email": ""}, status=200)
        assert [item.get_text(strip=True) for item in page.select("#problems li")] == ["请填写邮箱。"]

    def test_after_two_hours_the_link_is_too_old(
        self, client: FlaskClient, account: Account, session: Session, clock: time_machine.Traveller
    ) -> None:
        link = asked_for_link(client, session)
        clock.shift(2 * 3600 + 1)
        reset(client, link)
        assert not enter(client, NEW)
        assert "过期" in client.get(urlsplit(link).path, follow_redirects=True).text

    def test_closing_the_account_ends_the_link(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        link = asked_for_link(client, session)
        StaffFactory(role=Role.ADMINISTRATOR)
        operations.set_active(session, account=account, is_active=False, actor=COMMAND, now=NOW)
        session.commit()
        reset(client, link)
        session.refresh(account)
        operations.set_active(session, account=account, is_active=True, actor=COMMAND, now=NOW)
        session.commit()
        assert not enter(client, NEW)

    @pytest.mark.parametrize(("password", "again"), [("short", "short"), (NEW, "something else"), ("", "")])
    def test_a_weak_or_mistyped_password_is_refused_with_a_sentence(
        self, client: FlaskClient, account: Account, session: Session, password: str, again: str
    ) -> None:
        link = asked_for_link(client, session)
        data = {"password": password, "password_confirm": again}
        page = Pages(client).post(urlsplit(link).path, data, status=200)
        assert page.select("#problems li")
        assert not enter(client, password)

    def test_the_ledger_says_that_it_was_done(
        self, client: FlaskClient, account: Account, session: Session
    ) -> None:
        reset(client, asked_for_link(client, session))
        event = session.scalars(select(LedgerEvent)).one()
        assert (event.act, event.actor) == ("account.password", f"account:{account.id}")


class TestChange:
    """By its owner, who knows the old one."""

    def test_it_ends_all_other_sessions(
        self, app: Flask, client: FlaskClient, account: Account, session: Session
    ) -> None:
        elsewhere = app.test_client()
        assert enter(client)
        assert enter(elsewhere)
        data = {"password": OLD, "new_password": NEW, "new_password_confirm": NEW}
        client.post("/sign-in/change-password", data=data)
        assert is_in(client)
        assert not is_in(elsewhere)
        assert enter(elsewhere, NEW)
        assert [mail["subject"] for mail in mails(session)] == ["您的密码已经修改"]

    @pytest.mark.parametrize(
        ("old", "new", "again"),
        [
            ("wrong words here", NEW, NEW),
            ("", NEW, NEW),
            (OLD, "short", "short"),
            (OLD, NEW, "mistyped words"),
            (OLD, OLD, OLD),
            (OLD, "", ""),
        ],
    )
    def test_a_mistake_changes_nothing_and_says_what_to_mend(
        self, client: FlaskClient, account: Account, old: str, new: str, again: str
    ) -> None:
        enter(client)
        data = {"password": old, "new_password": new, "new_password_confirm": again}
        page = Pages(client).post("/en/sign-in/change-password", data, status=200)
        assert page.select("#problems li")
        client.post("/sign-out")
        assert enter(client, OLD)

    def test_an_account_without_address_gets_no_mail(
        self, app: Flask, client: FlaskClient, account: Account, session: Session
    ) -> None:
        account.email = None
        session.commit()
        enter(client)
        data = {"password": OLD, "new_password": NEW, "new_password_confirm": NEW}
        assert client.post("/sign-in/change-password", data=data).status_code == 302
        assert mails(session) == []


class TestFreshness:
    """A managing act asks for the password again after a quarter of an hour."""

    def test_in_time_nothing_is_asked(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        clock.shift(14 * 60)
        assert client.get("/admin/accounts/new").status_code == 200

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_afterwards_the_password_is_asked_for_and_one_goes_on(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller, language: str
    ) -> None:
        enter(client)
        clock.shift(15 * 60 + 1)
        asked = client.get(f"{language}/admin/accounts/new")
        assert asked.status_code == 303
        assert urlsplit(asked.location).path == f"{language}/sign-in/verify"
        Pages(client).get(asked.location)
        response = client.post(asked.location, data={"password": OLD})
        assert response.location == f"{language}/admin/accounts/new"
        assert client.get(response.location).status_code == 200

    def test_being_busy_does_not_make_it_longer(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        statuses = []
        for _ in range(4):
            clock.shift(5 * 60)
            statuses.append(client.get("/admin/accounts/new").status_code)
        assert statuses == [200, 200, 303, 303]

    def test_a_form_opened_in_time_may_be_sent_a_quarter_of_an_hour_later(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        clock.shift(29 * 60)
        assert client.post("/admin/accounts/new", data={}).status_code == 422
        clock.shift(60)
        assert client.post("/admin/accounts/new", data={}).status_code == 303

    def test_a_button_asks_at_once_and_leads_back_to_its_page(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        clock.shift(16 * 60)
        page = f"http://localhost/en/admin/accounts/{account.id}"
        response = client.post(f"/en/admin/accounts/{account.id}/close", headers={"Referer": page})
        assert urlsplit(response.location).path == "/en/sign-in/verify"
        on = client.post(response.location, data={"password": OLD})
        assert on.location == f"/en/admin/accounts/{account.id}"

    def test_a_wrong_password_does_not_freshen(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        clock.shift(16 * 60)
        page = Pages(client).post("/sign-in/verify", {"password": "wrong words here"}, status=200)
        assert len(page.select("#problems li")) == 1
        assert client.get("/admin/accounts/new").status_code == 303

    def test_reading_and_case_work_ask_nothing(
        self, client: FlaskClient, account: Account, clock: time_machine.Traveller
    ) -> None:
        enter(client)
        clock.shift(3 * 3600)
        assert client.get("/admin/accounts/").status_code == 200


def test_a_password_costs_whoever_guesses_it_what_owasp_asks(
    config: Config, database: SharedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other tests hash cheaply; this one as an installation does."""
    monkeypatch.setattr(Huhang, "default_config", Flask.default_config)
    with create_app(config, database).app_context():
        cost = extract_parameters(hashed(NEW))
    assert cost.type.name == "ID"
    assert cost.memory_cost >= 19 * 1024
    assert cost.time_cost >= 2
