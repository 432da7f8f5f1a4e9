"""What is foreign to a text that reads from right to left is marked in it.

Hours and telephone numbers stand apart, or their figures change places; names and addresses of places are French.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mediation.kernel.templatetags.formats import isolated
from tests.browser.pages import pages
from tests.browser.world import World, make_world
from tests.channels.bookings import PERSON, slot_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

FIGURES = re.compile(r"\d{1,2}:\d{2}|\b0\d(?:[ \u00a0]\d\d){1,4}")
# Marks do in a text what <bdi> does in a page.
HELD_BY_MARKS = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
# What nobody reads in the page: its title, its programs, the text that is copied as it stands.
UNSEEN = ("head", "script", "style", "pre")
EMPTY = ("meta", "link", "img", "input", "br", "hr", "source", "use", "path")


class Loose(HTMLParser):
    """The figures of a page that nothing keeps apart, the French names in it that nothing marks."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__()
        # Of each element one is in: whether it keeps apart, whether it is French.
        self.stack: list[tuple[bool, bool]] = [(False, False)]
        self.names = names
        self.found: list[str] = []
        self.apart = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element, which may mark what it holds."""
        if tag not in EMPTY:
            apart, french = self.stack[-1]
            is_unseen = tag in UNSEEN
            self.stack.append(
                (
                    apart or is_unseen or tag == "bdi" or ("dir", "ltr") in attrs,
                    # Django writes the options of a choice, and browsers read them in the language of the page.
                    french or is_unseen or tag == "option" or ("lang", "fr") in attrs,
                )
            )

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in EMPTY and len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        """Note what is loose, count what is not."""
        apart, french = self.stack[-1]
        if apart:
            self.apart += bool(FIGURES.search(data))
        elif FIGURES.search(HELD_BY_MARKS.sub("", data)):
            self.found.append(" ".join(data.split()))
        if not french:
            self.found += [name for name in self.names if name in data]


def loose(response, names: Iterable[str] = ()) -> Loose:
    reader = Loose(names)
    reader.feed(response.content.decode())
    return reader


@pytest.fixture
def world(cast, settings, tmp_path) -> World:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    return make_world(cast)


def test_on_every_page_hours_stand_apart_and_names_are_french(world):
    cast = world.cast
    places = (cast.empalot, cast.bellefontaine)
    names = [text for site in places for text in (site.name, site.address, f"{site.postcode} {site.commune_name}")]
    names += [cast.empalot_quartier.name, cast.empalot_quartier.short_name, cast.mairie.name, cast.partner.name]
    found, apart = set(), 0
    with translation.override("ar"):
        public = [page for page in pages(world) if page.name.startswith("web:")]
    for page in public:
        for visitor in ("nobody", "holder", "reserver"):
            client = Client()
            client.cookies.load(world.cookies[visitor])
            response = client.get(page.url, follow=True)
            if response["Content-Type"].startswith("text/html"):
                reader = loose(response, names)
                apart += reader.apart
                found |= {(page.name, visitor, text) for text in reader.found}
    assert apart > len(public), "each page has at least the network's number"
    assert not found, "\n".join(sorted(map(str, found)))


def test_from_the_slot_to_the_cancelled_appointment_hours_stand_apart(client, cast):
    with translation.override("ar"):
        who, move, sheet, cancel = map(
            reverse, ("web:book_who", "web:appointment_move", "web:appointment_sheet", "web:appointment_cancel")
        )
        confirm = reverse("web:appointment_move_confirm")
    slot = slot_of(cast)
    answers = [
        client.get(who, {"slot": slot.token}),
        client.post(who, {"slot": slot.token, **PERSON}, follow=True),
        Client().get(who, {"slot": slot.token}),
        client.get(sheet),
        client.get(move),
        client.get(confirm, {"slot": slot_of(cast, 1).token}),
        client.get(confirm, {"slot": slot.token}, follow=True),
        client.get(cancel),
    ]
    for answer in answers:
        reader = loose(answer)
        assert reader.apart > 1, "the hour, and the network's number"
        assert not reader.found


def test_what_is_marked_stays_as_it_is_and_what_is_not_is_escaped():
    with translation.override("ar"):
        assert isolated("<b> 14:30") == "&lt;b&gt; <bdi>14:30</bdi>"
        assert isolated(isolated("14:30")) == "<bdi>14:30</bdi>"
    with translation.override("fr"):
        assert isolated("14 h 30") == "14 h 30"
