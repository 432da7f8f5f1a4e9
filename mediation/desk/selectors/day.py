"""Today: who is expected, who has come, what is left to do."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.models import Mediator
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.selectors import Need, Slot, first_slots, reports_here
from workshops.models import Workshop

TONES: dict[str, str] = {AttendeeStatus.SEEN: "ok", AttendeeStatus.NOSHOW: "warn"}


@dataclass(frozen=True)
class Arrival:
    """One person expected today, and what can be noted of them now."""

    attendee: Attendee
    appointment: Appointment
    now: dt.datetime

    @property
    def is_waiting(self) -> bool:
        """Whether the person has come and nobody has received them yet."""
        return self.attendee.status == AttendeeStatus.UNKNOWN and self.attendee.arrived_at is not None

    @property
    def is_expected(self) -> bool:
        """Whether nothing is noted yet."""
        return self.attendee.status == AttendeeStatus.UNKNOWN and self.attendee.arrived_at is None

    @property
    def is_late(self) -> bool:
        """Whether the hour has come without the person."""
        return self.is_expected and self.appointment.starts_at <= self.now

    @property
    def is_decided(self) -> bool:
        """Whether it is known that the person was received or did not come."""
        return self.attendee.status != AttendeeStatus.UNKNOWN

    @property
    def may_be_undone(self) -> bool:
        """Whether something was noted that can be taken back."""
        return not self.is_expected and self.appointment.activity_id is None

    @property
    def may_be_reported(self) -> bool:
        """Whether the person is here or was received, and a report is due here: La Coop's people report there."""
        if self.appointment.activity_id or not reports_here(self.appointment):
            return False
        return self.is_waiting or self.attendee.status == AttendeeStatus.SEEN

    @property
    def tone(self) -> str:
        """The tone of the state's badge."""
        if self.is_waiting:
            return "info"
        return TONES.get(self.attendee.status, "plain")


def arrivals_today(user: Any) -> list[Arrival]:
    """Return everybody whom the organisations of an agent receive today, by the hour."""
    colleagues = Mediator.objects.of_colleagues(user).values("pk")
    return _arrivals(Appointment.objects.visible_to(user).filter(engagement__mediator__in=colleagues))


def _arrivals(appointments: Any) -> list[Arrival]:
    """Return one line for each person of today's appointments."""
    now = timezone.now()
    rows = appointments.standing().on(timezone.localdate(now)).for_pages().order_by("engagement__starts_at", "pk")
    return [Arrival(attendee, appointment, now) for appointment in rows for attendee in appointment.attendees.all()]


@dataclass(frozen=True)
class Moment:
    """One line of a mediator's time line: an appointment with its people, or a workshop."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    appointment: Appointment | None = None
    arrivals: tuple[Arrival, ...] = ()
    workshop: Workshop | None = None


@dataclass(frozen=True)
class MediatorDay:
    """A mediator's day."""

    moments: list[Moment]
    waiting: list[Arrival]
    next_slot: Slot | None
    to_report: list[Appointment]


def mediator_day(mediator: Mediator) -> MediatorDay:
    """Return the time line of a mediator's day, who waits, when the next free slot is and what is left to report."""
    own = Appointment.objects.filter(engagement__mediator=mediator)
    arrivals = _arrivals(own)
    moments = [*_appointment_moments(arrivals), *_workshop_moments(mediator)]
    return MediatorDay(
        moments=sorted(moments, key=lambda moment: moment.starts_at),
        waiting=[arrival for arrival in arrivals if arrival.is_waiting],
        next_slot=next(iter(first_slots(Need(reason=None, mediator=mediator), limit=1)), None),
        to_report=list(own.to_report().for_pages().order_by("engagement__starts_at", "pk")),
    )


def _appointment_moments(arrivals: list[Arrival]) -> list[Moment]:
    """Gather the people of each appointment."""
    people: dict[Appointment, list[Arrival]] = {}
    for arrival in arrivals:
        people.setdefault(arrival.appointment, []).append(arrival)
    return [
        Moment(appointment.starts_at, appointment.ends_at, appointment=appointment, arrivals=tuple(expected))
        for appointment, expected in people.items()
    ]


def _workshop_moments(mediator: Mediator) -> list[Moment]:
    """Return the workshops that the mediator leads today."""
    today = timezone.localdate()
    start = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=1), dt.time.min))
    workshops = (
        Workshop.objects.standing()
        .for_pages()
        .with_seats()
        .filter(engagement__mediator=mediator, engagement__starts_at__gte=start, engagement__starts_at__lt=end)
    )
    return [Moment(workshop.starts_at, workshop.ends_at, workshop=workshop) for workshop in workshops]
