"""Photograph the demonstration for README.md and docs/guides: ``make shots`` writes docs/images.

It loads the demonstration where DATABASE_URL holds none, serves it on a port of its own and stops it.
"""

import os
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mediation.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 — after the set-up
from django.urls import reverse  # noqa: E402

from mediation.demo import serving  # noqa: E402
from mediation.demo.city.accounts import PASSWORD  # noqa: E402
from mediation.demo.kiosk import kiosk_code  # noqa: E402

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
EMPTY, SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"
KIOSK = {"width": 1080, "height": 1920}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Shot:
    """One picture: which page, as whom (nobody: a resident), on which screen."""

    name: str
    url_name: str
    email: str = ""
    screen: tuple[tuple[str, int], ...] = tuple(DESKTOP.items())


SHOTS = (
    Shot("accueil", "desk:front_desk", "accueil@example.org"),
    Shot("aujourdhui", "desk:today", "mediatrice@example.org", tuple(PHONE.items())),
    Shot("noter", "activity:log", "mediatrice@example.org", tuple(PHONE.items())),
    Shot("ateliers", "workshops:list", "accueil@example.org"),
    Shot("rapport", "reports:coordination", "coordination@example.org"),
    Shot("reglages", "desk:settings", "administration@example.org"),
    Shot("messages", "messaging:list", "accueil@example.org"),
    Shot("messages-mois", "messaging:month", "administration@example.org"),
    Shot("messages-textes", "messaging:wordings", "administration@example.org"),
    Shot("public", "web:home"),
    Shot("lieux", "web:places"),
)


def free_port() -> int:
    """Return a port at which nobody answers."""
    with socket.create_server((serving.HOST, 0)) as server:
        return server.getsockname()[1]


def new_page(browser: Browser, base: str, screen: dict[str, int]) -> Page:
    """Return the page of a new visitor, in the light look that paper has."""
    visitor = browser.new_context(base_url=base, viewport=screen, locale="fr-FR", color_scheme="light")
    return visitor.new_page()


def open_page(page: Page, path: str) -> None:
    """Open a page and wait for its fonts; an error page is no picture."""
    answer = page.goto(path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{path} does not open: {answer and answer.status}.")
    page.evaluate("document.fonts.ready")


def sign_in(page: Page, email: str) -> None:
    """Sign in as one of the demonstration's people."""
    open_page(page, reverse("account_login"))
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(lambda url: reverse("account_login") not in url)


def take(browser: Browser, base: str, shot: Shot) -> None:
    """Take one picture."""
    page = new_page(browser, base, dict(shot.screen))
    if shot.email:
        sign_in(page, shot.email)
    open_page(page, reverse(shot.url_name))
    save(page, shot.name)


def take_map(browser: Browser, base: str) -> None:
    """Take the places as a map, with the outlines of quartiers only: its ground is another site's."""
    page = new_page(browser, base, DESKTOP)
    page.route(lambda url: not url.startswith(base), lambda route: route.fulfill(body=EMPTY, content_type=SVG))
    open_page(page, reverse("web:places"))
    page.locator("[data-map-open]").click()
    page.locator(".map-group").first.wait_for()
    page.locator("#resultats").evaluate("part => part.scrollIntoView()")
    save(page, "lieux-carte")


def take_kiosk(browser: Browser, base: str, code: str) -> None:
    """Pair a kiosk and take its first two questions."""
    page = new_page(browser, base, KIOSK)
    open_page(page, reverse("kiosk:pair"))
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(f"**{reverse('kiosk:start')}")
    open_page(page, reverse("kiosk:start"))
    save(page, "borne")
    page.get_by_role("button", name="Français", exact=True).click()
    page.wait_for_url(f"**{reverse('kiosk:menu')}")
    save(page, "borne-menu")


def save(page: Page, name: str) -> None:
    """Write the picture."""
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"docs/images/{name}.png")


def main() -> None:
    """Take every picture."""
    call_command("demo", no_serve=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    code, port = kiosk_code(), free_port()
    with serving.Service(port) as service, sync_playwright() as playwright:
        service.wait_until_it_answers()
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        base = f"http://{serving.HOST}:{port}"
        for shot in SHOTS:
            take(browser, base, shot)
        take_map(browser, base)
        take_kiosk(browser, base, code)
        browser.close()


if __name__ == "__main__":
    main()
