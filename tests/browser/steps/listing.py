"""Those who put companies on the lists and take them off: the publisher proposes, the reviewer decides."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator

from tests.browser.steps.officer import SignedIn


class Lister(SignedIn):
    """At the lists desk."""

    def propose(self, kind: str, *, name: str, uscc: str, decision: str) -> str:
        """From the desk to the new entry; gives its address."""
        self.go(f"/casework/lists?kind={kind}", "lists: desk")
        self.follow("提出列入")
        self.arrive_at("提出列入", "lists: propose")
        self.field("企业名称").fill(name)
        self.field("统一社会信用代码").fill(uscc)
        self.field("列入事由").fill("故意侵犯知识产权，情节严重")
        self.field("依据的决定书").fill(decision)
        self.press("提出")
        self.arrive_at(name, "lists: entry")
        return self.page.url

    def act(self, address: str, button: str, fill: Callable[[Locator], None] = lambda _form: None) -> None:
        """One act on the page of the entry: opened, filled in by `fill`, done."""
        self.go(address, "lists: entry")
        summary = self.page.locator("summary").filter(has_text=re.compile(f"^{re.escape(button)}$"))
        part = self.main.locator("details", has=summary)
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        fill(part)
        with self.page.expect_navigation():
            part.get_by_role("button", name=button, exact=True).click()
        self.sees(f"已办理：{button}")
        self.look(f"lists: after {button}")
