"""Everything can be done by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps.hands import PATIENCE, SEEN

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels?.[0]?.innerText ?? "";
  return `${label} ${one.innerText ?? ""} ${one.getAttribute("aria-label") ?? ""}`;
}"""


class Hands:
    """Two hands on the keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab_to(self, words: str) -> None:
        """Presses Tab until what has the focus says these words, and checks that one can see where that is."""
        for _ in range(PATIENCE):
            self.page.keyboard.press("Tab")
            if words in self.page.evaluate(FOCUSED):
                assert self.page.evaluate(SEEN), f"one cannot see that {words!r} has the focus"
                return
        raise AssertionError(f"{words!r} cannot be reached by Tab on {self.page.url}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_the_first_tab_leads_past_the_menus(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    hands = Hands(page)
    hands.tab_to("跳到正文")
    hands.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    hands.tab_to("我要举报投诉")
    hands.press("Enter")
    hands.at("您要办什么")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(visit: Visit) -> None:
    page = visit()
    page.goto("/track")
    hands = Hands(page)
    hands.tab_to("登记编号")
    hands.press("Enter")
    expect(page.locator("#problems")).to_be_focused()
    hands.tab_to("请填写登记编号")
    hands.press("Enter")
    assert page.evaluate("document.activeElement.name") == "reference"
