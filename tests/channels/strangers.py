"""What anybody may send without account, filled in by somebody who is easy to find again."""

from django.test import Client
from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.kernel.limits import Limit
from tests.cast import Cast, at
from workshops.models import Workshop
from workshops.services import open_workshop

HERE = "127.0.0.1"
FIRST, LAST, NOTE = "Zéphirine", "Quatremarre", "courrier jauni"
PHONE, PHONE_DIGITS = "06 39 98 55 66", "639985566"
PERSON = {"first_name": FIRST, "last_name": LAST, "phone": PHONE}


def a_workshop(cast: Cast) -> Workshop:
    return open_workshop(
        title="Premiers clics",
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        mediator=cast.amina_mediator,
        site=cast.empalot,
        capacity=8,
        themes=["hardware"],
        by=Actor.at_desk(cast.claire),
    )


def slot_of(cast: Cast, index: int = 0) -> Slot:
    return first_slots(Need(reason=cast.admin_help, for_self_service=True), limit=index + 1)[index]


def booked(cast: Cast) -> Appointment:
    return book(slot=slot_of(cast), people=[cast.lucette], by=Actor.at_desk(cast.claire))


def use_up(limit: Limit, who: str = HERE) -> None:
    for _time in range(limit.most):
        limit.count(who)


def writes(cast: Cast, workshop: Workshop) -> dict[str, tuple[str, dict[str, str]]]:
    """Return every form that anybody may send, filled in."""
    return {
        "appointment": (reverse("web:book_who"), {"slot": slot_of(cast).token, **PERSON}),
        "workshop": (reverse("web:workshop", args=[workshop.uid]), PERSON),
        "call_back": (reverse("web:call_back_who"), {"phone": PHONE, "first_name": FIRST}),
        "error_report": (reverse("web:place_report", args=[cast.empalot.uid]), {"subject": "hours", "text": "Fermé"}),
    }


def find(client: Client, reference: str, secret: str, **extra: str):
    return client.post(reverse("web:appointment"), {"reference": reference, "secret": secret}, **extra)
