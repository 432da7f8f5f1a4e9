"""Ways of using a page: with a finger, with a mouse, with the keyboard alone; and what must hold wherever one comes."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, violations

WIDER_THAN_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS_IS_ON = "target => document.activeElement === target"
# An outline, or a ring drawn as a shadow.
FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return outlined || style.boxShadow !== "none";
}"""
MOST_TABS = 150


@dataclass(frozen=True)
class Mode:
    """How somebody uses the pages: their browser, their language, and whether they touch, click or type."""

    name: str
    browser: dict[str, Any]
    start: str = "/"
    by: str = "mouse"
    reads_axe: bool = True


MODES = (
    Mode("phone", {"viewport": PHONE, "has_touch": True, "is_mobile": True}, by="finger"),
    # Axe reads the same states on a phone; without scripts it cannot read at all.
    Mode("keyboard", {"viewport": DESKTOP}, by="keyboard", reads_axe=False),
    Mode("no-script", {"viewport": PHONE, "java_script_enabled": False}, reads_axe=False),
    # A screen of 1280 pixels at 200 % shows 640, each drawn with four.
    Mode("zoom-200", {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}),
    Mode("arabic", {"viewport": PHONE, "has_touch": True, "is_mobile": True}, start="/ar/", by="finger"),
)


@dataclass
class Visitor:
    """Somebody in front of a page. Every step ends on a page that reads well."""

    page: Page
    mode: Mode

    def opens(self) -> None:
        """Open the first page."""
        self.page.goto(self.mode.start)
        self.looks()

    def follows(self, selector: str) -> None:
        """Follow a link, or press a button, and look at the page where it leads."""
        target = self.page.locator(selector).first
        expect(target).to_be_visible()
        with self.page.expect_navigation():
            self._press(target)
        self.looks()

    def writes(self, name: str, text: str) -> None:
        """Type into a field, in place of what is there."""
        box = self.page.locator(f"main [name={name}]").first
        if self.mode.by == "keyboard":
            self._tab_to(box)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        else:
            box.fill(text)

    def sends(self, selector: str = "main form button[type=submit]") -> None:
        """Send a form."""
        self.follows(selector)

    def looks(self) -> None:
        """Check what must hold on every page."""
        page, where = self.page, self.page.url
        assert page.locator("h1").count() == 1, where
        assert page.evaluate(WIDER_THAN_SCREEN) <= 0, f"{where} is wider than the screen"
        if self.mode.start == "/ar/":
            assert page.locator("html").get_attribute("dir") == "rtl", where
        if self.mode.reads_axe:
            found = violations(page)
            assert not found, f"{where}: {[(rule['id'], rule['nodes'][0]['html'][:160]) for rule in found]}"

    def _press(self, target: Locator) -> None:
        if self.mode.by == "keyboard":
            self._tab_to(target)
            self.page.keyboard.press("Enter")
        elif self.mode.by == "finger":
            target.tap()
        else:
            target.click()

    def _tab_to(self, target: Locator) -> None:
        """Go there with the Tab key; wherever it passes, one sees where one is."""
        for _press in range(MOST_TABS):
            if target.evaluate(FOCUS_IS_ON):
                return
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(FOCUS_IS_SEEN), self.page.evaluate("document.activeElement.outerHTML")
        raise AssertionError(f"The Tab key does not lead to {target}")
