"""« J’ai rendez-vous » at the kiosk: whoever receives learns it, the screen never says what it knows."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor, Door
from mediation.channels.enums import CallReason
from mediation.channels.kiosk import limits
from mediation.channels.kiosk.services import add_device
from mediation.channels.models import CallForHelp
from sites.models import Reservation, Workstation
from sites.services import reserve
from tests.cast import at
from workshops.services import open_workshop, register

pytestmark = pytest.mark.usefixtures("now")
ARRIVAL, THANKS = reverse("kiosk:arrival"), reverse("kiosk:arrived")


@pytest.fixture
def kiosk(cast) -> Client:
    """A screen at the library of Empalot, where Amina receives until noon."""
    _device, code = add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    return screen


def booked(cast, site, *, day=0) -> Appointment:
    """Return Lucette's first appointment of today (or of a later week) at ``site``."""
    slots = first_slots(Need(reason=cast.any_need, sites=[site.pk]), limit=40)
    slot = next(slot for slot in slots if slot.starts_at >= at(0, days=day))
    return book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))


def told(kiosk, reference: str, secret: str) -> str:
    """Return what the screen says in the end, without what differs from one page to the next."""
    answer = kiosk.post(ARRIVAL, {"reference": reference, "secret": secret})
    assert answer.url == THANKS
    return re.sub(r'value="[^"]{64}"', "", kiosk.get(answer.url).content.decode())


def test_the_code_or_the_end_of_the_number_tells_the_mediator(kiosk, cast, sign_in):
    for secret in ("code", "number"):
        appointment = booked(cast, cast.empalot)
        asked = kiosk.post(ARRIVAL, {"reference": appointment.reference})
        assert "Quel est votre code" in asked.content.decode()
        assert appointment.reference not in asked.request["QUERY_STRING"]
        told(kiosk, appointment.reference, appointment.code if secret == "code" else cast.lucette.phone[-4:])
        assert appointment.attendees.get().arrived_at
    assert "Arrivé" in sign_in(cast.amina).get(reverse("desk:today")).content.decode()


def test_nothing_is_revealed_and_nothing_changes(kiosk, cast):
    """The same words for a right pair, a wrong one, another day, another place and a cancelled appointment."""
    here, elsewhere = booked(cast, cast.empalot), booked(cast, cast.bellefontaine)
    later, cancelled = booked(cast, cast.empalot, day=7), booked(cast, cast.empalot)
    cancel(appointment=cancelled, by=Actor.at_desk(cast.claire), asked_by_person=True)
    wrong = "0000" if here.code != "0000" else "1111"
    pairs = [(one.reference, one.code) for one in (elsewhere, later, cancelled)]
    answers = {told(kiosk, *pair) for pair in [*pairs, ("00000000", "0000"), (here.reference, wrong)]}
    assert not Appointment.objects.filter(attendees__arrived_at__isnull=False).exists()
    answers.add(told(kiosk, here.reference, here.code))
    assert len(answers) == 1
    assert here.attendees.get().arrived_at
    assert not CallForHelp.objects.exists()


def test_telling_twice_or_too_late_changes_nothing(kiosk, cast):
    appointment = booked(cast, cast.empalot)
    appointment.attendees.update(status=AttendeeStatus.SEEN)
    told(kiosk, appointment.reference, appointment.code)
    assert appointment.attendees.get().arrived_at is None


@pytest.mark.parametrize(("limit", "reference"), [("ARRIVALS_OF", "same"), ("ARRIVALS_AT", "others")])
def test_attempts_are_limited_right_or_wrong(kiosk, cast, monkeypatch, limit, reference):
    """A right pair is refused too once there were too many: otherwise the refusal would tell."""
    monkeypatch.setattr(limits, limit, replace(getattr(limits, limit), most=2))
    appointment = booked(cast, cast.empalot)
    for number in range(2):
        typed = appointment.reference if reference == "same" else f"0000000{number}"
        told(kiosk, typed, "0000" if appointment.code != "0000" else "1111")
    refused = kiosk.post(ARRIVAL, {"reference": appointment.reference, "secret": appointment.code})
    assert refused.status_code == 429
    assert "Appeler quelqu’un" in refused.content.decode()
    assert appointment.attendees.get().arrived_at is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"reference": ""}, "Tapez les huit chiffres"),
        ({"reference": "12 34"}, "Une référence a huit chiffres"),
        ({"reference": "48 21 07 33", "secret": ""}, "Tapez quatre chiffres"),
        ({"reference": "48 21 07 33", "secret": "12"}, "Un code a quatre chiffres"),
    ],
)
def test_what_cannot_be_right_is_asked_again(kiosk, typed, problem):
    answer = kiosk.post(ARRIVAL, typed)
    assert answer.status_code == 200
    assert problem in answer.content.decode()


def test_whoever_comes_for_a_workshop_is_announced(kiosk, cast, sign_in):
    desk = Actor.at_desk(cast.claire)
    workshop = open_workshop(
        title="Premiers clics",
        mediator=cast.amina_mediator,
        site=cast.empalot,
        starts_at=at(14),
        ends_at=at(16),
        capacity=2,
        themes=["hardware"],
        by=desk,
    )
    registration = register(workshop=workshop, beneficiary=cast.lucette, by=desk)
    told(kiosk, registration.reference, registration.code)
    call = CallForHelp.objects.get()
    assert (call.reason, call.expected_at) == (CallReason.WORKSHOP, at(14))
    page = sign_in(cast.amina).get(reverse("kiosk:calls")).content.decode()
    assert "Quelqu’un est là pour l’atelier, 14" in page
    assert "Lucette" not in page


def test_whoever_reserved_a_computer_keeps_it_and_is_announced(kiosk, cast):
    Workstation.objects.create(site=cast.bellefontaine, label="Poste 9")
    here, elsewhere = (
        reserve(site=site, starts_at=at(10), by=Actor(door=Door.WEB)) for site in (cast.empalot, cast.bellefontaine)
    )
    tomorrow = reserve(site=cast.empalot, starts_at=at(10, days=1), by=Actor(door=Door.WEB))
    answers = {told(kiosk, one.reference, one.code) for one in (here, elsewhere, tomorrow)}
    assert len(answers) == 1
    assert Reservation.objects.exclude(arrived_at=None).get() == here
    assert CallForHelp.objects.get().expected_at == at(10)


def test_without_code_the_hour_is_enough_and_somebody_comes(kiosk, cast, sign_in):
    booked(cast, cast.empalot)
    screen = kiosk.get(reverse("kiosk:arrival_hour")).content.decode()
    hours = re.findall(r'name="hour"\s+value="(\d\d:\d\d)"', screen)
    assert hours == ["08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]
    Appointment.objects.all().delete()
    assert re.findall(
        r'name="hour"\s+value="(\d\d:\d\d)"', kiosk.get(reverse("kiosk:arrival_hour")).content.decode()
    ) == (hours), "the hours say nothing of what is planned"
    for _touch in range(2):
        assert kiosk.post(reverse("kiosk:arrival_hour"), {"hour": "09:30"}).url == reverse("kiosk:called")
    kiosk.post(reverse("kiosk:arrival_hour"), {"hour": ""})
    assert [(call.reason, call.expected_at) for call in CallForHelp.objects.order_by("pk")] == [
        (CallReason.NO_CODE, at(9, 30)),
        (CallReason.NO_CODE, None),
    ]
    desk = sign_in(cast.claire)
    calls = reverse("kiosk:calls")
    assert "sans sa référence, 9" in desk.get(calls).content.decode()
    first = CallForHelp.objects.earliest("pk")
    desk.post(reverse("kiosk:answer_call", args=[first.pk]))
    assert desk.get(calls).content.decode().count("sans sa référence") == 1


def test_an_hour_that_is_none_is_asked_again(kiosk):
    assert kiosk.post(reverse("kiosk:arrival_hour"), {"hour": "99:99"}).status_code == 200
    assert not CallForHelp.objects.exists()
