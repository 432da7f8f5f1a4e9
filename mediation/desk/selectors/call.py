"""What one must know while somebody is on the phone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from shapely.geometry import shape

from directory import rules
from directory.models import Beneficiary
from directory.querysets import BeneficiaryQuerySet
from directory.selectors import likely_duplicates
from helpdesk.enums import AttendeeStatus, Mode
from helpdesk.models import Appointment, Attendee, EarlierWish, HelpRequest, Reason
from helpdesk.rules import receives
from helpdesk.selectors import Need, Slot, first_slots, missed_too_often
from mediation.activity.models import Demarche
from mediation.desk.party import Guest
from mediation.desk.reading import Query
from mediation.kernel import formats
from mediation.messaging.gateways import media_that_stay
from mediation.messaging.models import Message
from mediation.territory.models import Quartier
from sites.geography import Point, distance_km
from workshops.models import Registration, Workshop

MOST_PEOPLE = 8
MOST_DEMARCHES = 3
MOST_SLOTS = 9
# Shorter words ("de", "la") are in every démarche.
SHORTEST_WORD = 3


@dataclass(frozen=True)
class Found:
    """What the words in the search box may mean. ``has_more_people`` says that only the first are here."""

    people: list[Beneficiary]
    has_more_people: bool
    appointments: list[Appointment]
    registrations: list[Registration]
    requests: list[HelpRequest]
    demarches: list[Demarche]

    @property
    def count(self) -> int:
        """How many files, appointments, registrations and requests answer to the words."""
        return len(self.people) + len(self.appointments) + len(self.registrations) + len(self.requests)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is on file under these words."""
        return not self.count


def find(query: Query, user: Any, *, besides: Sequence[Guest] = ()) -> Found:
    """Look for people, what a reference names, and démarches, within what the agent may see."""
    appointments, registrations, requests = _referenced(query.reference, user) if query.reference else ([], [], [])
    known = _people(query, user).exclude(pk__in=[guest.person.pk for guest in besides if guest.person])
    people = list(known[: MOST_PEOPLE + 1])
    return Found(
        people=people[:MOST_PEOPLE],
        has_more_people=len(people) > MOST_PEOPLE,
        appointments=appointments,
        registrations=registrations,
        requests=requests,
        demarches=_demarches(query),
    )


def _referenced(reference: str, user: Any) -> tuple[list[Appointment], list[Registration], list[HelpRequest]]:
    """Return what has this reference: it is said on the telephone without saying what it is of."""
    registrations = Registration.objects.visible_to(user).select_related("workshop__engagement", "workshop__site")
    requests = HelpRequest.objects.visible_to(user).select_related("beneficiary")
    return (
        list(Appointment.objects.visible_to(user).for_pages().filter(reference=reference)),
        list(registrations.select_related("beneficiary").filter(reference=reference)),
        list(requests.filter(reference=reference)),
    )


def _people(query: Query, user: Any) -> BeneficiaryQuerySet:
    """Return people with this name, number or file reference, and those of what the reference names.

    A name or a number is enough: one said over the phone may be new.
    """
    visible = Beneficiary.objects.visible_to(user).select_related("quartier")
    wanted = Q(pk__in=[])
    for text in (query.name, query.number):
        if text:
            wanted |= Q(pk__in=visible.matching(text).order_by().values("pk"))
    if query.text:
        wanted |= Q(reference__iexact=query.text.replace("\x00", ""))
    for path in ("attendances__appointment__", "registrations__", "help_requests__") if query.reference else ():
        tied = visible.filter(**{f"{path}reference": query.reference})
        wanted |= Q(pk__in=tied.order_by().values("pk"))
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


@dataclass(frozen=True)
class OwnAppointment:
    """An appointment of the person on the phone, and what can be done with it now."""

    attendee: Attendee
    may_arrive: bool

    @property
    def appointment(self) -> Appointment:
        """The appointment itself."""
        return self.attendee.appointment


@dataclass(frozen=True)
class Standing:
    """What the person on the phone already has, as far as the agent may see."""

    appointments: list[OwnAppointment]
    registrations: list[Registration]
    requests: list[HelpRequest]
    duplicates: list[Beneficiary]
    often_missed: int


def standing_of(person: Beneficiary, user: Any) -> Standing:
    """Return what is open for somebody: appointments, workshops, requests, and files that may be theirs as well."""
    appointments = Appointment.objects.visible_to(user).for_pages().upcoming().filter(attendees__beneficiary=person)
    registrations = Registration.objects.visible_to(user).live().filter(beneficiary=person)
    coming = registrations.filter(workshop__in=Workshop.objects.upcoming())
    requests = HelpRequest.objects.visible_to(user).waiting().filter(beneficiary=person)
    return Standing(
        appointments=[_own(one, person, user) for one in appointments.order_by("engagement__starts_at", "pk")],
        registrations=list(
            coming.select_related("workshop__engagement", "workshop__site").order_by("workshop__engagement__starts_at")
        ),
        requests=list(requests),
        duplicates=likely_duplicates(person, user),
        often_missed=missed_too_often(person, user),
    )


def _own(appointment: Appointment, person: Beneficiary, user: Any) -> OwnAppointment:
    attendee = next(one for one in appointment.attendees.all() if one.beneficiary_id == person.pk)
    attendee.appointment = appointment
    is_expected = attendee.status == AttendeeStatus.UNKNOWN and attendee.arrived_at is None
    is_today = timezone.localdate(appointment.starts_at) == timezone.localdate()
    return OwnAppointment(attendee, is_expected and is_today and receives(user, appointment))


def appointment_to_move(uid: str, user: Any) -> Appointment | None:
    """Return the appointment that the page names, if the agent may see it."""
    try:
        wanted = UUID(uid)
    except ValueError:
        return None
    return Appointment.objects.visible_to(user).for_pages().filter(uid=wanted).first()


def centre_of(quartier: Quartier | None) -> Point | None:
    """Return a point in the middle of a quartier, to look for what is near; nothing is known of an address."""
    if quartier is None:
        return None
    point = shape(quartier.outline).representative_point()
    return point.y, point.x


@dataclass(frozen=True)
class SlotLine:
    """One slot as the desk reads it out. ``key`` is the digit that chooses it; ``distance_km`` is None if unknown.

    ``mode`` says how one is received, "" where it can only be at the place that the line names.
    """

    key: int
    slot: Slot
    distance_km: float | None
    is_partner: bool
    mode: str


def slots_for(need: Need) -> list[Slot]:
    """Return the first slots that answer the need, as many as there are digits to choose them."""
    return first_slots(need, limit=MOST_SLOTS) if need.reason else []


def slot_lines(slots: list[Slot], user: Any, *, near: Point | None, mode: str) -> list[SlotLine]:
    """Number the slots; a partner's are marked, for the person will go to another organisation."""
    own = rules.organisation_ids(user)
    return [
        SlotLine(
            number, slot, _distance(slot, near), slot.mediator.organisation_id not in own, _mode(slot.reason, mode)
        )
        for number, slot in enumerate(slots, start=1)
    ]


def _mode(reason: Reason, wanted: str) -> str:
    """Return how one is received, as booking decides it: what was chosen, else the first way of the reason."""
    if reason.modes == [Mode.SITE]:
        return ""
    return str(Mode(wanted if wanted in reason.modes else reason.modes[0]).label)


def _distance(slot: Slot, near: Point | None) -> float | None:
    """Return how far the slot's place is, in kilometres."""
    if near is None or slot.site.latitude is None or slot.site.longitude is None:
        return None
    return round(distance_km(near, (slot.site.latitude, slot.site.longitude)), 1)


@dataclass(frozen=True)
class Booking:
    """An appointment just taken or moved, what the person will be told, and whether they would come earlier."""

    appointment: Appointment
    messages: list[Message]
    wish: EarlierWish | None
    may_wish: bool

    @property
    def was_moved(self) -> bool:
        """Whether it stood at another time before."""
        return self.appointment.version > 1

    @property
    def staying(self) -> frozenset[str]:
        """The media that nothing carries out of here: nobody may be promised what they say."""
        return media_that_stay()


def booking(appointment: Appointment) -> Booking:
    """Return what to read out: the messages are those of the appointment's present state."""
    planned = Message.objects.about(f"appointment:{appointment.uid}").filter(voided_at=None)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return Booking(
        appointment,
        list(planned.filter(version=appointment.version).order_by("due_at", "pk")),
        wish=appointment.wishes.filter(closed_at=None).first(),
        # Nothing earlier than today can be freed and reach anybody in time.
        may_wish=timezone.localdate(appointment.starts_at) > tomorrow,
    )


@dataclass(frozen=True)
class Noted:
    """A request for help that was just noted, with what the person will be told."""

    request: HelpRequest
    messages: list[Message]

    @property
    def staying(self) -> frozenset[str]:
        """The media that nothing carries out of here: nobody may be promised what they say."""
        return media_that_stay()


def noted(request: HelpRequest) -> Noted:
    """Return what to read out."""
    planned = Message.objects.about(f"help_request:{request.uid}").filter(voided_at=None)
    return Noted(request, list(planned.order_by("due_at", "pk")))
