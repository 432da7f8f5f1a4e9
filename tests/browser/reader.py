"""Chromium reads page after page, each in every state in which people may have it in front of them."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.conftest import violations
from tests.browser.visitors import WIDER_THAN_SCREEN

# A form that comes back with what to mend, or because somebody was quicker.
ASKS_AGAIN = (200, 409)
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
# At its end nothing lies under a bar that stays in sight.
TO_THE_END = "() => scrollTo(0, document.documentElement.scrollHeight)"
PRESS_TEXT_SIZE = "() => document.querySelector('[data-text-size]')?.click()"
# The other rules read marks, which neither the dark nor larger text changes; larger text needs no more contrast.
OF_COLOURS = ("color-contrast", "link-in-text-block")
OF_SIZES = ("scrollable-region-focusable", "target-size")
# Each form as whoever fills in nothing sends it: what it hides, and its first button.
EMPTY_FORMS = """() => [...document.querySelectorAll("main form[method=post]")].map((form) => [
  new URL(form.action).pathname + new URL(form.action).search,
  Object.fromEntries([...form.elements]
    .filter((one) => one.name && (one.type === "hidden" || one === form.querySelector("button[type=submit]")))
    .map((one) => [one.name, one.value])),
])"""


def client_with(cookies: dict[str, str]) -> Client:
    """Return a browser without a screen; an exception is what the page shows then: an error."""
    client = Client(raise_request_exception=False)
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


class Reader:
    """Opens pages as one visitor after the other, and says what is wrong with them."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        self.tabs: dict[str, Tab] = {}
        self.errors: list[str] = []
        self.sent: set[tuple[str, ...]] = set()

    def tab(self, visitor: str, cookies: dict[str, str]) -> Tab:
        """Return this visitor's tab, with their cookies as they were at first."""
        if visitor not in self.tabs:
            # Colours are read where they have arrived, not on their way.
            context = self.browser.new_context(locale="fr-FR", base_url=self.base_url, reduced_motion="reduce")
            self.tabs[visitor] = context.new_page()
            self.tabs[visitor].on("pageerror", lambda error: self.errors.append(f"a script failed: {error}"))
        tab = self.tabs[visitor]
        tab.context.add_cookies(
            [{"name": name, "value": value, "url": self.base_url} for name, value in cookies.items()]
        )
        return tab

    def read(self, tab: Tab, url: str, sizes: Sequence[dict[str, int]]) -> Iterator[str]:
        """Yield what is wrong with one page, at these sizes."""
        self.errors.clear()
        tab.goto(url)
        yield from self._problems(tab, sizes)

    def read_mistakes(self, tab: Tab, cookies: dict[str, str], size: dict[str, int]) -> Iterator[str]:
        """Yield what is wrong with the answers to whoever sends a form of the page without filling it in.

        Nothing of it is kept, so that the next page finds what it shows.
        """
        for url, said in tab.evaluate(EMPTY_FORMS):
            kind = (resolve(url.partition("?")[0]).view_name, *sorted(said))
            if kind in self.sent:
                continue
            self.sent.add(kind)
            with transaction.atomic():
                answer = client_with(cookies).post(url, said)
                transaction.set_rollback(True)
            if answer.status_code in ASKS_AGAIN and b"<html" in answer.content:
                for problem in self.read_answer(tab, answer, size):
                    yield f"{url} sent empty: {problem}"

    def read_answer(self, tab: Tab, answer: HttpResponse, size: dict[str, int]) -> Iterator[str]:
        """Yield what is wrong with an answer, shown where the tab is, as after a form."""
        self.errors.clear()
        tab.set_content(answer.content.decode())
        yield from self._problems(tab, [size])

    def close(self) -> None:
        """Leave nothing open."""
        for tab in self.tabs.values():
            tab.context.close()

    def _problems(self, tab: Tab, sizes: Sequence[dict[str, int]]) -> Iterator[str]:
        """Yield what is wrong with what is shown: at each size, unfolded at the last, in the dark, with larger text."""
        yield from self.errors
        if not tab.title().strip():
            yield "has no title"
        if tab.locator("h1").count() != 1:
            yield f"has {tab.locator('h1').count()} h1"
        for size in sizes:
            tab.set_viewport_size(size)
            state = str(size["width"])
            yield from _wider(tab, state)
            if size is sizes[-1]:
                tab.evaluate(UNFOLD)
                state += ", unfolded"
                yield from _wider(tab, state)
            yield from _found(tab, state)
        tab.emulate_media(color_scheme="dark")
        yield from _found(tab, "in the dark", OF_COLOURS)
        tab.emulate_media(color_scheme="light")
        tab.evaluate(PRESS_TEXT_SIZE)
        yield from _wider(tab, "with larger text")
        yield from _found(tab, "with larger text", OF_SIZES)
        tab.evaluate(PRESS_TEXT_SIZE)


def _wider(tab: Tab, state: str) -> Iterator[str]:
    if (wider := tab.evaluate(WIDER_THAN_SCREEN)) > 0:
        yield f"{state}: is {wider} px wider than the screen"


def _found(tab: Tab, state: str, rules: Iterable[str] = ()) -> Iterator[str]:
    tab.evaluate(TO_THE_END)
    for rule in violations(tab, *rules):
        yield f"{state}: {rule['id']}: {[node['html'][:120] for node in rule['nodes'][:3]]}"
