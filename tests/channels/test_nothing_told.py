"""No cookie before there is something to keep; nothing of anybody in an address, a log or a report."""

import logging
import re
from collections.abc import Callable, Iterator
from urllib.parse import quote, quote_plus

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from helpdesk.models import Appointment, HelpRequest
from mediation.accounts.actor import Actor
from mediation.channels import attempts
from mediation.channels.kiosk.services import add_device
from mediation.kernel.languages import LANGUAGES
from tests.cast import Cast
from tests.channels.strangers import (
    FIRST,
    LAST,
    NOTE,
    PERSON,
    PHONE,
    PHONE_DIGITS,
    a_workshop,
    find,
    slot_of,
    use_up,
    writes,
)
from workshops.models import Registration, Workshop

pytestmark = pytest.mark.usefixtures("now")

# What is random in an address, and might hold any four digits.
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\b\d{10}\b")


@pytest.fixture
def workshop(cast) -> Workshop:
    return a_workshop(cast)


# --- No cookie before there is something to keep ----------------------------------------------------------------------

PUBLIC = ("home", "places", "demarches", "workshops", "book", "call_back", "call_back_who", "appointment", "privacy")


@pytest.mark.parametrize("language", [code for code, _name in LANGUAGES])
def test_no_page_sets_a_cookie_in_any_language(client, cast, language):
    for name in PUBLIC:
        with translation.override(language):
            address = reverse(f"web:{name}")
        page = client.get(address, headers={"Accept-Language": "es"})
        assert page.status_code == 200
        assert not page.cookies, name


def test_neither_mistakes_nor_refusals_set_a_cookie(client, cast, workshop):
    for url, said in writes(cast, workshop).values():
        mistaken = {name: "" for name in said if name != "slot"} | {"slot": said.get("slot", "")}
        assert not client.post(url, mistaken).cookies
    assert not find(client, "00000001", "0001").cookies
    assert not client.post(reverse("web:book_place"), {"need": str(cast.admin_help.uid), "near": "Lune"}).cookies
    assert not client.get("/nulle-part/").cookies


# --- Nothing of anybody in addresses or logs --------------------------------------------------------------------------


class Walker(Client):
    """A browser that remembers every address that it asked for or was led to."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def request(self, **request):
        answer = super().request(**request)
        query = request.get("QUERY_STRING", "")
        self.addresses += [f"{request['PATH_INFO']}?{query}", answer.headers.get("Location", "")]
        if answer.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            self.addresses += re.findall(r'(?:href|src|action|content)="([^"]*)"', text)
            self.text = text
        return answer

    def first(self, pattern: str) -> str:
        return re.search(pattern, self.text).group(1)


def secrets(*rows) -> Iterator[str]:
    for word in (FIRST, LAST, NOTE):
        yield from (word, quote(word), quote_plus(word), word.lower())
    yield from (PHONE, quote(PHONE), quote_plus(PHONE), PHONE_DIGITS, PHONE_DIGITS[-4:])
    for row in rows:
        pairs = " ".join(row.reference[i : i + 2] for i in range(0, 8, 2))
        yield from (row.reference, quote(pairs), quote_plus(pairs), row.code)


def walk_the_public_pages(walker: Walker, cast: Cast, workshop: Workshop) -> None:
    need = f"?need={cast.admin_help.uid}"
    for name in ("book_place", "book_time"):
        walker.get(f"{reverse(f'web:{name}')}{need}")
    walker.post(reverse("web:book_place"), {"need": str(cast.admin_help.uid), "near": f"12 rue {LAST}, 31400"})
    walker.post(reverse("web:places"), {"near": f"12 rue {LAST}"})
    said = {"slot": slot_of(cast).token, **PERSON}
    walker.post(reverse("web:book_who"), {**said, "phone": "06"})
    walker.post(reverse("web:book_who"), said, follow=True)
    for name in ("sheet", "move", "move_place", "cancel", "earlier", "calendar"):
        walker.get(reverse(f"web:appointment_{name}"))
    appointment = Appointment.objects.get()
    walker.get(reverse("web:appointment_leave"))
    find(walker, appointment.reference, "0000")
    find(walker, appointment.reference, appointment.code, follow=True)
    walker.get(reverse("web:appointment_cancel"))
    walker.post(reverse("web:appointment_cancel"), {"token": walker.first(r'name="token"\s+value="([^"]+)"')})
    walker.get(reverse("web:appointment_leave"))
    walker.post(reverse("web:workshop", args=[workshop.uid]), PERSON, follow=True)
    walker.post(reverse("web:call_back_who"), {"phone": PHONE, "first_name": FIRST, "note": NOTE}, follow=True)
    walker.post(reverse("web:place_report", args=[cast.empalot.uid]), {"subject": "hours", "text": NOTE}, follow=True)
    use_up(attempts.BOOKINGS_FROM)
    walker.post(reverse("web:book_who"), said)


def walk_the_kiosk(walker: Walker, cast: Cast) -> None:
    _device, code = add_device(site=cast.empalot, name="Borne", by=Actor.at_desk(cast.admin))
    walker.post(reverse("kiosk:pair"), {"code": code})
    walker.post(reverse("kiosk:book"), {"slot": slot_of(cast, 1).token, "phone": PHONE}, follow=True)
    walker.post(reverse("kiosk:ticket_call_back"), {"phone": PHONE}, follow=True)
    walker.post(reverse("kiosk:arrival"), {"reference": Appointment.objects.earliest("pk").reference, "secret": "5566"})


def assert_tells_nothing(texts: list[str], hidden: list[str]) -> None:
    for text in texts:
        bare = RANDOM.sub("", text)
        told = [secret for secret in hidden if re.search(rf"(?<!\d){re.escape(secret)}(?!\d)", bare)]
        assert not told, f"{told} in {text}"


def test_nothing_of_anybody_is_in_an_address_or_a_log(cast, workshop, caplog):
    caplog.set_level(logging.DEBUG)
    walker = Walker()
    walk_the_public_pages(walker, cast, workshop)
    walk_the_kiosk(walker, cast)
    rows = [*Appointment.objects.all(), *Registration.objects.all(), *HelpRequest.objects.all()]
    assert len(rows) >= 5
    hidden = list(secrets(*rows))
    # The number to call stands in an address on purpose: it is the network's own.
    addresses = [address for address in walker.addresses if not address.startswith("tel:")]
    assert len(addresses) > 200
    assert_tells_nothing(addresses, hidden)
    assert caplog.records
    assert_tells_nothing([record.getMessage() for record in caplog.records], hidden)


def test_no_other_site_learns_from_which_page_somebody_comes(client, cast):
    assert client.get(reverse("web:book"))["Referrer-Policy"] == "same-origin"


@pytest.fixture
def broken(monkeypatch) -> Callable[..., None]:
    """Booking fails for a reason of ours, with what was typed at hand."""

    def fail(**who: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("mediation.channels.web.views.booking.book_for_resident", fail)
    return fail


def test_the_report_of_a_failure_repeats_nothing_that_was_typed(cast, broken, settings, caplog):
    settings.ADMINS = [("Astreinte", "astreinte@example.org")]
    client = Client(raise_request_exception=False)
    client.cookies["rendez-vous"] = "a-signed-name"
    answer = client.post(reverse("web:book_who"), {"slot": slot_of(cast).token, **PERSON})
    assert answer.status_code == 500
    (report,) = mail.outbox
    told = report.body + "".join(str(content) for content, _type in report.alternatives)
    assert "the disk is full" in told
    assert "first_name" in told
    assert_tells_nothing([told, caplog.text], [FIRST, LAST, PHONE, PHONE_DIGITS, "a-signed-name"])
