"""Every other kind of page, in every dress: wide and narrow, light and dark, large print, other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from models.people.roles import AccountKind
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.filer import Filer
from tests.browser.steps.officer import Officer, SignedIn
from tests.browser.steps.visitor import Visitor
from tests.support.addresses import Address

pytestmark = pytest.mark.browser

# What the walk does not come by: nothing found, nothing there.
EMPTY = {"/decisions?q=没有的词": 200, "/no-such-page": 404, "/decisions/no-such-decision": 404}
LEADS_ELSEWHERE = ("/large-print", "/after-sign-in")
Look = Callable[[Page, str], None]


def _walk(look: Look, visitor: Visitor, addresses: Iterable[Address], prefix: str = "") -> None:
    """Opens every page and has it looked at; what turns out to be no page is left alone. Tells all faults at once."""
    faults = []
    for address in addresses:
        path = prefix + address.path
        if address.path.startswith(LEADS_ELSEWHERE):
            continue
        answer = visitor.page.goto(path)
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        try:
            look(visitor.page, path)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n".join(faults)


def _walk_public(look: Look, visitor: Visitor, addresses: Iterable[Address], prefix: str = "") -> None:
    _walk(look, visitor, (one for one in addresses if one.access and one.access.is_public), prefix)
    for path, status in EMPTY.items():
        answer = visitor.page.goto(prefix + path)
        assert answer is not None
        assert answer.status == status
        look(visitor.page, prefix + path)


def test_public_pages_by_day(visit: Visit, critic: Critic, plain_addresses: list[Address]) -> None:
    _walk_public(critic.look, Visitor(visit(), critic), plain_addresses)


def test_public_pages_on_a_phone_at_night(visit: Visit, plain_addresses: list[Address]) -> None:
    critic = Critic()  # another one: by night every page is looked at again
    _walk_public(critic.look, Visitor(visit(phone=True, dark=True), critic), plain_addresses)


def test_public_pages_in_large_print_on_a_phone(
    visit: Visit, critic: Critic, plain_addresses: list[Address]
) -> None:
    reader = Visitor(visit(phone=True), critic)
    reader.go("/large-print/on", "front page, large print")
    assert reader.page.locator("html.elder").count() == 1
    _walk_public(critic.measure, reader, plain_addresses)


def test_public_pages_in_english_on_a_phone(
    visit: Visit, critic: Critic, plain_addresses: list[Address]
) -> None:
    reader = Visitor(visit(phone=True), critic)
    reader.go("/en/", "front page, English")
    _walk_public(critic.measure, reader, plain_addresses, "/en")


@pytest.mark.parametrize("username", ["everything", "holder"])
def test_pages_behind_the_sign_in(
    visit: Visit, critic: Critic, plain_addresses: list[Address], username: str
) -> None:
    person = SignedIn(visit(), critic)
    person.sign_in(username)
    kind = AccountKind.RIGHTS_HOLDER if username == "holder" else AccountKind.STAFF
    theirs = [
        one for one in plain_addresses if one.access and not one.access.is_public and one.access.kind is kind
    ]
    _walk(critic.look, person, theirs)
    assert theirs


def test_without_the_permission_there_is_a_page_that_says_so(visit: Visit, critic: Critic) -> None:
    publisher = SignedIn(visit(), critic)
    publisher.sign_in("publisher")
    publisher.go("/casework/", "refused for want of a permission", status=403)


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
