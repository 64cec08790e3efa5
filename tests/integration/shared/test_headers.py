"""Security headers, asked of every address there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import create_app
from config import Config
from models.people.roles import AccountKind, Role
from models.people.tables import Assignment
from tests.factories import AccountFactory, StaffFactory, UnitFactory
from tests.support.addresses import addresses
from tests.support.databases import SharedDatabase
from tests.support.visitors import sign_in

PRIVATE = ("account", "admin", "casework", "file", "receipt", "sign-in", "sign-out", "track")
PREFIXES = ("", "/en", "/zh-hant")
Answers = list[tuple[str, TestResponse]]


@pytest.fixture(params=[None, *AccountKind], ids=str)
def answers(app: Flask, session: Session, request: pytest.FixtureRequest) -> Callable[..., Answers]:
    """The answer of every address to a GET, as a visitor, as staff with every role, as a rights-holder."""
    someone = None
    if request.param is AccountKind.STAFF:
        unit = UnitFactory()
        someone = StaffFactory(assignments=[Assignment(role=role, unit=unit) for role in Role])
    elif request.param is AccountKind.RIGHTS_HOLDER:
        someone = AccountFactory()
    session.commit()

    def walk(prefix: str = "") -> Answers:
        found = []
        for one in addresses(app):
            client = sign_in(app.test_client(), someone) if someone else app.test_client()
            if one.method == "GET":
                found.append((one.path, client.get(prefix + one.path, buffered=True)))
        return found

    return walk


def test_every_answer_has_a_strict_policy(answers: Callable[..., Answers]) -> None:
    for path, response in answers():
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "*" not in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert response.headers["Referrer-Policy"] == "same-origin", path
        assert "geolocation=()" in response.headers["Permissions-Policy"], path


def test_every_page_has_a_nonce_of_its_own(answers: Callable[..., Answers]) -> None:
    nonces = []
    for path, response in answers():
        if response.mimetype == "text/html" and not response.location:
            [nonce] = set(re.findall(r'nonce="([^"]+)"', response.text))
            assert f"'nonce-{nonce}'" in response.headers["Content-Security-Policy"], path
            nonces.append(nonce)
    assert len(nonces) > 10
    assert len(set(nonces)) == len(nonces)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_nothing_private_is_stored_anywhere(answers: Callable[..., Answers], prefix: str) -> None:
    seen = 0
    for path, response in answers(prefix):
        if path.split("/")[1] in PRIVATE:
            assert response.headers["Cache-Control"] == "no-store", path
            seen += 1
    assert seen > 20


def test_a_page_that_names_its_reader_is_kept_by_nobody_else(app: Flask, session: Session) -> None:
    account = AccountFactory()
    session.commit()
    assert app.test_client().get("/about").headers["Cache-Control"] == "no-cache"
    assert sign_in(app.test_client(), account).get("/about").headers["Cache-Control"] == "private, no-cache"


class TestTransport:
    """What is said only where TLS is."""

    def test_plain_http_promises_no_tls(self, client: FlaskClient) -> None:
        assert "Strict-Transport-Security" not in client.get("/healthz").headers
        forged = client.get("/healthz", headers={"X-Forwarded-Proto": "https"})
        assert "Strict-Transport-Security" not in forged.headers

    def test_tls_asks_for_tls(self, client: FlaskClient) -> None:
        response = client.get("/healthz", base_url="https://localhost")
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")

    def test_tls_of_a_proxy_that_we_trust_counts(self, config: Config, database: SharedDatabase) -> None:
        app = create_app(replace(config, trusted_proxies=1), database)
        response = app.test_client().get("/healthz", headers={"X-Forwarded-Proto": "https"})
        assert "Strict-Transport-Security" in response.headers

    @pytest.mark.parametrize(
        ("address", "is_secure"), [("https://x.example.org", True), ("http://x.example.org", False)]
    )
    def test_the_cookie_travels_as_the_site_does(
        self, config: Config, database: SharedDatabase, address: str, is_secure: bool
    ) -> None:
        client = create_app(replace(config, public_url=address), database).test_client()
        cookie = client.get("/sign-in").headers["Set-Cookie"]
        assert ("Secure" in cookie) is is_secure
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/;" in cookie + ";"
