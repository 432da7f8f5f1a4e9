"""Individual help: appointments of the past and of the weeks ahead, and people who walked in."""

import datetime as dt
from dataclasses import dataclass

from directory.enums import EngagementKind, Source
from directory.models import Engagement, Organisation
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee, Reason
from mediation.accounts.actor import Door
from mediation.activity.enums import ActivityKind, Autonomy, Device, Obstacle, Outcome, PlaceKind, ReferredTo, Theme
from mediation.activity.models import Activity, Demarche
from mediation.activity.services import Person
from mediation.demo.city.agenda import Agenda, Shift
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import Network
from mediation.demo.city.people import Crowd, anonymous
from mediation.demo.city.rows import Rows, minutes
from mediation.demo.city.sources import Sources

GRID = 45  # minutes between two appointments of a half-day
APPOINTMENTS, WALK_INS = 1.3, 1.15  # on average, on an ordinary half-day
DEMARCHES = {
    "caf-allocations": 14,
    "carte-identite-passeport": 12,
    "impots": 12,
    "assurance-maladie-ameli": 11,
    "titre-de-sejour": 9,
    "france-travail": 9,
    "retraite": 8,
    "permis-de-conduire": 5,
    "carte-grise": 5,
    "logement-social": 6,
    "caf-rsa": 5,
    "inscription-ecole-cantine-clae": 4,
    "franceconnect": 4,
    "carte-montoulouse-senior": 3,
    "cheque-energie": 3,
    "acte-etat-civil": 3,
    "mdph": 2,
    "apa": 2,
    "aide-juridictionnelle": 1,
}
THEMES = {
    Theme.EMAIL: 8,
    Theme.HARDWARE: 8,
    Theme.BROWSING: 5,
    Theme.HEALTH: 4,
    Theme.JOBS: 4,
    Theme.SHOPPING: 3,
    Theme.SAFETY: 3,
    Theme.CONTENT: 3,
    Theme.OFFICE: 3,
    Theme.SCHOOL: 2,
    Theme.DIAGNOSIS: 2,
    Theme.MAINTENANCE: 1,
}
OBSTACLES = {
    Obstacle.EMAIL: 14,
    Obstacle.COMPUTER: 13,
    Obstacle.SCANNER: 11,
    Obstacle.COMPLEX: 14,
    Obstacle.WORDS: 12,
    Obstacle.DOCUMENTS: 10,
    Obstacle.FRENCH: 10,
    Obstacle.WRONG_SITE: 7,
    Obstacle.BUG: 6,
    Obstacle.HUMAN: 8,
    Obstacle.UNAWARE: 3,
    Obstacle.OTHER: 2,
}
DURATIONS = {15: 12, 30: 36, 45: 28, 60: 18, 90: 5, 120: 1}
OUTCOMES = {Outcome.DONE: 62, Outcome.TO_CONTINUE: 24, Outcome.REFERRED: 8, Outcome.BLOCKED: 6}
AUTONOMY = {Autonomy.GUIDED: 60, Autonomy.NEARLY: 30, Autonomy.ALONE: 10}
DEVICES = {Device.COMPUTER: 60, Device.PHONE: 32, Device.TABLET: 5, Device.NONE: 3}
DOORS = {Door.DESK: 70, Door.WEB: 20, Door.KIOSK: 10}
STATUSES = {
    AttendeeStatus.SEEN: 86,
    AttendeeStatus.NOSHOW: 6,
    AttendeeStatus.EXCUSED: 6,
    AttendeeStatus.REVOKED: 2,
}


@dataclass
class Helping:
    """Fills the days of the network with individual help."""

    dice: Dice
    almanac: Almanac
    network: Network
    agenda: Agenda
    crowd: Crowd
    rows: Rows
    sources: Sources

    def __post_init__(self) -> None:
        known = {demarche.slug: demarche for demarche in Demarche.objects.all()}
        self.demarches = {known[slug]: weight for slug, weight in DEMARCHES.items()}
        self.online = {
            reason: weight
            for key, weight in {"admin": 55, "any": 20, "device": 15, "email": 10}.items()
            for reason in [self.agenda.reasons[key]]
        }

    def fill(self, day: dt.date) -> None:
        """Write down what a day was, or will be."""
        load = self.almanac.load(day)
        for shift in self.agenda.received_on(day):
            for start in self._times(day, shift, load * APPOINTMENTS):
                self._appointment(shift, start)
            if day < self.almanac.today:
                for _ in range(self._count(load * WALK_INS)):
                    self._walk_in(shift, day)

    def _count(self, average: float) -> int:
        """Return how many come, around an average: the sum of six chances."""
        return sum(self.dice.happens(min(average / 6, 1)) for _ in range(6))

    def _times(self, day: dt.date, shift: Shift, average: float) -> list[dt.datetime]:
        start, end = (instant(day, time) for time in shift.hours)
        grid = [start + minutes(GRID * step) for step in range((end - start) // minutes(GRID))]
        # Whoever shows the application wants somebody in the waiting room today.
        least = 3 if day == self.almanac.today and shift.mediator.user_id else 0
        return sorted(self.dice.sample(grid, min(max(self._count(average), least), len(grid))))

    # --- Appointments ------------------------------------------------------------------------------------------------

    def _appointment(self, shift: Shift, start: dt.datetime) -> None:
        reason = self.dice.pick(self.online)
        organisation = shift.mediator.organisation
        status = self._status(start)
        engagement = Engagement(
            mediator=shift.mediator,
            starts_at=start,
            ends_at=start + minutes(reason.duration_minutes),
            kind=EngagementKind.APPOINTMENT,
            released_at=self._released_at(status, start),
        )
        appointment = self._booked(engagement, shift, reason)
        beneficiary = self.crowd.somebody(self.dice, organisation)
        self.rows.attendees.append(Attendee(appointment=appointment, beneficiary=beneficiary, status=status))
        if status == AttendeeStatus.SEEN:
            self.crowd.note_contact(beneficiary, organisation, start.date())
            self._report(shift, appointment, Person(beneficiary=beneficiary))

    def _booked(self, engagement: Engagement, shift: Shift, reason: Reason) -> Appointment:
        start, door = engagement.starts_at, self.dice.pick(DOORS)
        latest = min(start, instant(self.almanac.today, dt.time.min))
        appointment = Appointment(
            uid=self.dice.uid(),
            engagement=engagement,
            site=shift.site,
            reason=reason,
            reference=self.dice.reference(),
            code=self.dice.digits(4),
            booked_at=latest - minutes(self.dice.randint(2 * 60, 18 * 24 * 60)),
            booked_through=door,
            booked_for=self._booking_desk(shift.mediator.organisation) if door == Door.DESK else None,
        )
        self.rows.engagements.append(engagement)
        self.rows.appointments.append(appointment)
        return appointment

    def _booking_desk(self, organisation: Organisation) -> Organisation:
        """One appointment in four at the desk is booked by the town hall's front desk for somebody else's mediator."""
        return self.network.organisations["citoyennete"] if self.dice.happens(0.25) else organisation

    def _status(self, start: dt.datetime) -> AttendeeStatus:
        day = start.date()
        if day >= self.almanac.today:
            return AttendeeStatus.EXCUSED if self.dice.happens(0.05) else AttendeeStatus.UNKNOWN
        if (self.almanac.today - day).days <= 7 and self.dice.happens(0.1):
            return AttendeeStatus.UNKNOWN
        return self.dice.pick(STATUSES)

    def _released_at(self, status: AttendeeStatus, start: dt.datetime) -> dt.datetime | None:
        if status not in (AttendeeStatus.EXCUSED, AttendeeStatus.REVOKED):
            return None
        earliest = min(start, instant(self.almanac.today, dt.time.min))
        return earliest - minutes(self.dice.randint(60, 3 * 24 * 60))

    def _report(self, shift: Shift, appointment: Appointment, person: Person) -> None:
        day = appointment.starts_at.date()
        if self.sources.of(shift.mediator, day) == Source.COOP:
            self._log_in_coop(shift, day, person)
        elif (self.almanac.today - day).days > 10 or self.dice.happens(0.85):
            appointment.activity = self._log(shift, day, person, Source.HERE)

    # --- Activities -----------------------------------------------------------------------------------------------

    def _walk_in(self, shift: Shift, day: dt.date) -> None:
        organisation = shift.mediator.organisation
        if self.sources.of(shift.mediator, day) == Source.COOP:
            return self._log_in_coop(shift, day, Person())
        if self.dice.happens(0.45):
            beneficiary = self.crowd.somebody(self.dice, organisation)
            self.crowd.note_contact(beneficiary, organisation, day)
            person = Person(beneficiary=beneficiary)
        else:
            person = anonymous(self.dice, day, shift.site.quartier if self.dice.happens(0.7) else None)
        self._log(shift, day, person, Source.HERE)

    def _log_in_coop(self, shift: Shift, day: dt.date, person: Person) -> None:
        """What a partner's file brings: figures without names; now and then the same was logged here as well."""
        if self.sources.is_silent(shift.mediator.organisation, day):
            return
        self._log(shift, day, anonymous(self.dice, day, shift.site.quartier), Source.COOP)
        if self.dice.happens(0.01):
            self._log(shift, day, person, Source.HERE)

    def _log(self, shift: Shift, day: dt.date, person: Person, source: Source) -> Activity:
        demarche = self.dice.pick(self.demarches) if self.dice.happens(0.62) else None
        outcome = self.dice.pick(OUTCOMES)
        activity = Activity(
            uid=self.dice.uid(),
            kind=ActivityKind.INDIVIDUAL,
            organisation=shift.mediator.organisation,
            mediator=shift.mediator,
            day=day,
            duration_minutes=self.dice.pick(DURATIONS),
            place_kind=PlaceKind.SITE,
            site=shift.site,
            devices=[self.dice.pick(DEVICES)],
            autonomy=self.dice.pick(AUTONOMY),
            outcome=outcome,
            next_time_alone=self.dice.choice([True, False, None]),
            referred_to=self.dice.choice(list(ReferredTo)) if outcome == Outcome.REFERRED else "",
            source=source,
            external_id=str(self.dice.uid()) if source == Source.COOP else "",
        )
        return self.rows.log(
            activity,
            people=[person],
            themes=[] if demarche else [self.dice.pick(THEMES)],
            demarche=demarche,
            obstacles=self._obstacles(source),
        )

    def _obstacles(self, source: Source) -> set[Obstacle]:
        """La Coop's form asks no obstacle."""
        if source == Source.COOP or self.dice.happens(0.3):
            return set()
        return {self.dice.pick(OBSTACLES) for _ in range(self.dice.randint(1, 2))}
