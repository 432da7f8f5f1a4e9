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
from helpdesk.enums import AttendeeStatus
from helpdesk.expansion import Span, instant, subtract
from helpdesk.models import Absence, Appointment, OpeningPeriod
from helpdesk.selectors.agenda_table import Entry, Row, rows_of
from helpdesk.selectors.appointments import tone_of
from helpdesk.selectors.hindrances import Hindrances, in_words
from helpdesk.selectors.taken import taken_time
from mediation.territory.selectors import SchoolCalendar, public_holiday
from sites.models import Site

DAY = dt.timedelta(days=1)
# From where five minutes are counted.
MIDNIGHT = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
# Nobody books a stretch that is about to end.
SHORTEST_FREE = dt.timedelta(minutes=5)


@dataclass
class AgendaDay:
    """One day, in order. ``notes`` say why nobody is received: holiday, closure."""

    day: dt.date
    now: dt.datetime
    is_of_place: bool = False
    notes: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    mediators: list[Mediator] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        """Whether it is today."""
        return self.day == timezone.localdate(self.now)

    @property
    def iso(self) -> str:
        """The day as an address says it."""
        return self.day.isoformat()

    @property
    def columns(self) -> list[tuple[Any, list[Entry]]]:
        """What stands in each column of a week: of a place, each mediator; of a mediator, morning and afternoon."""
        if self.is_of_place and self.mediators:
            return [(one, [entry for entry in self.entries if entry.mediator == one]) for one in self.mediators]
        return [
            (_("Matin"), [entry for entry in self.entries if entry.is_morning]),
            (_("Après-midi"), [entry for entry in self.entries if not entry.is_morning]),
        ]

    @property
    def rows(self) -> list[Row]:
        """The day as a table: a row for each hour at which something begins, a column for each mediator."""
        return rows_of(self.entries, self.mediators, now=self.now if self.is_today else None)


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
        self.now = timezone.now()
        self.first_day, self.last_day = first_day, last_day
        self.mediator, self.site = mediator, site
        self.span: Span = (instant(first_day, dt.time.min, self.zone), instant(last_day + DAY, dt.time.min, self.zone))
        self.school = SchoolCalendar.read()
        self.periods = self._read_periods()
        self.appointments = self._read_appointments(user)
        self.engagements = self._read_engagements()
        self.hindrances = Hindrances.read(
            self.span, mediators=self._mediator_ids(), sites=self._site_ids(), school=self.school
        )

    def days(self) -> list[AgendaDay]:
        """Return every day of the period, also those without anything."""
        days = [
            AgendaDay(self.first_day + DAY * offset, self.now, is_of_place=self.site is not None)
            for offset in range((self.last_day - self.first_day).days + 1)
        ]
        for day in days:
            day.notes.extend(self._notes(day.day))
            day.entries.extend(sorted(self._entries(day.day), key=lambda one: (one.starts_at, one.mediator.pk)))
        columns = self._columns(days)
        for day in days:
            day.mediators = columns
        return days

    def _columns(self, days: list[AgendaDay]) -> list[Mediator]:
        """Return whose column stands in the table: the mediator's, or everybody's who has something at the place."""
        if self.mediator:
            return [self.mediator]
        seen = {entry.mediator.pk: entry.mediator for day in days for entry in day.entries}
        return sorted(seen.values(), key=lambda one: (one.last_name, one.first_name, one.pk))

    def _notes(self, day: dt.date) -> Iterable[str]:
        if holiday := public_holiday(day):
            yield _("Jour férié : %(name)s") % {"name": holiday}
        shown = {period.site_id for period in self._open(day)} | ({self.site.pk} if self.site else set())
        for site_id in sorted(shown):
            if closure := self.hindrances.closure_of(site_id, day):
                yield in_words(closure)

    def _entries(self, day: dt.date) -> Iterable[Entry]:
        span = instant(day, dt.time.min, self.zone), instant(day + DAY, dt.time.min, self.zone)
        shown = set()
        for appointment in self.appointments:
            if span[0] <= appointment.starts_at < span[1]:
                shown.add(appointment.engagement_id)
                yield self._of_appointment(appointment)
        for engagement in self.engagements:
            is_of_day = span[0] <= engagement.starts_at < span[1]
            if is_of_day and engagement.pk not in shown and self._concerns(engagement.mediator_id, engagement, day):
                yield _of_engagement(engagement)
        yield from self._away(day, span)
        yield from self._free(day)

    def _away(self, day: dt.date, span: Span) -> Iterable[Entry]:
        """Yield absences: on a place's page, of those who should receive there that day."""
        expected = {period.mediator_id for period in self._open(day)} if self.site else self._mediator_ids()
        for mediator_id in sorted(expected):
            for (start, end), absence in _joined(self.hindrances.absences_of(mediator_id, span)):
                title = _("Absence : %(why)s") % {"why": absence.label} if absence.label else _("Absence")
                yield Entry(max(start, span[0]), min(end, span[1]), "absence", absence.mediator, title)

    def _free(self, day: dt.date) -> Iterable[Entry]:
        """Yield what is left of the opening periods, from now on; with a ticket or by appointment."""
        if public_holiday(day):
            return
        taken: dict[int, list[Span]] = defaultdict(list)
        for row in self.engagements:
            taken[row.mediator_id].append((row.starts_at, row.ends_at))
        for period in self._open(day):
            if self.hindrances.closure_of(period.site_id, day):
                continue
            span = self._span(period, day)
            away = [one for one, _absence in self.hindrances.absences_of(period.mediator_id, span)]
            for start, end in subtract(span, [*taken[period.mediator_id], *away, *self._told(period, day)]):
                if end >= self.now + SHORTEST_FREE:
                    kind, title = _of_period(period)
                    yield Entry(max(start, self._soon), end, kind, period.mediator, title, period.site)

    def _told(self, period: OpeningPeriod, day: dt.date) -> list[Span]:
        """Return when another period of the day says the same and more: tickets alone, where one can also book."""
        if period.takes_appointments:
            return []
        same = (
            one for one in self._open(day) if (one.mediator_id, one.site_id) == (period.mediator_id, period.site_id)
        )
        return [self._span(one, day) for one in same if one.takes_appointments and one.takes_tickets]

    @property
    def _soon(self) -> dt.datetime:
        """The next whole five minutes: what is already past is not free any more."""
        return self.now + (MIDNIGHT - self.now) % SHORTEST_FREE

    def _open(self, day: dt.date) -> list[OpeningPeriod]:
        return [period for period in self.periods if period.opens_on(day, self.school)]

    def _span(self, period: OpeningPeriod, day: dt.date) -> Span:
        return instant(day, period.start_time, self.zone), instant(day, period.end_time, self.zone)

    def _concerns(self, mediator_id: int, engagement: Engagement, day: dt.date) -> bool:
        """Say whether somebody's time belongs on this page: on a place's, only while they should receive there."""
        if self.site is None:
            return True
        return any(
            period.mediator_id == mediator_id
            and self._span(period, day)[0] < engagement.ends_at
            and self._span(period, day)[1] > engagement.starts_at
            for period in self._open(day)
        )

    def _of_appointment(self, appointment: Appointment) -> Entry:
        attendees = list(appointment.attendees.all())
        states = list(dict.fromkeys(attendee.state_label for attendee in attendees))
        is_expected = all(one.status == AttendeeStatus.UNKNOWN for one in attendees)
        may_change = is_expected and appointment.ends_at > self.now
        return Entry(
            appointment.starts_at,
            appointment.ends_at,
            "appointment",
            appointment.mediator,
            ", ".join(attendee.beneficiary.full_name for attendee in attendees),
            appointment.site,
            appointment,
            state=", ".join(states),
            tone=tone_of(attendees[0]) if len(states) == 1 else "info",
            must_move=self.hindrances.of(appointment) if may_change else "",
            may_change=may_change,
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
        if self.mediator:
            return {self.mediator.pk}
        return {period.mediator_id for period in self.periods} | {one.mediator.pk for one in self.appointments}

    def _site_ids(self) -> set[int]:
        here = {self.site.pk} if self.site else {one.site_id for one in self.appointments}
        return here | {period.site_id for period in self.periods}

    def _read_engagements(self) -> list[Engagement]:
        rows = taken_time().between(*self.span).filter(mediator__in=self._mediator_ids())
        return list(rows.select_related("mediator"))


def _joined(away: list[tuple[Span, Absence]]) -> list[tuple[Span, Absence]]:
    """Join what overlaps in a calendar kept elsewhere: of that, only the hours are known."""
    joined: list[tuple[Span, Absence]] = []
    for span, absence in away:
        before, of = joined[-1] if joined else (span, None)
        if of and absence.calendar_id and absence.calendar_id == of.calendar_id and span[0] <= before[1]:
            joined[-1] = (before[0], max(before[1], span[1])), of
        else:
            joined.append((span, absence))
    return joined


def _of_engagement(engagement: Engagement) -> Entry:
    kind, title = {
        EngagementKind.WORKSHOP: ("workshop", _("Atelier")),
        EngagementKind.HOLD: ("taken", _("Gardé pour quelqu’un")),
    }.get(EngagementKind(engagement.kind), ("taken", _("Pris")))
    return Entry(engagement.starts_at, engagement.ends_at, kind, engagement.mediator, title)


def _of_period(period: OpeningPeriod) -> tuple[str, str]:
    """Return the kind and the words of what is free: tickets alone leave nothing to book."""
    if not period.takes_appointments:
        return "queue", _("Sans rendez-vous, avec un ticket")
    return "free", _("Libre, ou avec un ticket") if period.takes_tickets else _("Libre")
