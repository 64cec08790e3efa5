"""Tokens in /admin: made by administrators only, shown once, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import LedgerEvent
from models.people.roles import Role
from models.people.tokens import ApiToken, token_by_secret
from models.types import now_utc
from tests.factories import StaffFactory
from tests.pages import Pages
from tests.support.visitors import sign_in

MADE = {"name": "12345 热线转办", "scopes": ["filing:create"], "days": "365"}


@pytest.fixture
def admin(app: Flask, session: Session) -> FlaskClient:
    made = StaffFactory(role=Role.ADMINISTRATOR)
    session.commit()
    return sign_in(app.test_client(), made)


@pytest.mark.parametrize("prefix", ["", "/en", "/zh-hant"])
def test_a_token_is_made_shown_once_and_taken_back(admin: FlaskClient, session: Session, prefix: str) -> None:
    pages = Pages(admin)
    pages.get(f"{prefix}/admin/tokens/new")
    page = pages.post(f"{prefix}/admin/tokens/new", MADE, status=200)
    secret = page.select_one("#token")
    assert secret is not None
    token = token_by_secret(session, secret.text, now=now_utc())
    assert token is not None
    listed = pages.get(f"{prefix}/admin/tokens/").get_text()
    assert token.start in listed
    assert secret.text not in listed
    assert admin.post(f"/admin/tokens/{token.id}/revoke").status_code == 303
    session.expire_all()
    assert token_by_secret(session, secret.text, now=now_utc()) is None
    ours = select(LedgerEvent.act).where(LedgerEvent.subject_kind == "api_tokens")
    acts = session.scalars(ours.order_by(LedgerEvent.id))
    assert list(acts) == ["token.make", "token.revoke"]


def test_a_token_needs_a_name_and_a_scope(admin: FlaskClient, session: Session) -> None:
    page = Pages(admin).post("/admin/tokens/new", {"name": " ", "days": ""})
    assert "请写明令牌给哪个系统用" in page.get_text()
    assert "请至少选择一项权限" in page.get_text()
    assert session.scalars(select(ApiToken)).all() == []


def test_a_token_that_is_not_there_is_a_404(admin: FlaskClient) -> None:
    assert admin.post("/admin/tokens/99/revoke").status_code == 404


@pytest.mark.parametrize("role", [Role.INTAKE, Role.HEAD, Role.PUBLISHER])
def test_others_get_no_tokens(app: Flask, session: Session, role: Role) -> None:
    staff = StaffFactory(role=role)
    session.commit()
    client = sign_in(app.test_client(), staff)
    assert client.get("/admin/tokens/").status_code == 403
    assert client.post("/admin/tokens/new", data=MADE).status_code == 403
    assert session.scalars(select(ApiToken)).all() == []
