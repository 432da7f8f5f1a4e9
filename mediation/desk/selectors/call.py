"""What one must know while somebody is on the phone."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from shapely.geometry import shape

from directory import rules
from directory.models import Beneficiary
from directory.querysets import BeneficiaryQuerySet
from helpdesk.models import Appointment
from helpdesk.selectors import Need, Slot, first_slots
from mediation.activity.models import Demarche
from mediation.desk.reading import Query
from mediation.kernel import formats
from mediation.messaging.models import Message
from mediation.territory.models import Quartier
from sites.geography import distance_km

MOST_PEOPLE = 8
MOST_DEMARCHES = 3
MOST_SLOTS = 9
# Shorter words ("de", "la") are in every démarche.
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Found:
    """What the words in the search box may mean."""

    people: list[Beneficiary]
    appointments: list[Appointment]
    demarches: list[Demarche]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on file under these words."""
        return not (self.people or self.appointments)


def find(query: Query, user: Any) -> Found:
    """Look for people, appointments and démarches, within what the agent may see."""
    appointments = Appointment.objects.visible_to(user).for_pages().filter(reference=query.reference)
    return Found(
        people=list(_people(query, user)[:MOST_PEOPLE]),
        appointments=list(appointments) if query.reference else [],
        demarches=_demarches(query),
    )


def _people(query: Query, user: Any) -> BeneficiaryQuerySet:
    """Return people with this name or this number: a number said over the phone may be a new one."""
    visible = Beneficiary.objects.visible_to(user).select_related("quartier")
    wanted = Q(pk__in=[])
    for text in (query.name, query.phone):
        if text:
            wanted |= Q(pk__in=visible.matching(text).order_by().values("pk"))
    return visible.filter(wanted)


def _demarches(query: Query) -> list[Demarche]:
    """Return the démarches whose everyday words hold every word that was typed."""
    words = [word for word in formats.searchable(query.name).split() if len(word) >= SHORTEST_WORD]
    if not words:
        return []
    found = Demarche.objects.filter(is_active=True)
    for word in words:
        found = found.filter(search_words__contains=word)
    return list(found[:MOST_DEMARCHES])


def appointments_of(person: Beneficiary, user: Any) -> list[Appointment]:
    """Return somebody's appointments to come, those that the agent's organisations receive or booked."""
    return list(Appointment.objects.visible_to(user).for_pages().upcoming().filter(attendees__beneficiary=person))


def centre_of(quartier: Quartier | None) -> tuple[float, float] | None:
    """Return a point in the middle of a quartier, to look for what is near; nothing is known of an address."""
    if quartier is None:
        return None
    point = shape(quartier.outline).representative_point()
    return point.y, point.x


@dataclass(frozen=True)
class SlotLine:
    """One slot as the desk reads it out. ``key`` is the digit that chooses it; ``distance_km`` is None if unknown."""

    key: int
    slot: Slot
    distance_km: float | None
    is_partner: bool


def slots_for(need: Need, user: Any) -> list[SlotLine]:
    """Return the first slots that answer the need, as many as there are digits to choose them."""
    return slot_lines(first_slots(need, limit=MOST_SLOTS), user, need.near) if need.reason else []


def slot_lines(slots: list[Slot], user: Any, near: tuple[float, float] | None) -> list[SlotLine]:
    """Number the slots; a partner's are marked, for the person will go to another organisation."""
    own = rules.organisation_ids(user)
    return [
        SlotLine(number, slot, _distance(slot, near), slot.mediator.organisation_id not in own)
        for number, slot in enumerate(slots, start=1)
    ]


def _distance(slot: Slot, near: tuple[float, float] | None) -> float | None:
    """Return how far the slot's place is, in kilometres."""
    if near is None or slot.site.latitude is None or slot.site.longitude is None:
        return None
    return round(distance_km(near, (slot.site.latitude, slot.site.longitude)), 1)


@dataclass(frozen=True)
class Booking:
    """An appointment that was just taken, with what the person will be told."""

    appointment: Appointment
    messages: list[Message]


def booking(appointment: Appointment) -> Booking:
    """Return what to read out: the messages are those of the appointment's present state."""
    planned = Message.objects.about(f"appointment:{appointment.uid}").filter(voided_at=None)
    return Booking(appointment, list(planned.filter(version=appointment.version).order_by("due_at", "pk")))
