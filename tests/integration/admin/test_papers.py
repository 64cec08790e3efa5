"""Templates of papers: ours to download, the bureau's own taken in after a check, a broken one refused by name."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from models.papers import templates
from models.papers.templates import own_templates
from models.people.roles import Role
from tests.factories import StaffFactory, UnitFactory
from tests.pages import Pages
from tests.support.papers import a_template
from tests.support.visitors import sign_in

PAGE = "/admin/papers/report_result"


@pytest.fixture
def browser(app: Flask, session: Session) -> FlaskClient:
    account = StaffFactory(role=Role.ADMINISTRATOR, unit=UnitFactory())
    session.commit()
    return sign_in(app.test_client(), account)


def _send(browser: FlaskClient, content: bytes, name: str = "我局.docx") -> tuple[int, str]:
    answer = browser.post(PAGE, data={"file": (io.BytesIO(content), name)})
    return answer.status_code, BeautifulSoup(answer.data, "html.parser").get_text()


@pytest.mark.parametrize("language", ["", "/en", "/zh-hant"])
def test_pages(browser: FlaskClient, language: str) -> None:
    pages = Pages(browser)
    pages.get(f"{language}/admin/papers/")
    pages.get(language + PAGE)
    pages.post(language + PAGE, {})


def test_a_bureau_replaces_a_template_and_goes_back(browser: FlaskClient, session: Session) -> None:
    ours = browser.get(f"{PAGE}/default.docx").data
    assert _send(browser, ours)[0] == 303
    assert _send(browser, a_template("{{ 文号 }} {{ 处理结果 }}"))[0] == 303
    versions = own_templates(session, "report_result")
    assert [(one.version, one.retired_at is None) for one in versions] == [(2, True), (1, False)]
    assert browser.get(f"{PAGE}/1.docx").data == ours
    assert browser.get(f"{PAGE}/9.docx").status_code == 404
    assert browser.post(f"{PAGE}/default").status_code == 303
    assert browser.post(f"{PAGE}/default").status_code == 409


def test_a_broken_template_is_refused_with_the_field_named(
    browser: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "LARGEST_TEMPLATE", 100_000)
    status, told = _send(browser, a_template("{{ 文号 }} {{ 案件编号 }} {{ 文号.format }}"))
    assert status == 422
    assert "没有名为“案件编号”的字段" in told
    assert "不能用“.format”" in told
    for content, words in ((b"x", "不是 Word"), (b"", "不是 Word"), (b"0" * 100_001, "超过 5 MB")):
        status, told = _send(browser, content)
        assert (status, words in told) == (422, True), words
    assert own_templates(session, "report_result") == []


def test_only_administrators_come_here(app: Flask, session: Session) -> None:
    head = StaffFactory(role=Role.HEAD, unit=UnitFactory())
    session.commit()
    assert sign_in(app.test_client(), head).get("/admin/papers/").status_code == 403
