"""What a resident's browser receives and does: the weight of pages, the leaflet on paper, « Écouter »."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import global_settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page

from helpdesk.models import Reason
from sites.models import Site
from tests.browser.conftest import PHONE
from tests.browser.pages import pages
from tests.browser.test_every_page import first_who_sees
from tests.browser.world import World, make_world
from tests.cast import Cast, make_cast

HEAVIEST_PAGE = 100_000
# Those with fonts of their own weigh most.
LANGUAGES = ("", "/ar", "/uk")
# A device with one French voice, that says what it is told and never ends a sentence by itself.
ONE_VOICE = """
window.said = [];
const voice = { lang: "fr-FR", localService: true };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [voice], addEventListener: () => {}, cancel: () => { window.said.push("(silence)"); },
  speak: (one) => { window.said.push(one.text); window.last = one; },
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


@pytest.fixture
def city(now) -> Cast:
    """The cast, written where the server reads it."""
    return make_cast()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of each request."""


STORAGES = {
    **global_settings.STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


@pytest.fixture(scope="session")
def collected(tmp_path_factory) -> Path:
    """The files that pages bring, compressed, names with their hash."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def deployed(settings, collected: Path) -> Iterator[str]:
    """The address of the application as a deployment serves it."""
    settings.STATIC_ROOT, settings.STORAGES = collected, STORAGES
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = False
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def weight(browser: Browser, address: str, cookies: dict[str, str]) -> int:
    """Return how many bytes Chromium receives for a page, of which it has kept nothing."""
    context = browser.new_context(viewport=PHONE, locale="fr-FR")
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    tab = context.new_page()
    received: list[float] = []
    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    tab.goto(address)
    # What scripts and styles ask for has then been asked for; fonts are on their way.
    tab.evaluate("document.fonts.ready.then(() => true)")
    context.close()
    return round(sum(received))


def public_pages(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the name and the path of every page for residents, and the cookies of whom it is shown to."""
    for page in pages(world):
        if page.name.startswith("web:") and (visitor := first_who_sees(page, world.cookies)):
            yield page.name, page.url, world.cookies[visitor]


@pytest.mark.thorough
def test_every_page_is_light_on_a_slow_phone(browser, deployed, now, settings, tmp_path):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    weights = {
        name: weight(browser, deployed + path, cookies) for name, path, cookies in public_pages(make_world(make_cast()))
    }
    assert len(weights) > 20
    assert not {name: bytes_ for name, bytes_ in weights.items() if bytes_ >= HEAVIEST_PAGE}


@pytest.mark.thorough
@pytest.mark.parametrize("language", LANGUAGES)
def test_home_and_a_place_are_light_in_every_script(browser, deployed, city, language):
    for path in ("/", reverse("web:place", args=[city.empalot.uid])):
        assert 10_000 < weight(browser, f"{deployed}{language}{path}", {}) < HEAVIEST_PAGE, path


@pytest.mark.parametrize("closed", [(), (1, 2)])
@pytest.mark.parametrize("language", ["", "/ar", "/uk"])
@pytest.mark.thorough
def test_the_leaflet_fits_one_page_whatever_is_known_of_the_place(page: Page, city, language, closed):
    Site.objects.filter(pk=city.empalot.pk).update(
        name="Centre culturel et médiathèque intercommunale José-Cabanis, espace numérique du rez-de-chaussée",
        address="1 bis, allée du Professeur-Camille-Soula, résidence universitaire du Grand Rangueil",
        address_extra="Bâtiment C, deuxième étage, porte de gauche",
        how_to_come="Métro ligne B, station Empalot, puis dix minutes à pied. Bus 152 et L4, arrêt Jean-Moulin.",
        opening_hours="Mo 09:00-12:00; Tu 10:00-12:30,14:00-18:30; We 09:00-12:00,13:00-17:00; Th 14:00-20:00; "
        "Fr 08:30-12:00,13:30-16:30; Sa 10:00-13:00; PH off",
    )
    Reason.objects.update(what_to_bring="Votre téléphone, et les papiers ou courriers dont vous parlez.")
    # Another text for one need: both are printed.
    Reason.objects.filter(pk=city.any_need.pk).update(what_to_bring="Une pièce d’identité, et un courrier des impôts.")
    for week in closed:
        city.empalot.closures.create(
            starts_on=f"2026-12-0{week}", ends_on=f"2026-12-2{week}", reason="Travaux de mise aux normes de l’ascenseur"
        )
    page.goto(f"{language}{reverse('web:place', args=[city.empalot.uid])}")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.locator(".leaflet .qr svg").is_visible()
    assert not page.locator("main > .no-print").is_visible()


def test_a_page_is_read_aloud_paused_and_taken_up_again(page: Page, city):
    page.add_init_script(ONE_VOICE)
    page.goto("/")
    page.get_by_role("button", name="Écouter").click()
    assert page.evaluate("said.at(-1)") == "De quoi avez-vous besoin ?"
    page.evaluate("last.onend()")
    sentence = page.evaluate("said.at(-1)")
    assert sentence.startswith("Près de chez vous")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("said.at(-1)") == "(silence)"
    page.get_by_role("button", name="Continuer").click()
    assert page.evaluate("said.at(-1)") == sentence
    page.get_by_role("button", name="Arrêter").click()
    page.get_by_role("button", name="Écouter").click()
    assert page.evaluate("said.at(-1)").startswith("De quoi avez-vous besoin")


def test_nothing_is_read_aloud_where_no_voice_speaks_the_language(page: Page, city):
    page.add_init_script(ONE_VOICE)
    page.goto("/uk/")
    assert page.locator("[data-listen]").is_hidden()


def test_what_is_not_seen_is_not_said(page: Page, city):
    page.add_init_script(ONE_VOICE)
    page.goto(reverse("web:place", args=[city.empalot.uid]))
    page.get_by_role("button", name="Écouter").click()
    page.evaluate("() => { for (let i = 0; i < 200 && last.onend; i += 1) last.onend(); }")
    said = page.evaluate("said")
    assert [words.strip() for words in said].count("Médiathèque Empalot") == 1, "the leaflet is for paper"


@pytest.mark.parametrize("path", ["/", "/ar/demarches/", "/lieux/"])
@pytest.mark.thorough
def test_twice_as_large_nothing_is_cut(page: Page, city, path):
    """At 200 % a screen of 1280 px shows what one of 640 px does; then with larger text too."""
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(path)
    page.locator("[data-text-size]").click()
    assert page.evaluate("document.documentElement.dataset.text") == "large"
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.set_viewport_size({"width": 320, "height": 450})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
