"""Bookings a second through HTTP, as the front desk makes them: token, session, conflict check, messages planned."""

import datetime as dt
import re
import threading
import time
import uuid
from collections.abc import Iterable, Sequence
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.enums import OrganisationKind, Role, Side
from directory.models import Beneficiary, BeneficiaryLink, Mediator, Membership, Organisation
from helpdesk.enums import WhoBooks
from helpdesk.models import Appointment, OpeningPeriod, Reason
from helpdesk.selectors import Need, Slot, first_slots
from mediation.accounts.models import User
from mediation.benchmarks.figures import Figure
from mediation.benchmarks.serving import serve
from sites.models import Site

CLIENTS = 8
BOOKINGS_EACH, NOTHINGS_EACH, WARM_UP = 60, 150, 5
LEAST_A_SECOND = 80
CSRF_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MOVED = 302


def run(url: str) -> Iterable[Figure]:
    """Yield what an empty view does, then bookings, in the same server and with the same clients."""
    desk = reverse("desk:front_desk")
    agents = _write_city()
    with serve(url) as port:
        clients = [_Agent(port, user, desk) for user in agents]
        wanted = [_forms(mediator) for mediator in Mediator.objects.order_by("pk")]
        _race(clients, [[("/rien/", {})] * WARM_UP] * CLIENTS)
        _race(clients, [[(desk, form) for form in forms[:WARM_UP]] for forms in wanted])
        empty, _answers = _race(clients, [[("/rien/", {})] * NOTHINGS_EACH] * CLIENTS)
        booked, answers = _race(clients, [[(desk, form) for form in forms[WARM_UP:]] for forms in wanted])
    yield Figure("an empty view, same middleware, same clients", empty, "/s")
    yield Figure(
        f"bookings, {CLIENTS} clients",
        booked,
        "/s",
        beside=f"{empty / booked:.1f} empty views each",
        at_least=LEAST_A_SECOND,
    )
    yield Figure("answers that are no booking", sum(status != MOVED for status in answers), at_most=0)
    missing = CLIENTS * (BOOKINGS_EACH + WARM_UP) - Appointment.objects.count()
    yield Figure("bookings that are not in the database", missing, at_most=0)


class _Agent:
    """One front desk: a session, a connection that stays, and the token of its page."""

    def __init__(self, port: int, user: User, page: str) -> None:
        client = Client()
        client.force_login(user)
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", page, headers={"Cookie": cookie})
        response = self.connection.getresponse()
        found = CSRF_FIELD.search(response.read().decode())
        if found is None:
            raise RuntimeError("The page has no form.")
        kept = [value.split(";")[0] for name, value in response.getheaders() if name.lower() == "set-cookie"]
        self.headers = {**FORM, "Cookie": "; ".join([cookie, *kept])}
        self.token = found.group(1)

    def post(self, address: str, form: dict[str, str]) -> int:
        """Send one form and read the whole answer."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **form})
        self.connection.request("POST", address, body, self.headers)
        response = self.connection.getresponse()
        response.read()
        return response.status


def _race(agents: Sequence[_Agent], work: Sequence[Sequence[tuple[str, dict[str, str]]]]) -> tuple[float, list[int]]:
    """Let every agent send its forms one after the other, all agents at once; return how many a second."""
    answers: list[int] = []

    def send(agent: _Agent, forms: Sequence[tuple[str, dict[str, str]]]) -> None:
        answers.extend([agent.post(address, form) for address, form in forms])

    threads = [threading.Thread(target=send, args=pair) for pair in zip(agents, work, strict=True)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(answers) / (time.perf_counter() - start), answers


def _forms(mediator: Mediator) -> list[dict[str, str]]:
    """Return what one agent sends: each time of one mediator, for somebody else each time."""
    need = Need(reason=Reason.objects.get(), mediator=mediator)
    slots = first_slots(need, limit=BOOKINGS_EACH + WARM_UP)
    people = Beneficiary.objects.filter(last_name=mediator.last_name).order_by("pk")
    return [_form(slot, person) for slot, person in zip(slots, people, strict=True)]


def _form(slot: Slot, person: Beneficiary) -> dict[str, str]:
    said = {"reason": slot.reason.uid, "slot": slot.token, "person": person.uid, "request_key": uuid.uuid4()}
    return {name: str(value) for name, value in said.items()}


def _write_city() -> list[User]:
    """Write as many front desks and mediators as there are clients; return the front desks."""
    organisation = Organisation.objects.create(name="Benchmark", kind=OrganisationKind.MUNICIPAL, side=Side.MUNICIPAL)
    site = Site.objects.create(
        national_id="b-0", name="Site", short_name="site", postcode="31000", commune_name="Toulouse"
    )
    reason = Reason.objects.create(label="Aide", who_books=WhoBooks.EVERYONE)
    first_day = timezone.localdate() + dt.timedelta(days=1)
    agents = []
    for number in range(CLIENTS):
        agents.append(User.objects.create_user(f"agent{number}@example.org"))
        Membership.objects.create(user=agents[-1], organisation=organisation, role=Role.FRONT_DESK)
        mediator = Mediator.objects.create(organisation=organisation, first_name="M", last_name=f"Client {number}")
        for day in range(7):
            hours = {"start_time": dt.time(9), "end_time": dt.time(17)}
            opening = OpeningPeriod.objects.create(
                mediator=mediator, site=site, first_day=first_day + dt.timedelta(days=day), **hours
            )
            opening.reasons.add(reason)
        _write_people(organisation, mediator, number)
    return agents


def _write_people(organisation: Organisation, mediator: Mediator, number: int) -> None:
    """Write who is booked for, each with a number of their own."""
    phones = [f"0639{number}{person:05}" for person in range(BOOKINGS_EACH + WARM_UP)]
    people = Beneficiary.objects.bulk_create(
        Beneficiary(first_name="P", last_name=mediator.last_name, phone_typed=phone, phone=f"+33{phone[1:]}")
        for phone in phones
    )
    today = timezone.localdate()
    BeneficiaryLink.objects.bulk_create(
        BeneficiaryLink(beneficiary=one, organisation=organisation, since=today, last_contact_on=today)
        for one in people
    )
