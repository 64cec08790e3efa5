"""Many cases at once: by keys through the queue, together to another unit, merged and parted, kept as a view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from models.kinds import Track
from tests.browser.conftest import Visit
from tests.browser.critic import Critic
from tests.browser.steps.behind import Behind
from tests.browser.steps.filer import Receipt
from tests.browser.steps.official import Official

pytestmark = pytest.mark.browser

COUNTY = "平顶山市新华区市场监督管理局"
NEWEST = "/casework/?view=new&sort=opened"
MOST_STEPS = 50
FOCUSED = "document.activeElement.innerText"


class Keyed(Official):
    """An officer who goes through the queue by keys."""

    def step_to(self, reference: str) -> None:
        """j, until the link of the case has the focus."""
        self.page.evaluate("document.activeElement.blur()")
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("j")
            if reference in self.page.evaluate(FOCUSED):
                return
        raise AssertionError(f"{reference} cannot be reached by j")

    def tick(self, *receipts: Receipt) -> None:
        """x on each."""
        for receipt in receipts:
            self.step_to(receipt.grouped)
            self.page.keyboard.press("x")

    def hits(self, key: str, heading: str, kind: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.arrive_at(heading, kind)


@pytest.fixture
def intake(visit: Visit, critic: Critic, behind: Behind) -> Callable[[], Keyed]:
    """Somebody at the desk, who has signed in."""

    def at_the_desk() -> Keyed:
        person = Keyed(visit(), critic)
        person.page.context.add_cookies([behind.cookie_of("intake")])  # type: ignore[list-item]
        return person

    return at_the_desk


def test_what_nobody_has_opened_is_left_out_of_a_transfer_of_many(
    behind: Behind, intake: Callable[[], Keyed]
) -> None:
    first, second, unseen = (behind.filed(Track.REPORT, person=None) for _ in range(3))
    desk = intake()
    for receipt in (first, second):
        desk.find_case(receipt.grouped)
    desk.go(NEWEST, "queue")
    desk.tick(first, second, unseen)
    desk.hits("t", "移交", "many: transfer")
    desk.sees("未阅", "先打开看过")
    assert not desk.control("input[name=case]:disabled").is_checked()
    unit = desk.field("接收机构")
    unit.select_option(value=unit.locator("option", has_text=COUNTY).first.get_attribute("value"))
    desk.field("移交理由").fill("三个摊位都在该区。")
    desk.press("移交")
    desk.arrive_at("移交", "many: transferred")
    desk.sees("办理了 2 件，0 件没有办理。")
    desk.find_case(unseen.grouped)
    desk.sees("已登记")
    desk.find_case(first.grouped)
    desk.sees(COUNTY)


def test_many_are_assigned_together_and_nothing_else_is_done_to_many(
    behind: Behind, intake: Callable[[], Keyed]
) -> None:
    receipts = [behind.filed(Track.REPORT, person=None) for _ in range(2)]
    desk = intake()
    for receipt in receipts:
        desk.find_case(receipt.grouped)
        desk.accept()
    desk.go("/casework/?view=handling&sort=opened", "queue")
    for act in ("办结", "不予受理", "答复"):
        assert not desk.main.get_by_role("button", name=act).count(), "no closing of many"
    desk.tick(*receipts)
    desk.hits("a", "指派", "many: assign")
    choice = desk.field("承办人")
    choice.select_option(value=choice.locator("option", has_text="测试desk").first.get_attribute("value"))
    desk.press("指派承办人")
    desk.sees("办理了 2 件，0 件没有办理。")


def test_two_reports_are_merged_and_parted_with_both_histories(
    behind: Behind, intake: Callable[[], Keyed]
) -> None:
    lead, member = (behind.filed(Track.REPORT, person=None) for _ in range(2))
    desk = intake()
    for receipt in (lead, member):
        desk.find_case(receipt.grouped)
        desk.accept()
    texts = {"并入哪个办件": lead.grouped, "并案的理由": "同一店铺、同一批商品。"}
    desk.do("并案", texts=texts, then="已并案")
    desk.sees("并案，由主办件统一办理", lead.grouped)
    desk.may_not("立案")
    desk.find_case(lead.grouped)
    desk.sees("并入这里的办件", member.grouped)
    desk.find_case(member.grouped)
    desk.do("分案", texts={"分案的理由": "进货来源不同。"}, then="已分案")
    desk.sees("同一店铺、同一批商品。", "进货来源不同。")
    desk.find_case(lead.grouped)
    desk.does_not_see("并入这里的办件")


def test_a_filter_is_kept_as_a_view_and_dropped(behind: Behind, intake: Callable[[], Keyed]) -> None:
    receipt = behind.filed(Track.REPORT, person=None)
    desk = intake()
    desk.go("/casework/?view=open&track=report&sort=opened", "queue: filtered")
    desk.main.get_by_text("保存成视图").click()
    desk.field("视图名称").fill("新到的举报")
    desk.press("保存")
    views = desk.main.get_by_role("navigation", name="办件视图")
    kept = views.get_by_role("link", name="新到的举报")
    expect(kept).to_have_attribute("aria-current", "page")
    desk.sees(receipt.grouped)
    desk.open_queue()
    with desk.page.expect_navigation():
        kept.click()
    assert "track=report" in desk.page.url
    desk.look("queue: kept view")
    desk.press("删除这个视图")
    expect(kept).to_have_count(0)
