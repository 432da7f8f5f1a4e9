"""Fingers on a kiosk, and what is wrong with the screen they touch."""

import re

from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import violations

LYING = {"width": 1280, "height": 1024}
# A standing panel of 24 inches is 299 mm wide for 1080 px, a lying one of 19 inches 376 mm for 1280 px.
STANDING_MM_PER_PX, LYING_MM_PER_PX = 299 / 1080, 376 / 1280
SMALLEST_KEY_PX, SMALLEST_KEY_MM, SMALLEST_CAPITAL_MM = 88, 20, 7.3
KEYS_TOO_SMALL = """(smallest) =>
  [...document.querySelectorAll('.kiosk a, .kiosk button, .kiosk input:not([type=hidden])')]
  .map(key => [key, key.getBoundingClientRect()])
  .filter(([key, box]) => box.width && Math.min(box.width, box.height) < smallest - 0.5)
  .map(([key, box]) => `${key.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)"""
WORDS_OVER_THE_EDGE = """() => [...document.querySelectorAll('.kiosk .btn, .kiosk .answer')]
  .filter(key => key.scrollWidth > key.clientWidth + 1)
  .map(key => `${key.innerText} is wider than its key`)"""
LETTERS_TOO_SMALL = """(smallest) => {
  const pen = document.createElement('canvas').getContext('2d');
  const texts = document.createTreeWalker(document.querySelector('.kiosk'), NodeFilter.SHOW_TEXT);
  const small = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const isSeen = element.checkVisibility() && element.getBoundingClientRect().width > 2;
    if (!texts.currentNode.data.trim() || !isSeen || element.closest('.visually-hidden')) continue;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const height = pen.measureText('H').actualBoundingBoxAscent;
    if (height < smallest - 0.3) small.push(`${texts.currentNode.data.trim().slice(0, 40)}: ${height}`);
  }
  return small;
}"""
BELOW_THE_EDGE = "(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('main'))"


def touch_digits(page: Page, digits: str) -> None:
    for digit in digits:
        page.locator(f'[data-key="{digit}"]').tap()


def touch(page: Page, selector: str, name: str, **kwargs: object) -> None:
    """Touch a key and wait for the screen that follows."""
    page.locator(selector).first.tap()
    page.wait_for_url(re.compile(re.escape(reverse(f"kiosk:{name}", **kwargs)) + r"(\?.*)?$"))


def send(page: Page, name: str) -> None:
    touch(page, "form.kiosk-form .btn-primary", name)


def choose_language(page: Page, code: str) -> None:
    touch(page, f'button[value="{code}"]', "menu")


def problems(page: Page, mm_per_px: float = STANDING_MM_PER_PX) -> list[str]:
    """Return what is wrong with the screen: for axe, for fingers, for eyes, for whoever does not scroll sideways."""
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => true)")
    found = [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes'][:3]]}" for rule in violations(page)]
    found += page.evaluate(KEYS_TOO_SMALL, max(SMALLEST_KEY_PX, SMALLEST_KEY_MM / mm_per_px))
    found += page.evaluate(WORDS_OVER_THE_EDGE)
    found += page.evaluate(LETTERS_TOO_SMALL, SMALLEST_CAPITAL_MM / mm_per_px)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("is wider than the screen")
    return [f"{page.url}: {problem}" for problem in found]
