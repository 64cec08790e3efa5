"""Anybody who reads published decisions."""

from __future__ import annotations

import time

from tests.browser.steps.visitor import Visitor

WORKER_SECONDS = 30


class Reader(Visitor):
    """Searches and reads."""

    def search(self, words: str, kind: str = "decisions: hits") -> list[str]:
        """Asks from the page itself; gives the parties found, in order."""
        self.go("/decisions", "decisions")
        self.main.get_by_role("search").first.locator("input[name=q]").fill(words)
        self.press("检索")
        self.look(kind)
        return self.parties()

    def parties(self) -> list[str]:
        """The parties of the decisions on the page."""
        return self.main.locator(".hits h2").all_inner_texts()

    def search_until(self, words: str, expected: int) -> list[str]:
        """Asks again until the worker has brought the index so far."""
        end = time.monotonic() + WORKER_SECONDS
        while True:
            found = self.search(words, f"decisions: {expected} hits")
            if len(found) == expected or time.monotonic() > end:
                return found
            time.sleep(0.3)

    def open_first(self) -> str:
        """Opens the first hit; gives its permanent address."""
        self.main.locator(".hits h2 a").first.click()
        self.main.locator("article.document").wait_for()
        self.look("decision")
        return self.page.locator("link[rel=canonical]").get_attribute("href") or ""

    def read(self, address: str) -> str:
        """What a program gets there: a feed, a file of data."""
        answer = self.page.request.get(address)
        assert answer.ok, f"{address}: {answer.status}"
        return answer.text()
