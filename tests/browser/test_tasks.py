"""Residents' core tasks, from the first page to the last, in every way in which people use a page.

A part is always tried; all of it where FULL is set.
"""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import Need, first_slots, slot_from_token
from helpdesk.services import book
from mediation.accounts.actor import Actor
from sites.models import Reservation
from tests.browser.visitors import MODES, Mode, Visitor
from tests.cast import Cast, at, make_cast
from workshops.models import Registration
from workshops.services import open_workshop

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]

CODES = ".codes"
ERRORS = ".error-summary"


@pytest.fixture
def city(now) -> Cast:
    """The cast, written where the live server reads it, and a workshop to come."""
    cache.clear()
    cast = make_cast()
    open_workshop(
        title="Premiers clics",
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        mediator=cast.amina_mediator,
        site=cast.empalot,
        capacity=8,
        themes=["hardware"],
        by=Actor.at_desk(cast.claire),
    )
    return cast


def books(visitor: Visitor, cast: Cast) -> None:
    """Book an appointment at the nearest place, after a mistake, and leave."""
    visitor.opens()
    visitor.follows('main a[href$="/demarches/"]')
    visitor.follows('main a[href*="/rendez-vous/lieu/"]')
    visitor.writes("near", "31400")
    visitor.sends()
    visitor.follows('.answers a[href*="place="]')
    visitor.follows(".times a")
    visitor.sends()
    expect(visitor.page.locator(ERRORS)).to_be_visible()
    visitor.writes("first_name", "Odette")
    visitor.sends()
    appointment = Appointment.objects.get()
    assert appointment.site == cast.empalot
    expect(visitor.page.locator(CODES)).to_contain_text(appointment.code)
    assert [cookie["name"] for cookie in visitor.page.context.cookies()] == ["rendez-vous"]
    visitor.follows('main a[href$="/mon-rendez-vous/fin/"]')
    assert not visitor.page.context.cookies()


def finds_and_cancels(visitor: Visitor, cast: Cast) -> None:
    """Find an appointment by its card, after a wrong code, and give it back."""
    slot = first_slots(Need(reason=cast.any_need), limit=1)[0]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    visitor.opens()
    visitor.follows('main a[href$="/mon-rendez-vous/"]')
    for secret in ("9000" if appointment.code != "9000" else "9001", appointment.code):
        visitor.writes("reference", appointment.reference)
        visitor.writes("secret", secret)
        visitor.sends()
    expect(visitor.page.locator(CODES)).to_contain_text(appointment.code)
    visitor.follows('main a[href$="/annuler/"]')
    visitor.sends()
    assert Appointment.objects.get().is_cancelled


def moves(visitor: Visitor, cast: Cast) -> None:
    """Move an appointment to the next time but one: somebody takes the next while it is being confirmed."""
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.bellefontaine.pk]), limit=1)[0]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    visitor.opens()
    visitor.follows('main a[href$="/mon-rendez-vous/"]')
    visitor.sends()
    expect(visitor.page.locator(ERRORS)).to_be_visible()
    visitor.writes("reference", appointment.reference)
    visitor.writes("secret", appointment.code)
    visitor.sends()
    visitor.follows('main a[href$="/mon-rendez-vous/horaire/"]')
    visitor.follows(".times a")
    wanted = slot_from_token(parse_qs(urlsplit(visitor.page.url).query)["slot"][0])
    book(slot=wanted, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    visitor.sends()
    visitor.follows(".answers a")
    visitor.sends()
    moved = Appointment.objects.get(pk=appointment.pk)
    assert (moved.version, moved.site) == (2, appointment.site)
    assert moved.starts_at > wanted.starts_at > appointment.starts_at
    expect(visitor.page.locator(CODES)).to_contain_text(appointment.code)


def reserves(visitor: Visitor, cast: Cast) -> None:
    """Reserve a computer with a printer, after having typed what nobody may keep, and leave."""
    visitor.opens()
    visitor.follows('main a[href$="/ordinateur/"]')
    visitor.follows('.answers a[href*="equipment=printer"]')
    visitor.follows('.answers a[href*="place="]')
    visitor.follows(".times a")
    visitor.writes("first_name", "2 48 05 31 555 084")
    visitor.sends()
    expect(visitor.page.locator(ERRORS)).to_be_visible()
    visitor.writes("first_name", "Odette")
    visitor.sends()
    reservation = Reservation.objects.get()
    assert (reservation.workstation, reservation.first_name) == (cast.workstation, "Odette")
    expect(visitor.page.locator(CODES)).to_contain_text(reservation.code)
    visitor.follows('main a[href$="/mon-rendez-vous/fin/"]')
    assert not visitor.page.context.cookies()


def registers(visitor: Visitor, cast: Cast) -> None:
    """Take a seat in a workshop."""
    visitor.opens()
    visitor.follows('main a[href$="/ateliers/"]')
    visitor.follows('main .line-links a[href*="/ateliers/"]')
    visitor.sends()
    expect(visitor.page.locator(ERRORS)).to_be_visible()
    visitor.writes("first_name", "Odette")
    visitor.sends()
    expect(visitor.page.locator(CODES)).to_contain_text(Registration.objects.get().code)


def asks_for_a_call(visitor: Visitor, cast: Cast) -> None:
    """Ask to be called back, without saying why nor when."""
    visitor.opens()
    visitor.follows('main a[href$="/rappelez-moi/"]')
    visitor.follows(".answers a")
    visitor.follows(".answers a")
    visitor.sends()
    expect(visitor.page.locator(ERRORS)).to_be_visible()
    visitor.writes("phone", "06 39 98 00 77")
    visitor.sends()
    expect(visitor.page.locator(CODES)).to_contain_text(HelpRequest.objects.get().code)


def finds_a_place(visitor: Visitor, cast: Cast) -> None:
    """Find the places around a quartier, and read the nearest one's page."""
    visitor.opens()
    visitor.follows('main a[href$="/lieux/"]')
    visitor.writes("near", "31400")
    visitor.sends()
    visitor.follows(".place-card h2 a")
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(cast.empalot.name)


TASKS = (books, moves, finds_and_cancels, registers, reserves, asks_for_a_call, finds_a_place)
ALWAYS = {("books", "phone"), ("finds_and_cancels", "keyboard"), ("asks_for_a_call", "arabic")}


def matrix() -> Iterator[object]:
    """Yield each task in each mode."""
    for mode in MODES:
        for task in TASKS:
            marks = () if (task.__name__, mode.name) in ALWAYS else (pytest.mark.thorough,)
            yield pytest.param(task, mode, id=f"{task.__name__}-{mode.name}", marks=marks)


@pytest.fixture
def visitor(browser: Browser, live_server, mode: Mode) -> Iterator[Visitor]:
    """Somebody with a browser of their own."""
    expect.set_options(timeout=10_000)
    context = browser.new_context(base_url=live_server.url, **mode.browser)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
    yield Visitor(page, mode)
    context.close()


@pytest.mark.parametrize(("task", "mode"), list(matrix()))
def test_a_core_task_is_done(city: Cast, visitor: Visitor, task: Callable[[Visitor, Cast], None], mode: Mode):
    task(visitor, city)
