"""Somebody asked, the answer was lost, they left; the next person finds their form open, with its key, and uses it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.models import Appointment, HelpRequest, Ticket
from sites.models import Reservation, Workstation
from tests.channels.bookings import book_online, slot_of

pytestmark = pytest.mark.usefixtures("now")
KEY = str(uuid.uuid4())
OTHER = {"first_name": "Moussa", "last_name": "Barry", "phone": "06 39 98 00 78"}


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def screen(kiosk, cast):
    """A kiosk at the library of Empalot: open from 9:00, with two computers, and tickets are given."""
    cast.empalot.opening_hours = "Tu-Sa 09:00-18:00"
    cast.empalot.save()
    Workstation.objects.create(site=cast.empalot, label="Poste 2")
    cast.opening.takes_tickets = True
    cast.opening.save()
    return kiosk


def test_online_another_person_does_not_get_the_appointment(cast):
    slot = slot_of(cast)
    book_online(Client(), slot, form_key=KEY)
    first = Appointment.objects.get()

    answer = book_online(Client(), slot, form_key=KEY, **OTHER)
    assert "Cet horaire vient d’être pris" in text_of(answer)
    assert first.reference not in text_of(answer)
    assert not answer.cookies

    again = Client()
    done = again.get(book_online(again, slot, form_key=KEY).url)
    assert first.code in text_of(done), "whoever sent it sends it once more"
    assert Appointment.objects.get() == first


@pytest.mark.parametrize("who", [{"phone": "06 39 98 00 78"}, {"without": "1"}])
def test_at_the_kiosk_another_person_does_not_get_the_appointment(screen, cast, who):
    asked = {"slot": slot_of(cast).token, "key": KEY, "phone": "06 39 98 00 77"}
    screen.post(reverse("kiosk:book"), asked)
    first = Appointment.objects.get()

    answer = screen.post(reverse("kiosk:book"), {"slot": asked["slot"], "key": KEY, **who})
    assert "vient d’être pris" in text_of(answer)
    assert first.code not in text_of(answer)

    assert first.code in text_of(screen.get(screen.post(reverse("kiosk:book"), asked).url))
    assert Appointment.objects.get() == first


def test_at_the_kiosk_another_time_is_another_appointment(screen, cast):
    tokens = [slot_of(cast, index).token for index in range(2)]
    for token in (*tokens, tokens[0]):
        screen.post(reverse("kiosk:book"), {"slot": token, "key": KEY, "without": "1"})
    assert Appointment.objects.count() == 2


def test_online_another_person_gets_a_computer_of_their_own(screen, cast):
    url = reverse("web:computer_who", query={"place": cast.empalot.uid, "when": "2026-12-01T14:30"})
    for name in ("Odette", "Moussa", "Odette"):
        Client().post(url, {"first_name": name, "key": KEY})
    assert sorted(Reservation.objects.values_list("first_name", flat=True)) == ["Moussa", "Odette"]


def test_online_another_place_or_time_is_another_computer(screen, cast):
    Workstation.objects.create(site=cast.bellefontaine, label="Poste 1")
    cast.bellefontaine.opening_hours = "Tu-Sa 09:00-18:00"
    cast.bellefontaine.save()
    asked = [
        (cast.empalot, "2026-12-01T14:30"),
        (cast.bellefontaine, "2026-12-01T14:30"),
        (cast.empalot, "2026-12-01T16:00"),
    ]
    for site, moment in asked:
        Client().post(reverse("web:computer_who", query={"place": site.uid, "when": moment}), {"key": KEY})
    assert Reservation.objects.count() == 3


def test_at_the_kiosk_another_time_is_another_computer(screen):
    for when in ("now", "2026-12-01T10:30", "2026-12-01T11:30", "now"):
        screen.post(reverse("kiosk:computer_time"), {"when": when, "key": KEY})
    assert Reservation.objects.count() == 3


def test_whoever_goes_first_does_not_get_the_ticket_of_somebody_who_does_not(screen):
    for priority in ("no", "yes", "no"):
        screen.post(reverse("kiosk:ticket"), {"priority": priority, "key": KEY})
    assert list(Ticket.objects.order_by("number").values_list("is_priority", flat=True)) == [False, True]


@pytest.mark.parametrize(
    ("said", "said_then"),
    [
        ({"phone": "06 39 98 00 77", "first_name": "Odette"}, {"phone": "06 39 98 00 78", "first_name": "Moussa"}),
        ({"otherwise": "odette@example.org"}, {"otherwise": "moussa@example.org"}),
        ({"phone": "06 39 98 00 77"}, {"phone": "06 39 98 00 77", "note": "C’est pour mon voisin"}),
    ],
)
def test_another_person_is_called_too(cast, said, said_then):
    shown = []
    for who in (said, said_then, said):
        browser = Client()
        shown.append(text_of(browser.post(reverse("web:call_back_who"), {**who, "key": KEY}, follow=True)))
    first, second = HelpRequest.objects.order_by("pk")
    assert first.spoken_reference in shown[0]
    assert first.spoken_reference in shown[2]
    assert second.spoken_reference in shown[1]
    assert first.spoken_reference not in shown[1]
