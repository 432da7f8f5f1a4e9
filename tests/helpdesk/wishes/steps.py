"""What tests of kept and offered times do again and again."""

import datetime as dt

from directory.models import Beneficiary, Engagement
from helpdesk import services
from helpdesk.models import Appointment, EarlierOffer
from mediation.accounts.actor import Actor, Door
from tests.helpdesk.steps import slot_at

RESIDENT = Actor(door=Door.WEB)


def book(cast, start: dt.datetime, person: Beneficiary) -> Appointment:
    return services.book(slot=slot_at(cast, start), people=[person], by=Actor.at_desk(cast.claire))


def somebody(name: str, number: int) -> Beneficiary:
    return Beneficiary.objects.create(first_name=name, phone_typed=f"06 39 98 10 {number:02}")


def cancel(appointment: Appointment, **more) -> Appointment:
    return services.cancel(appointment=appointment, by=RESIDENT, asked_by_person=True, **more)


def offers() -> list[tuple[str, str]]:
    """Return whom something was offered and what became of it, first offer first."""
    rows = EarlierOffer.objects.order_by("pk").select_related("wish__appointment")
    return [(str(one.wish.appointment.attendees.get().beneficiary), one.state) for one in rows]


def is_free(cast, start: dt.datetime) -> bool:
    return not Engagement.objects.standing().filter(mediator=cast.amina_mediator, starts_at=start).exists()
