"""A real browser in front of the real application."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import CHROMIUM

# Playwright's event loop lives in the thread that runs the tests, where Django then refuses its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
KIOSK = {"width": 1080, "height": 1920}
VENDORED = Path(__file__).parent / "vendor"
AXE = (VENDORED / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# Only what is wrong comes back: the list of what was found right is long. Nothing comes back where axe is not there.
# Targets of 24 px (WCAG 2.2), and contrast of 7:1 where residents read, are asked for by us: axe has them switched off.
FIND_VIOLATIONS = """async (rules) => {
  if (!window.axe) return null;
  const isForResidents = document.querySelector(".public, .kiosk") !== null;
  const contrast = isForResidents ? "color-contrast-enhanced" : "color-contrast";
  const which = rules.length
    ? { runOnly: rules.map((rule) => rule === "color-contrast" ? contrast : rule) }
    : { rules: {
        "target-size": { enabled: true },
        "color-contrast": { enabled: !isForResidents },
        "color-contrast-enhanced": { enabled: isForResidents },
      } };
  return (await axe.run({ resultTypes: ["violations"], ...which })).violations;
}"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A visitor of their own, on a desktop, who speaks French."""
    expect.set_options(timeout=10_000)
    visitor = browser.new_context(viewport=DESKTOP, locale="fr-FR", base_url=live_server.url)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The visitor's page; an error of a script fails the test."""
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
    return page


def violations(page: Page, *rules: str) -> list[dict[str, Any]]:
    """Return what axe finds wrong with a page, which it is sent to once: by these rules, or by all that it has."""
    found = page.evaluate(FIND_VIOLATIONS, rules)
    if found is None:
        page.evaluate(AXE)
        found = page.evaluate(FIND_VIOLATIONS, rules)
    return found


@pytest.fixture
def assert_accessible():
    """Return a function that lets axe read a page and finds nothing to say."""

    def check(page: Page) -> None:
        found = violations(page)
        assert not found, "\n".join(
            f"{rule['id']}: {rule['help']}: {[node['html'][:160] for node in rule['nodes']]}" for rule in found
        )

    return check
