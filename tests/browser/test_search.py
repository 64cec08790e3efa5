"""Searching, narrowing, asking by boxes, checking a company, taking the data along, following: wide and narrow, with and
without scripts."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import select

from app import create_app
from config import Config
from models.people.tables import Account
from shared.database import session
from tests.browser.conftest import Site, Visit
from tests.browser.critic import Critic
from tests.browser.steps.reader import Reader
from tests.support.decisions import invented_uscc
from tests.support.published import published

pytestmark = pytest.mark.browser

FIRM, SHOP, CODE = "鸬鹚示例制笔有限公司", "鸬鹚样品文具店", invented_uscc(9101)


@pytest.fixture(scope="module", autouse=True)
def _two_decisions(site: Site) -> None:
    app = create_app(Config.from_env(site.env))
    with app.app_context():
        reviewer = session.scalars(select(Account).where(Account.username == "reviewer")).one()
        unit = reviewer.assignments[0].unit
        for number, (name, code) in enumerate(((FIRM, CODE), (SHOP, invented_uscc(9102))), 911):
            published(
                session,
                unit,
                reviewer,
                document_number=f"平市监处罚〔2026〕{number}号",
                party_name=name,
                uscc=code,
                facts=f"当事人在鸬鹚牌钢笔上标注已经失效的专利号，共{number}支。",
            )
        session.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_from_a_word_to_an_alert(visit: Visit, critic: Critic, phone: bool, scripts: bool) -> None:
    reader = Reader(visit(phone=phone, scripts=scripts), critic, scripts=scripts)
    assert sorted(reader.search_until("鸬鹚", 2)) == sorted([FIRM, SHOP])

    facets = reader.main.locator("#filters")
    company = facets.locator("details", has=reader.page.locator("summary", has_text="当事人"))
    company.locator("summary").click()
    company.get_by_role("link", name=FIRM).first.click()
    assert reader.parties() == [FIRM]
    assert reader.main.locator(".chips a", has_text=FIRM).count() == 1

    table = reader.page.request.get(reader.main.get_by_role("link", name="CSV").get_attribute("href") or "")
    rows = list(csv.DictReader(io.StringIO(table.text().lstrip("\ufeff"))))
    assert [row["party"] for row in rows] == [FIRM]

    reader.main.get_by_role("link", name="订阅这个检索").click()
    reader.look("alert")
    reader.sees("现在公示的有 1 份")
    reader.main.locator("input[type=email]").fill("reader@example.org")
    reader.press("寄确认邮件")
    reader.look("alert, asked for")
    reader.sees("确认以后才开始")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_boxes_and_a_list_of_companies(visit: Visit, critic: Critic, scripts: bool) -> None:
    reader = Reader(visit(phone=True, scripts=scripts), critic, scripts=scripts)
    reader.search_until("鸬鹚", 2)
    reader.go("/decisions/builder", "builder")
    reader.main.locator("input[name=all]").fill("鸬鹚")
    reader.main.locator("input[name=none]").fill("文具店")
    reader.press("检索")
    assert reader.parties() == [FIRM]

    reader.go("/check", "check")
    reader.main.locator("textarea").fill(f"{CODE}\n{SHOP}\n{CODE[:-1]}")
    reader.press("核对")
    reader.look("check, answered")
    assert reader.main.locator("tbody tr").count() == 3
    reader.sees(FIRM)


@pytest.mark.parametrize(("phone", "scripts"), [(False, True), (True, False)], ids=["wide", "phone, plain"])
def test_from_hits_to_figures_and_on_to_the_last_page(
    visit: Visit, critic: Critic, phone: bool, scripts: bool
) -> None:
    reader = Reader(visit(phone=phone, scripts=scripts), critic, scripts=scripts)
    reader.search_until("鸬鹚", 2)
    reader.main.get_by_role("link", name="统计这些决定书").click()
    reader.look("figures of a question")
    reader.sees("只数检索“鸬鹚”找到的")
    month = reader.main.locator("tr", has=reader.page.locator("td a[href*='month=2026-02']")).first
    assert month.locator("td.number").first.inner_text() == "2"
    month.get_by_role("link").click()
    reader.look("decisions of a month")
    assert len(reader.parties()) == 2

    reader.go("/decisions?q=%E9%B8%AC%E9%B9%9A&size=1", "first page")
    first = reader.parties()
    reader.main.get_by_role("link", name="下一页").click()
    reader.look("last page")
    assert sorted(first + reader.parties()) == sorted([FIRM, SHOP])
    assert reader.main.get_by_role("link", name="下一页").count() == 0

    for address in ("/statistics", "/statistics/decisions", "/statistics/coverage"):
        reader.go(address, address)
