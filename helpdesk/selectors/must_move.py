"""Appointments that cannot stay where they are, whom to call first, and a new time for each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.enums import ReceptionNeed
from directory.models import Beneficiary, Organisation
from helpdesk.enums import AttendeeStatus, Cause, Mode
from helpdesk.expansion import instant
from helpdesk.models import Absence, Appointment, HelpRequest
from helpdesk.querysets import AppointmentQuerySet
from helpdesk.selectors.hindrances import Hindrances
from helpdesk.selectors.proposals import propose
from helpdesk.selectors.slots import HORIZON_DAYS, Slot
from mediation.messaging.selectors import Way, ways_to_reach
from mediation.territory.selectors import SchoolCalendar
from sites.models import Closure

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class ToTell:
    """One person to tell, and whether a message reaches them."""

    person: Beneficiary
    by_message: bool
    needs: tuple[str, ...]


@dataclass(frozen=True)
class MustMove:
    """An appointment that must move: why, to when, and whom to tell how. ``is_asked``: somebody calls them already."""

    appointment: Appointment
    why: str
    people: tuple[ToTell, ...]
    proposal: Slot | None
    call_first: bool
    is_asked: bool

    @property
    def value(self) -> str:
        """What the form sends back: this appointment as it stands now, to the time that was shown."""
        token = self.proposal.token if self.proposal else ""
        return f"{self.appointment.uid.hex}:{self.appointment.version}:{token}"

    @property
    def is_chosen(self) -> bool:
        """Whether it is ticked at first: not where nobody needs the place, nor where only a call can help."""
        return self.appointment.mode == Mode.SITE and (self.proposal is not None or not self.is_asked)


@dataclass(frozen=True)
class OtherTeam:
    """An organisation that receives, and how many of its appointments must move that the reader may not see."""

    organisation: Organisation
    count: int


def must_move(
    *,
    user: Any,
    absence: Absence | None = None,
    closure: Closure | None = None,
    day: dt.date | None = None,
) -> list[MustMove]:
    """Return what must move because of an absence, a closure or on a day; without any, whatever the cause.

    Those to call first come first: today's and tomorrow's, who no message reaches, who has a need. No two proposals
    are for the same time of the same mediator.
    """
    wanted = Appointment.objects.visible_to(user)
    why = _in_the_way(wanted, absence=absence, closure=closure, day=day)
    appointments = list(wanted.for_pages().filter(pk__in=why).order_by("engagement__starts_at", "pk"))
    proposals = propose(appointments)
    ways = ways_to_reach(attendee.beneficiary for one in appointments for attendee in one.attendees.all())
    asked = set(
        HelpRequest.objects.filter(
            appointment__in=appointments, cause=Cause.MUST_MOVE, closed_at__isnull=True
        ).values_list("appointment", flat=True)
    )
    lines = [_line(one, why[one.pk], ways, proposals.get(one.pk), is_asked=one.pk in asked) for one in appointments]
    return sorted(lines, key=lambda line: not line.call_first)


def count_must_move(*, user: Any) -> int:
    """Return how many appointments that the user sees must move."""
    return len(_in_the_way(Appointment.objects.visible_to(user)))


def hidden_must_move(*, user: Any, absence: Absence | None = None, closure: Closure | None = None) -> list[OtherTeam]:
    """Return who must move appointments that the user may not see, and how many: their own team does it."""
    every = _in_the_way(Appointment.objects.all(), absence=absence, closure=closure)
    seen = _in_the_way(Appointment.objects.visible_to(user), absence=absence, closure=closure)
    hidden = Appointment.objects.filter(pk__in=every.keys() - seen.keys())
    counts = Counter(hidden.values_list("engagement__mediator__organisation", flat=True))
    teams = Organisation.objects.filter(pk__in=counts).order_by("name", "pk")
    return [OtherTeam(team, counts[team.pk]) for team in teams]


def _in_the_way(
    wanted: AppointmentQuerySet,
    *,
    absence: Absence | None = None,
    closure: Closure | None = None,
    day: dt.date | None = None,
) -> dict[int, str]:
    """Return why each of these appointments cannot stay, by key; those that can are absent.

    Read in narrow rows and told here rather than by SQL: what comes back every month is no comparison of columns.
    """
    expected = wanted.upcoming().filter(attendees__status=AttendeeStatus.UNKNOWN)
    if absence:
        expected = expected.filter(engagement__mediator=absence.mediator)
    if closure:
        expected = expected.filter(site=closure.site)
    if day:
        expected = expected.on(day)
    columns = ("pk", "engagement__mediator", "site", "engagement__starts_at", "engagement__ends_at")
    rows = list(expected.values_list(*columns).distinct())
    hindrances = _hindrances(rows, absence, closure)
    found = {pk: hindrances.at(mediator, site, (start, end)) for pk, mediator, site, start, end in rows}
    return {pk: why for pk, why in found.items() if why}


def _hindrances(rows: Iterable[tuple], absence: Absence | None, closure: Closure | None) -> Hindrances:
    now, zone = timezone.now(), timezone.get_default_timezone()
    # An agent may book on the last day of the horizon; nothing stands later.
    end = instant(timezone.localdate(now) + DAY * (HORIZON_DAYS + 1), dt.time.min, zone)
    period = (now, end)
    if absence or closure:
        absences, closures = [absence] if absence else [], [closure] if closure else []
        return Hindrances(period, absences=absences, closures=closures, school=SchoolCalendar.read())
    return Hindrances.read(period, mediators={row[1] for row in rows}, sites={row[2] for row in rows})


def _line(
    appointment: Appointment, why: str, ways: dict[int, Way], proposal: Slot | None, *, is_asked: bool
) -> MustMove:
    labels = dict(ReceptionNeed.choices)
    people = tuple(
        ToTell(person, ways[person.pk].is_message, tuple(str(labels.get(n, n)) for n in person.reception_needs))
        for person in (attendee.beneficiary for attendee in appointment.attendees.all())
    )
    is_soon = timezone.localdate(appointment.starts_at) <= timezone.localdate() + DAY
    call_first = is_soon or any(one.needs or not one.by_message for one in people)
    return MustMove(appointment, why, people, proposal, call_first, is_asked)
