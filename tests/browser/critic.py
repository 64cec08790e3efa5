"""What is wrong with a page whatever it is for: axe's rules, a page wider than the phone, an error in the console."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

PHONE = 360
# Everything that WCAG 2.2 A and AA ask and a machine can tell, and what axe recommends besides.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# Chromium says so whenever an answer is an error; that it is one is what such tests are about.
EXPECTED = "Failed to load resource: the server responded with a status of"


class Critic:
    """Looks at each kind of page once for each width, however many tests come by."""

    def __init__(self) -> None:
        self._axe = Axe()
        self._seen: set[tuple[str, int]] = set()

    def look(self, page: Page, kind: str) -> None:
        """Raises with every fault of the page. `kind` is its name, such as "facts, with mistakes"."""
        width = (page.viewport_size or {"width": 0})["width"]
        if (kind, width) in self._seen:
            return
        self._seen.add((kind, width))
        found = self._axe.run(page, options=RULES).response["violations"]
        faults = [*map(_sentence, found), *_too_wide(page)]
        assert not faults, f"{kind} ({page.url}, {width} px):\n" + "\n".join(faults)

    def measure(self, page: Page, kind: str) -> None:
        """Only whether it fits: for the same page in other letters or another language."""
        faults = _too_wide(page)
        assert not faults, f"{kind} ({page.url}):\n" + "\n".join(faults)


def complaints_of(page: Page) -> list[str]:
    """A list that fills with what the browser complains of from now on: broken scripts, a refused style or fetch."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            found.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    return found


_WIDEST = """[...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


def _too_wide(page: Page) -> list[str]:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{over} px wider than the screen: {page.evaluate(_WIDEST)}"] if over > 0 else []


def _sentence(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {node['html'][:160]}\n      {node['failureSummary'].splitlines()[-1].strip()}"
        for node in violation["nodes"][:5]
    )
    return f"- {violation['id']}: {violation['help']} ({len(violation['nodes'])} places)\n{places}"
