"""No input of a browser, however odd, ends in an error page: every address and every form is tried.

Each form is sent as its page draws it, with one answer replaced by something nobody foresaw; what it changed is
rolled back before the next.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from directory.enums import Role
from directory.models import Membership
from helpdesk.models import Absence, ExternalCalendar
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.services import Person, log_individual
from mediation.calendars.services import create_feed
from mediation.channels.kiosk.access import DEVICE
from mediation.channels.kiosk.services import add_device, call_for_help
from mediation.kernel.access import AccessMiddleware
from sites.models import Closure
from tests.cast import TODAY, Cast, at
from tests.test_consistency import views
from workshops.services import open_workshop, register

pytestmark = pytest.mark.usefixtures("now")

LONG = "é" * 3000
ODD = ("abc", "\x00", "9" * 30, "9999-12-31", "0000-00-00", LONG)
# Each of these once broke a page that the others left whole.
ODDEST = ("\x00", "9" * 30, "9999-12-31")
QUERIES = ("page", "sort", "export", "jour", "vue", "qui", "avec", "type", "q", "text", "need", "place", "quartier")
QUERIES += ("after", "slot", "skip", "first_day", "last_day", "preset", "structure", "mediateur", "mois", "service")
# Pages of the library that signs people in, and the one that ties the test's own browser to a kiosk.
LEAVE_ALONE = ("/compte/", "/borne/associer/")
# Says 503 while no worker runs, as here.
SUPERVISION = "agent/messages/sante/"
DEFAULTS = {
    "date": str(TODAY),
    "time": "10:00",
    "number": "3",
    "tel": "06 39 98 00 09",
    "text": "Un mot",
    "email": "a@example.org",
}


@dataclass
class Form:
    """A form as a page draws it, with the answers it has."""

    action: str
    method: str
    answers: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Read the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or one of its answers: all that is ticked, and the first of what is not."""
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            address = given.get("hx-post") or given.get("hx-get") or given.get("action") or ""
            self.form = Form(address, "post" if "hx-post" in given else (given.get("method") or "get").lower())
            self.found.append(self.form)
        elif self.form is None:
            return
        elif tag == "select":
            self.select = name
            self.form.answers[name] = [""]
        elif tag == "option" and self.select and value and self.form.answers[self.select] == [""]:
            self.form.answers[self.select] = [value]
        elif tag in ("input", "textarea", "button") and name:
            if given.get("type") in ("radio", "checkbox") and "checked" not in given and self.form.answers.get(name):
                return
            self.form.answers[name] = [value or DEFAULTS.get(given.get("type") or "", "")]

    def handle_endtag(self, tag: str) -> None:
        """Close a form or a list of options."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""


@pytest.fixture(autouse=True)
def no_log(settings, tmp_path) -> None:
    """Give no file to download: nobody here would close it."""
    settings.MESSAGES_LOG = tmp_path / "messages.log"


@pytest.fixture
def addresses(cast: Cast) -> list[str]:
    """Every address that answers a browser, each with a row that exists."""
    rows = _rows(cast)
    return [address for path, pattern in views() if (address := _address(path, pattern, rows))]


@pytest.fixture
def everybody(client: Client, cast: Cast) -> Client:
    """A browser of somebody who may do everything, on a paired kiosk."""
    for role in (Role.FRONT_DESK, Role.MEDIATOR, Role.COORDINATOR, Role.ADMINISTRATOR):
        Membership.objects.get_or_create(user=cast.amina, organisation=cast.mairie, role=role)
    for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        Membership.objects.create(user=cast.amina, organisation=None, role=role)
    client.force_login(cast.amina)
    by = Actor.at_desk(cast.amina)
    device, code = add_device(site=cast.empalot, name="Entrée", by=by)
    call_for_help(device=device)
    response = client.post(reverse("kiosk:pair"), {"code": code})
    assert DEVICE.cookie in response.cookies
    return client


@pytest.mark.thorough
def test_no_address_breaks_on_what_follows_its_question_mark(everybody: Client, addresses: list[str]):
    broken = []
    for address in addresses:
        for odd in ODD:
            broken += _send(everybody, "get", address, dict.fromkeys(QUERIES, odd))
    assert not broken


@pytest.mark.thorough
def test_no_form_breaks_on_an_answer_nobody_foresaw(everybody: Client, addresses: list[str]):
    broken, seen = [], set()
    for form in _forms(everybody, addresses):
        key = resolve(form.action).view_name, form.method, tuple(sorted(form.answers))
        if key in seen:
            continue
        seen.add(key)
        broken += _send(everybody, form.method, form.action, form.answers)
        for name in form.answers:
            for odd in ODDEST:
                broken += _send(everybody, form.method, form.action, {**form.answers, name: [odd]})
    assert not broken


def test_no_address_breaks_on_an_empty_post(everybody: Client, addresses: list[str]):
    broken = []
    for address in addresses:
        broken += _send(everybody, "post", address, {})
    assert not broken


@pytest.mark.thorough
def test_no_address_breaks_on_a_post_with_nothing_known(everybody: Client, addresses: list[str]):
    broken = []
    for address in addresses:
        for odd in ODD:
            names = ("beneficiary", "link", "slot", "mediator", "verb", "next", "page", "state", "withdraw", "code")
            broken += _send(everybody, "post", address, dict.fromkeys(names, odd))
    assert not broken


def _send(client: Client, method: str, address: str, data: dict) -> list[str]:
    """Return what broke, if something did; nothing that was written stays."""
    with transaction.atomic():
        try:
            response = getattr(client, method)(address, data)
            problem = f"{response.status_code}" if response.status_code >= 500 else ""
        except Exception as error:  # noqa: BLE001 — whatever it is, all of it is told at the end
            problem = f"{type(error).__name__}: {str(error)[:90]}"
        transaction.set_rollback(True)
    short = {name: (value[0] if isinstance(value, list) else value)[:20] for name, value in data.items()}
    return [f"{method} {address} {short}: {problem}"] if problem else []


def _forms(client: Client, addresses: list[str]) -> Iterator[Form]:
    """Yield the forms of every page."""
    for address in addresses:
        response = client.get(address)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        reader = Forms()
        reader.feed(response.content.decode())
        for form in reader.found:
            form.action = urlsplit(form.action or address).path or address
            if not form.action.startswith(LEAVE_ALONE):
                yield form


def _address(path: str, pattern, rows: dict[str, object]) -> str:
    """Return the address of a pattern, filled with rows of the cast."""
    if pattern.callback.__module__.startswith(AccessMiddleware.OPEN_MODULES) or path in (
        "borne/associer/",
        SUPERVISION,
    ):
        return ""
    folder = path.split("<")[0]
    row = next((rows[start] for start in sorted(rows, key=len, reverse=True) if folder.startswith(start)), None)
    for converter, name in (("uuid", "uid"), ("int", "pk"), ("slug", "slug"), ("str", "name")):
        value = {"uid": getattr(row, "uid", ""), "pk": _inner_pk(path, row), "slug": "caf", "name": "arrive"}[name]
        path = path.replace(f"<{converter}:{name}>", str(value))
    return f"/{path}"


def _inner_pk(path: str, row) -> int:
    """Return the number of a row that belongs to another."""
    if "personnes/<int" in path:
        return row.attendees.get().pk
    if "fermetures" in path:
        return Closure.objects.get().pk
    return row.memberships.first().pk if "roles" in path else 0


def _rows(cast: Cast) -> dict[str, object]:
    """Return a row for each folder of addresses."""
    by = Actor.at_desk(cast.amina)
    slot = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=1)[0]
    appointment = book(slot=slot, people=[cast.lucette], by=by)
    workshop = open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Découvrir la tablette",
        by=by,
        capacity=1,
        starts_at=at(14, days=1),
        ends_at=at(16, days=1),
        themes=[Theme.EMAIL],
    )
    registration = register(workshop=workshop, beneficiary=cast.lucette, by=by)
    activity = log_individual(
        mediator=cast.amina_mediator,
        day=TODAY,
        duration_minutes=30,
        themes=[Theme.EMAIL],
        by=by,
        people=[Person(beneficiary=cast.lucette)],
        site=cast.empalot,
    )
    Closure.objects.create(
        site=cast.empalot, starts_on=TODAY + dt.timedelta(days=20), ends_on=TODAY + dt.timedelta(days=21)
    )
    absence = Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(9, days=7), ends_at=at(12, days=7))
    device, _code = add_device(site=cast.empalot, name="Sortie", by=by)
    return {
        "agent/rendez-vous/": appointment,
        "agent/accueil/pris/": appointment,
        "agent/accueil/rendez-vous/": appointment,
        "agent/personnes/": cast.lucette,
        "agent/beneficiaires/": cast.lucette,
        "agent/structures/": cast.mairie,
        "agent/mediateurs/": cast.amina_mediator,
        "agent/comptes/": cast.claire,
        "agent/motifs/": cast.admin_help,
        "agent/plages/": cast.opening,
        "agent/absences/": absence,
        "agent/mon-agenda/": create_feed(subject=cast.amina_mediator, by=by)[0],
        "agent/mon-agenda/personnel/": ExternalCalendar.objects.create(mediator=cast.amina_mediator, label="Congés"),
        "agent/ateliers/": workshop,
        "ateliers/": workshop,
        "agent/ateliers/inscriptions/": registration,
        "agent/activites/": activity,
        "agent/activites/outils/": cast.amina_mediator,
        "agent/lieux/": cast.empalot,
        "lieux/": cast.empalot,
        "agent/lieux/postes/": cast.workstation,
        "agent/messages/": cast.lucette.messages.first(),
        "agent/pilotage/validation/": cast.mairie,
        "borne/appareils/": device,
        "borne/appels/": device,
    }
