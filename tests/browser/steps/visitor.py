"""Somebody with a browser: what every kind of person on the site can do."""

from __future__ import annotations

import re
from typing import cast

from playwright.sync_api import Locator, Page, expect

from tests.browser.critic import Critic
from tests.browser.steps.hands import Reached

PROBLEMS = "还有几处需要修改"


class Visitor:
    """Base of all people. Each page they come to is looked at once by the critic, where scripts run."""

    def __init__(self, page: Page, critic: Critic, *, scripts: bool = True, keys: bool = False) -> None:
        self.page, self._critic, self._scripts, self._keys = page, critic, scripts, keys

    def look(self, kind: str) -> None:
        """Says which kind of page this is, for the critic."""
        if self._scripts:
            self._critic.look(self.page, kind)

    def go(self, address: str, kind: str, *, status: int = 200) -> None:
        """Opens an address, which answers with `status`."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address}: {answer.status}"
        self.look(kind)

    def press(self, name: str) -> None:
        """A button of that name on the page itself; comes back when its answer is there."""
        self._go_by(self.main.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """A link of that name on the page itself; comes back when the next page is there."""
        self._go_by(self.main.get_by_role("link", name=name).first)

    def field(self, label: str) -> Locator:
        """The control with that label."""
        return self.worked(self.main.get_by_label(label))

    def control(self, selector: str) -> Locator:
        """The control that a selector finds."""
        return self.worked(self.main.locator(selector))

    def worked(self, control: Locator) -> Locator:
        """The control as this person works it: whoever has keys only gets what a `Reached` can do."""
        return cast(Locator, Reached(self.page, control)) if self._keys else control

    def _go_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            if self._keys:
                Reached(self.page, way).press()
            else:
                way.click()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def arrive_at(self, heading: str, kind: str) -> None:
        """Waits for the page with that heading, and has it looked at."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)
        self.look(kind)

    def problems(self, kind: str) -> list[str]:
        """The sentences of the error summary; each leads to its field."""
        summary = self.page.get_by_role("alert").filter(has_text=PROBLEMS)
        expect(summary).to_be_visible()
        expect(self.page).to_have_title(re.compile("^请修改："))
        for link in summary.get_by_role("link").all():
            target = (link.get_attribute("href") or "").removeprefix("#")
            assert self.page.locator(f"[id='{target}']").count() == 1, f"no field {target}"
        self.look(kind)
        return summary.get_by_role("listitem").all_inner_texts()

    def sees(self, *words: str) -> None:
        """All these words stand on the page."""
        for word in words:
            expect(self.main).to_contain_text(word)

    def does_not_see(self, *words: str) -> None:
        """None of them does."""
        for word in words:
            expect(self.main).not_to_contain_text(word)
