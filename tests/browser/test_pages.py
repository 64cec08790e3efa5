"""Every other kind of page, in every dress: wide and narrow, light and dark, large print, other languages."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import Filer
from tests.browser.steps.officer import Officer, SignedIn
from tests.browser.steps.visitor import Visitor

pytestmark = pytest.mark.browser

# The address and the status of its answer.
PUBLIC = {
    "/": 200,
    "/file": 200,
    "/track": 200,
    "/decisions": 200,
    "/decisions?q=没有的词": 200,
    "/guides": 200,
    "/about": 200,
    "/privacy": 200,
    "/accessibility": 200,
    "/sign-in": 200,
    "/sign-in/recover": 200,
    "/no-such-page": 404,
    "/decisions/no-such-decision": 404,
}
ADMIN = ("/admin/", "/admin/accounts/", "/admin/accounts/new", "/admin/units", "/admin/work", "/admin/ledger")


def _walk(visitor: Visitor, dress: str, prefix: str = "") -> None:
    for path, status in PUBLIC.items():
        visitor.go(prefix + path, f"{path}, {dress}", status=status)


def test_public_pages_by_day(visit: Visit, critic: Critic) -> None:
    _walk(Visitor(visit(), critic), "light")


def test_public_pages_on_a_phone_at_night(visit: Visit, critic: Critic) -> None:
    _walk(Visitor(visit(phone=True, dark=True), critic), "dark")


def test_public_pages_in_large_print_on_a_phone(visit: Visit, critic: Critic) -> None:
    reader = Visitor(visit(phone=True), critic)
    reader.go("/large-print/on", "front page, large print")
    assert reader.page.locator("html.elder").count() == 1
    _walk(reader, "large print")


def test_public_pages_in_english_on_a_phone(visit: Visit, critic: Critic) -> None:
    _walk(Visitor(visit(phone=True), critic), "English", "/en")


def test_pages_of_administrators(visit: Visit, critic: Critic) -> None:
    head = SignedIn(visit(), critic)
    head.sign_in("head")
    for path in ADMIN:
        head.go(path, path)
    head.go("/admin/accounts/", "accounts")
    head.follow("intake")
    head.arrive_at("测试intake", "account of an officer")
    head.go("/casework/", "refused for want of a permission", status=403)


def test_desk_pages_at_night_and_on_a_phone(visit: Visit, critic: Critic) -> None:
    receipt = Filer(visit(), critic).file_a_report()
    for phone in (False, True):
        officer = Officer(visit(phone=phone, dark=True), critic)
        officer.sign_in("intake")
        officer.go("/casework/", "queue, dark")
        officer.go(f"/casework/cases/{receipt.grouped}", "case, dark")
        officer.go(f"/casework/cases/{receipt.grouped}/refuse", "case: refuse, dark")
        officer.go("/casework/cases/AAAA-AAAA", "no such case, dark", status=404)


def test_what_a_filer_does_afterwards(visit: Visit, critic: Critic) -> None:
    filer = Filer(visit(phone=True), critic)
    receipt = filer.file_a_report()
    filer.press("我已记下查询码")
    filer.arrive_at("已收到您的提交", "receipt, code noted")
    filer.does_not_see(receipt.code[:4])
    filer.track(receipt)
    filer.press("发送")
    filer.problems("track: case, with mistakes")
    filer.field("补充说明").fill("摊主今天换了招牌。")
    filer.press("发送")
    filer.sees("摊主今天换了招牌。")
    filer.follow("撤回这件提交")
    filer.arrive_at("撤回", "track: withdraw")
    filer.press("确定撤回")
    filer.arrive_at("撤回", "track: withdrawn")


def test_the_critic_sees_what_is_wrong(visit: Visit) -> None:
    page = visit(phone=True)
    page.set_content("<main><h1>题</h1><img src='data:,'><p style='width:500px'>宽</p></main>")
    with pytest.raises(AssertionError, match=r"(?s)image-alt.*148 px wider"):
        Critic().look(page, "a bad page")
