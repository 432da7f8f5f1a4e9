"""The agenda of a mediator or a place: what is taken, what is free, what is shut, day by day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from helpdesk.expansion import Span, instant, opens_on, subtract
from helpdesk.models import Absence, Appointment, OpeningPeriod
from helpdesk.selectors.appointments import tone_of
from helpdesk.wording import hours
from mediation.territory.selectors import public_holiday
from sites.models import Closure, Site

NOON = dt.time(13)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One stretch of the agenda. ``appointment`` is there for those that the reader may see."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    kind: str  # appointment, workshop, taken, absence, free
    mediator: Mediator
    title: str = ""
    site: Site | None = None
    appointment: Appointment | None = None
    state: str = ""
    tone: str = ""

    @property
    def hours(self) -> str:
        """From when to when, or the whole day."""
        return hours(self.starts_at, self.ends_at)

    @property
    def is_morning(self) -> bool:
        """Whether it starts before the afternoon."""
        return timezone.localtime(self.starts_at).time() < NOON


@dataclass
class AgendaDay:
    """One day, in order. ``notes`` say why nobody is received: holiday, closure."""

    day: dt.date
    is_today: bool
    notes: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def iso(self) -> str:
        """The day as an address says it."""
        return self.day.isoformat()

    @property
    def halves(self) -> list[tuple[str, list[Entry]]]:
        """The morning and the afternoon."""
        return [
            (_("Matin"), [entry for entry in self.entries if entry.is_morning]),
            (_("Après-midi"), [entry for entry in self.entries if not entry.is_morning]),
        ]


def agenda(
    *, user: Any, first_day: dt.date, last_day: dt.date, mediator: Mediator | None = None, site: Site | None = None
) -> list[AgendaDay]:
    """Return the days of one mediator, or of everybody who receives at one site.

    Time that is taken by what the reader may not see is "Pris", without more.
    """
    return _Agenda(user, first_day, last_day, mediator, site).days()


class _Agenda:
    """Reads each kind of row once for the whole period, then draws the days."""

    def __init__(
        self, user: Any, first_day: dt.date, last_day: dt.date, mediator: Mediator | None, site: Site | None
    ) -> None:
        self.zone = timezone.get_default_timezone()
        self.first_day, self.last_day = first_day, last_day
        self.mediator, self.site = mediator, site
        self.span: Span = (instant(first_day, dt.time.min, self.zone), instant(last_day + DAY, dt.time.min, self.zone))
        self.periods = self._read_periods()
        self.appointments = self._read_appointments(user)
        self.absences = self._read_absences()
        self.engagements = self._read_engagements()
        self.closures = self._read_closures()

    def days(self) -> list[AgendaDay]:
        """Return every day of the period, also those without anything."""
        today = timezone.localdate()
        days = [
            AgendaDay(day=self.first_day + DAY * offset, is_today=self.first_day + DAY * offset == today)
            for offset in range((self.last_day - self.first_day).days + 1)
        ]
        for day in days:
            day.notes.extend(self._notes(day.day))
            day.entries.extend(sorted(self._entries(day.day), key=lambda entry: (entry.starts_at, entry.mediator.pk)))
        return days

    def _notes(self, day: dt.date) -> Iterable[str]:
        if holiday := public_holiday(day):
            yield holiday
        shown = {period.site_id for period in self._open(day)} | ({self.site.pk} if self.site else set())
        for closure in self.closures:
            if closure.site_id in shown and closure.starts_on <= day <= closure.ends_on:
                reason = f" : {closure.reason}" if closure.reason else ""
                yield _("%(place)s fermé%(reason)s") % {"place": closure.site, "reason": reason}

    def _entries(self, day: dt.date) -> Iterable[Entry]:
        start, end = instant(day, dt.time.min, self.zone), instant(day + DAY, dt.time.min, self.zone)
        shown = set()
        for appointment in self.appointments:
            engagement = appointment.engagement
            if start <= engagement.starts_at < end:
                shown.add(engagement.pk)
                yield _of_appointment(appointment)
        for engagement in self.engagements:
            if start <= engagement.starts_at < end and engagement.pk not in shown and self._concerns(engagement, day):
                yield _of_engagement(engagement)
        for absence in self.absences:
            if absence.starts_at < end and absence.ends_at > start:
                yield Entry(
                    max(absence.starts_at, start),
                    min(absence.ends_at, end),
                    "absence",
                    absence.mediator,
                    absence.label or _("Absence"),
                )
        yield from self._free(day)

    def _free(self, day: dt.date) -> Iterable[Entry]:
        """Yield what is left of the opening periods."""
        if public_holiday(day):
            return
        taken: dict[int, list[Span]] = defaultdict(list)
        for row in [*self.engagements, *self.absences]:
            taken[row.mediator_id].append((row.starts_at, row.ends_at))
        for period in self._open(day):
            if any(c.site_id == period.site_id and c.starts_on <= day <= c.ends_on for c in self.closures):
                continue
            for start, end in subtract(self._span(period, day), taken[period.mediator_id]):
                yield Entry(start, end, "free", period.mediator, _("Libre"), period.site)

    def _open(self, day: dt.date) -> list[OpeningPeriod]:
        return [
            period
            for period in self.periods
            if opens_on(day, recurrence=period.recurrence, first_day=period.first_day, last_day=period.last_day)
        ]

    def _span(self, period: OpeningPeriod, day: dt.date) -> Span:
        return instant(day, period.start_time, self.zone), instant(day, period.end_time, self.zone)

    def _concerns(self, engagement: Engagement, day: dt.date) -> bool:
        """Say whether somebody's time belongs on this page: on a place's, only while they should receive there."""
        if self.site is None:
            return True
        return any(
            period.mediator_id == engagement.mediator_id
            and self._span(period, day)[0] < engagement.ends_at
            and self._span(period, day)[1] > engagement.starts_at
            for period in self._open(day)
        )

    # --- What is read ----------------------------------------------------------------------------------------------

    def _read_periods(self) -> list[OpeningPeriod]:
        wanted = Q(mediator=self.mediator) if self.mediator else Q(site=self.site, mediator__is_active=True)
        periods = OpeningPeriod.objects.touching(self.first_day, self.last_day).filter(wanted)
        return list(periods.select_related("mediator", "site"))

    def _read_appointments(self, user: Any) -> list[Appointment]:
        wanted = Q(engagement__mediator=self.mediator) if self.mediator else Q(site=self.site)
        start, end = self.span
        appointments = Appointment.objects.visible_to(user).standing().for_pages().filter(wanted)
        return list(appointments.filter(engagement__starts_at__gte=start, engagement__starts_at__lt=end))

    def _mediator_ids(self) -> set[int]:
        return {self.mediator.pk} if self.mediator else {period.mediator_id for period in self.periods}

    def _read_absences(self) -> list[Absence]:
        rows = Absence.objects.between(*self.span).filter(mediator__in=self._mediator_ids())
        return list(rows.select_related("mediator"))

    def _read_engagements(self) -> list[Engagement]:
        rows = Engagement.objects.standing().between(*self.span).filter(mediator__in=self._mediator_ids())
        return list(rows.select_related("mediator"))

    def _read_closures(self) -> list[Closure]:
        site_ids = {period.site_id for period in self.periods} | ({self.site.pk} if self.site else set())
        rows = Closure.objects.filter(site__in=site_ids, starts_on__lte=self.last_day, ends_on__gte=self.first_day)
        return list(rows.select_related("site"))


def _of_appointment(appointment: Appointment) -> Entry:
    engagement = appointment.engagement
    attendees = list(appointment.attendees.all())
    states = list(dict.fromkeys(attendee.state_label for attendee in attendees))
    return Entry(
        engagement.starts_at,
        engagement.ends_at,
        "appointment",
        engagement.mediator,
        ", ".join(attendee.beneficiary.full_name for attendee in attendees),
        appointment.site,
        appointment,
        state=", ".join(states),
        tone=tone_of(attendees[0]) if len(states) == 1 else "info",
    )


def _of_engagement(engagement: Engagement) -> Entry:
    is_workshop = engagement.kind == EngagementKind.WORKSHOP
    kind, title = ("workshop", _("Atelier")) if is_workshop else ("taken", _("Pris"))
    return Entry(engagement.starts_at, engagement.ends_at, kind, engagement.mediator, title)
