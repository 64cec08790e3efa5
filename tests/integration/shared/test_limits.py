"""Rate limits: counted per address and per account, answered by 429, a time to wait and a page that makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from config import RATE_POLICIES, Config
from journey.keys import keyring
from models.holders.registration import link_token
from models.people.roles import Role
from shared.accounts import hashed
from shared.limits import limiter, network
from tests.factories import NOW, AccountFactory, StaffFactory
from tests.pages import Pages
from tests.support.databases import SharedDatabase
from tests.support.visitors import sign_in

Limited = Callable[..., Flask]


@pytest.fixture
def limited(config: Config, database: SharedDatabase) -> Iterator[Limited]:
    """An application with limits, those named in the call and otherwise none that a test could meet."""

    def make(**policies: str) -> Flask:
        figures = dict.fromkeys(RATE_POLICIES, "100000 per minute") | policies
        app = create_app(replace(config, rate_limits=True, rate_policies=figures), database)
        app.config["WTF_CSRF_ENABLED"] = False
        limiter.reset()
        return app

    with time_machine.travel(NOW, tick=False):
        yield make
    limiter.reset()
    limiter.enabled = False


def _sign_in(app: Flask, name: str = "somebody", *, remote: str = "192.0.2.1", **fields: str) -> Any:
    data = {"email": name, "password": "wrong words here", **fields}
    return app.test_client().post("/sign-in", data=data, environ_base={"REMOTE_ADDR": remote})


class TestAnswer:
    """What whoever was too quick is told."""

    def test_a_person_gets_a_page_and_a_time_to_wait(self, limited: Limited) -> None:
        client = limited(read="2 per minute").test_client()
        assert [client.get("/about").status_code for _ in range(2)] == [200, 200]
        page = Pages(client).get("/about", status=429)
        assert "操作太频繁" in page.h1.get_text()
        assert 1 <= int(client.get("/about").headers["Retry-After"]) <= 61

    def test_a_program_gets_a_problem_document(self, limited: Limited) -> None:
        client = limited(api="1 per hour").test_client()
        client.get("/api/v1/decisions")
        response = client.get("/api/v1/decisions")
        assert (response.status_code, response.content_type) == (429, "application/problem+json")
        assert 1 <= int(response.headers["Retry-After"]) <= 3601

    def test_after_the_time_to_wait_the_next_try_goes_through(self, limited: Limited) -> None:
        client = limited(read="1 per minute").test_client()
        client.get("/about")
        wait = int(client.get("/about").headers["Retry-After"])
        with time_machine.travel(NOW.timestamp() + wait + 1, tick=False):
            assert client.get("/about").status_code == 200


class TestCounting:
    """Whose tries are counted together."""

    def test_each_address_has_its_own_count(self, limited: Limited) -> None:
        app = limited(read="1 per minute")
        statuses = [
            app.test_client().get("/about", environ_base={"REMOTE_ADDR": remote}).status_code
            for remote in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
        ]
        assert statuses == [200, 200, 429]

    def test_an_address_of_its_own_making_is_not_believed(self, limited: Limited) -> None:
        client = limited(read="1 per minute").test_client()
        client.get("/about", headers={"X-Forwarded-For": "203.0.113.1"})
        assert client.get("/about", headers={"X-Forwarded-For": "203.0.113.2"}).status_code == 429

    @pytest.mark.parametrize(
        ("remote", "counted_as"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("", "unknown"),
        ],
    )
    def test_an_ipv6_household_is_one(self, remote: str, counted_as: str) -> None:
        assert network(remote) == counted_as

    def test_whoever_is_signed_in_is_counted_by_account_and_allowed_more(
        self, limited: Limited, session: Session
    ) -> None:
        one, other = StaffFactory(role=Role.HANDLER), AccountFactory()
        session.commit()
        app = limited(read="1 per minute", work="3 per minute")
        statuses = [sign_in(app.test_client(), one).get("/about").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert sign_in(app.test_client(), other).get("/about").status_code == 200

    def test_balancers_and_static_files_are_not_counted(self, limited: Limited) -> None:
        client = limited(read="1 per minute").test_client()
        for path in ("/healthz", "/readyz", "/static/mark.svg") * 3:
            with client.get(path) as response:
                assert response.status_code == 200

    def test_mails_that_open_an_account_are_counted_apart_from_mistakes_in_its_form(
        self, limited: Limited
    ) -> None:
        client = limited(register="2 per hour", register_form="3 per hour").test_client()
        asked = [client.post("/register", data={"email": "new@example.org"}).status_code for _ in range(3)]
        assert asked == [303, 303, 429]
        with client.application.app_context():
            link = f"/register/{link_token('new@example.org', keys=keyring(), now=NOW)}"
        assert [client.post(link, data={}).status_code for _ in range(4)] == [422, 422, 422, 429]

    def test_looking_at_a_form_is_not_trying_it(self, limited: Limited) -> None:
        client = limited(sign_in="1 per minute").test_client()
        assert [client.get("/sign-in").status_code for _ in range(3)] == [200] * 3


class TestSignIn:
    """Guessing passwords."""

    def test_one_address_tries_so_often_whatever_the_account(self, limited: Limited) -> None:
        app = limited(sign_in="3 per minute")
        assert [_sign_in(app, f"name-{n}").status_code for n in range(4)] == [200, 200, 200, 429]

    def test_one_account_is_tried_so_often_from_anywhere_under_any_spelling(self, limited: Limited) -> None:
        app = limited(sign_in_account="3 per 15 minutes")
        spellings = ("zhang.san", "ZHANG.SAN", " ｚｈａｎｇ.san ", "zhang.san")
        statuses = [
            _sign_in(app, name, remote=f"192.0.2.{n}").status_code for n, name in enumerate(spellings)
        ]
        assert statuses == [200, 200, 200, 429]
        assert _sign_in(app, "li.si", remote="192.0.2.99").status_code == 200

    def test_the_right_password_does_not_pass_a_met_limit(self, limited: Limited, session: Session) -> None:
        app = limited(sign_in_account="2 per 15 minutes")
        with app.app_context():
            AccountFactory(username="zhang.san", password=hashed("the right words"))
        session.commit()
        for _ in range(2):
            _sign_in(app, "zhang.san")
        refused = _sign_in(app, "zhang.san", password="the right words")
        assert refused.status_code == 429
        assert "_user_id" not in str(refused.headers)

    def test_the_password_of_one_who_is_signed_in_is_counted_by_account(
        self, limited: Limited, session: Session
    ) -> None:
        app = limited(sign_in_account="2 per 15 minutes")
        with app.app_context():
            one, other = (AccountFactory(password=hashed("the right words")) for _ in range(2))
        session.commit()

        def verify(account: Any) -> int:
            client = sign_in(app.test_client(), account)
            return client.post("/sign-in/verify", data={"password": "wrong"}).status_code

        assert [verify(one) for _ in range(3)] == [200, 200, 429]
        assert verify(other) == 200

    def test_asking_for_a_new_password_has_a_limit(self, limited: Limited) -> None:
        client = limited(recover="2 per hour").test_client()
        asked = [client.post("/sign-in/recover", data={"email": "a@example.org"}) for _ in range(3)]
        assert [response.status_code for response in asked] == [200, 200, 429]

    def test_applications_made_one_after_another_count_once(self, limited: Limited) -> None:
        for _ in range(3):
            app = limited(sign_in="2 per minute")
        assert [_sign_in(app).status_code for _ in range(3)] == [200, 200, 429]


def test_a_store_of_counts_that_is_gone_leaves_some_limit(config: Config, database: SharedDatabase) -> None:
    figures = dict.fromkeys(RATE_POLICIES, "2 per minute")
    settings = replace(config, rate_limits=True, rate_policies=figures)
    app = create_app(replace(settings, rate_limit_storage="redis://127.0.0.1:1/0"), database)
    try:
        client = app.test_client()
        assert [client.get("/about").status_code for _ in range(3)] == [200, 200, 429]
    finally:
        create_app(config, database)  # puts the memory of this process back
