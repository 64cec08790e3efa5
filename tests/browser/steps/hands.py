"""Two hands on the keys: whatever a person does with a mouse is done with Tab, Space, Enter and the arrows."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

PATIENCE = 80  # presses before we say that it cannot be reached
HAS_FOCUS = "one => one === document.activeElement"
SAME_GROUP = (
    "one => one.type === 'radio' && document.activeElement.type === 'radio'"
    " && one.name === document.activeElement.name"
)
SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  const around = getComputedStyle(document.activeElement.closest("label") ?? document.activeElement);
  return [style, around].some((one) => (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0)
    || one.boxShadow !== "none");
}"""


class Reached:
    """A control that is worked by keys alone. Offers of Playwright's Locator what the steps of a filer use."""

    def __init__(self, page: Page, control: Locator) -> None:
        self._page, self._control = page, control

    def fill(self, text: str) -> None:
        """Types over what stands there; a day is typed part by part, as the control shows it."""
        self.reach()
        if self._control.get_attribute("type") == "date":
            self._type_day(text)
        else:
            self._page.keyboard.press("Control+A")
            self._page.keyboard.insert_text(text)

    def check(self) -> None:
        """Space ticks; in a group of radios the arrows go to the one that is wanted."""
        self.reach()
        for _ in range(PATIENCE):
            if self._control.evaluate(HAS_FOCUS):
                break
            self._page.keyboard.press("ArrowDown")
        if not self._control.is_checked():
            self._page.keyboard.press("Space")
        assert self._control.is_checked()

    def select_option(self, *, label: str) -> None:
        """Typing the beginning of an option chooses it."""
        self.reach()
        self._page.keyboard.press("Home")
        for _ in range(PATIENCE):
            if self._control.evaluate("one => one.selectedOptions[0].label") == label:
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label!r} cannot be chosen by keys")

    def press(self) -> None:
        """Enter, on a button or a link."""
        self.reach()
        self._page.keyboard.press("Enter")

    def count(self) -> int:
        return self._control.count()

    def reach(self) -> None:
        """Tab until it has the focus (or another radio of its group), which one must be able to see."""
        for _ in range(PATIENCE):
            if self._control.evaluate(HAS_FOCUS) or self._control.evaluate(SAME_GROUP):
                assert self._page.evaluate(SEEN), f"one cannot see that {self._control} has the focus"
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{self._control} cannot be reached by Tab on {self._page.url}")

    def _type_day(self, day: str) -> None:
        year, month, date = day.split("-")
        for part in (month, date, year):  # the order of headless Chromium, whatever the language of the page
            self._page.keyboard.type(part)
        assert self._control.input_value() == day
