"""What a resident meets in another language: every text is in the catalogues, none stays French unmarked."""

import gettext
import importlib
import pkgutil
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import django
import pytest
from babel.messages.pofile import read_po
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import trans_real

from mediation.activity.models import Demarche
from mediation.channels.kiosk.access import LANGUAGE
from mediation.kernel.templatetags import languages
from mediation.messaging import wording
from scripts import catalogues
from tests.browser.pages import Page, pages
from tests.browser.world import World, make_world
from workshops.models import Workshop

ROOT = Path(__file__).resolve().parent.parent
# What is looked up is the same in every language: this one has no letter in common with French.
OTHER = "uk"
# Where residents answer in writing, and what a form refuses.
FORMS = ("web:workshop", "web:call_back_who", "web:appointment", "web:book_who slot", "web:place_report")
NIR = "1 85 05 78 006 084 36"
REFUSED = (
    {},
    {"subject": "other"},
    {"phone": "12", "reference": "1", "secret": "1", "first_name": "x" * 90, "note": "x" * 900, "text": "x" * 900},
    {"phone": "06 39 98 00 01", "note": NIR, "otherwise": NIR, "text": NIR, "reference": "11111111", "secret": "1111"},
)
# Residents' kiosk, not the pages where agents manage it.
KIOSK_FOR_AGENTS = ("kiosk:device", "kiosk:calls", "kiosk:answer_call", "kiosk:pair")
# Kept by the kiosk for when the server is away: it says the same in every language.
IN_EVERY_LANGUAGE = ("kiosk:away",)
SPEAKING = (wording,)


class Recorder(gettext.NullTranslations):
    """French for what a language does not know, and a list of it."""

    def __init__(self, french: gettext.NullTranslations) -> None:
        super().__init__()
        self.french = french
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        """Note a text."""
        self.asked.add(message)
        return self.french.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Note a text that counts."""
        self.asked.add(msgid1)
        return self.french.ngettext(msgid1, msgid2, n)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Whatever is looked up in the other language and not found."""
    spoken = trans_real.translation(OTHER)
    recorder = Recorder(spoken._fallback)
    monkeypatch.setattr(spoken, "_fallback", recorder)
    # Texts of the data are looked up as well; those of a city are in no catalogue.
    monkeypatch.setattr(languages, "gettext", str)
    return recorder


@pytest.fixture(scope="module")
def extracted() -> set[str]:
    """Every text that the catalogues hold, translated or about to be."""
    catalogue = catalogues.extract_translated(ROOT)
    return {message.id[0] if message.pluralizable else message.id for message in catalogue}


@pytest.fixture
def world(cast, now, settings, tmp_path) -> World:
    """One row of everything, and no limit of attempts."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    return make_world(cast)


class Visible(HTMLParser):
    """The texts of a page, read out or shown, that are not marked as French."""

    NAMES = ("aria-label", "alt", "title", "placeholder")
    EMPTY = ("meta", "link", "img", "input", "br", "hr", "source", "use", "path")

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[bool] = [False]
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says of itself."""
        said = dict(attrs)
        is_other = self.stack[-1] or tag in {"script", "style"} or (tag != "html" and "lang" in said)
        if not is_other:
            self.texts += [said[name] or "" for name in self.NAMES if name in said]
        if tag not in self.EMPTY:
            self.stack.append(is_other)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in self.EMPTY and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if not self.stack[-1] and (text := " ".join(data.split(" "))).strip():
            self.texts.append(re.sub(r"[ \n]+", " ", text).strip())


def texts_of(response: HttpResponse) -> list[str]:
    """Return what a page says in its own language."""
    reader = Visible()
    reader.feed(response.content.decode())
    return reader.texts


def residents_pages(world: World) -> Iterator[Page]:
    """Yield the pages that residents open, in the active language."""
    for page in pages(world):
        if page.name.startswith(("web:", "kiosk:")) and not page.name.startswith(KIOSK_FOR_AGENTS + IN_EVERY_LANGUAGE):
            yield page


def client_of(world: World, visitor: str) -> Client:
    """Return the browser of one visitor, whose kiosk speaks the other language."""
    client = Client()
    for name, value in world.cookies[visitor].items():
        client.cookies[name] = value
    answer = HttpResponse()
    LANGUAGE.give(answer, OTHER)
    client.cookies.update(answer.cookies)
    return client


def answers(world: World) -> Iterator[tuple[str, HttpResponse]]:
    """Yield every page in the other language, as whoever has something there sees it; then its forms, refused."""
    with translation.override(OTHER):
        found = list(residents_pages(world))
    for page in found:
        visitors = ("kiosk",) if page.name.startswith("kiosk:") else ("nobody", "holder")
        for visitor in visitors:
            yield f"{page.name} ({visitor})", client_of(world, visitor).get(page.url)
    for page in found:
        if page.name in FORMS:
            for refused in REFUSED:
                yield f"{page.name} (refused)", client_of(world, "nobody").post(page.url, refused)


def is_html(response: HttpResponse) -> bool:
    return response.status_code < 300 and response["Content-Type"].startswith("text/html")


def of_django() -> set[str]:
    """Return the framework's own texts: their English is not ours to translate."""
    locale = Path(django.__file__).parent / "conf" / "locale"
    known = gettext.translation("django", locale, ["fr"])._catalog
    return {key[0] if isinstance(key, tuple) else key for key in known}


@pytest.mark.django_db
def test_every_text_of_every_page_is_for_the_catalogues(world, recorder, extracted):
    for _name, _answer in answers(world):
        pass
    # What a city writes itself is in no catalogue.
    titles = {*Workshop.objects.values_list("title", flat=True), *Demarche.objects.values_list("name", flat=True)}
    unknown = recorder.asked - extracted - of_django() - titles
    assert not unknown, "\n".join(sorted(unknown))


@pytest.mark.django_db
@pytest.mark.thorough
def test_no_page_says_in_french_what_its_language_can_say(world):
    with (ROOT / "locale" / OTHER / "LC_MESSAGES" / "django.po").open("rb") as file:
        french = {m.id for m in read_po(file) if isinstance(m.id, str) and m.string and m.string != m.id}
    leaks = {
        (name, text)
        for name, answer in answers(world)
        if is_html(answer)
        for text in texts_of(answer)
        if text in french
    }
    assert not leaks, "\n".join(sorted(f"{name}: {text}" for name, text in leaks))


def lazy_texts(module: ModuleType) -> Iterator[Promise]:
    """Yield the texts that stand in a module, alone or in a table."""
    for value in vars(module).values():
        values = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else (value,)
        yield from (text for text in values if isinstance(text, Promise))


def test_every_text_that_is_sent_or_spoken_is_for_the_catalogues(recorder, extracted):
    with translation.override(OTHER):
        for package in SPEAKING:
            for entry in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                for text in lazy_texts(importlib.import_module(entry.name)):
                    str(text)
    unknown = recorder.asked - extracted
    assert not unknown, "\n".join(sorted(unknown))


def test_a_failure_is_told_in_the_language_of_the_page_with_the_telephone(db, monkeypatch, settings):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("mediation.channels.web.views.texts.render", fail)
    answer = Client(raise_request_exception=False).get("/ar/mentions-legales/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert '<html lang="ar" dir="rtl">' in page
    assert "مشكلة من جهتنا" in page
    assert f"<bdi>{settings.NETWORK_PHONE}</bdi>" in page
