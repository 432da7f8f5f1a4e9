"""Workshops of the past and of the weeks ahead, with their seats, their waiting lists and who came."""

import datetime as dt
from dataclasses import dataclass

from directory.enums import EngagementKind, Source
from directory.models import Beneficiary, Engagement
from mediation.accounts.actor import Door
from mediation.activity.enums import ActivityKind, Device, PlaceKind, Theme, WorkshopLevel
from mediation.activity.models import Activity
from mediation.activity.services import Person
from mediation.demo.city.agenda import Agenda, Shift
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.people import Crowd, anonymous
from mediation.demo.city.rows import Rows, minutes
from mediation.demo.city.sources import Sources
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Seat, Workshop

SHARE_OF_HALF_DAYS = 0.2  # of the half-days kept for groups: about six workshops a week in the whole city
SUBJECTS = (
    ("Premiers pas avec un smartphone", Theme.HARDWARE, WorkshopLevel.BEGINNER),
    ("Créer et utiliser une adresse e-mail", Theme.EMAIL, WorkshopLevel.BEGINNER),
    ("Ranger et partager ses photos", Theme.CONTENT, WorkshopLevel.INTERMEDIATE),
    ("Reconnaître une arnaque en ligne", Theme.SAFETY, WorkshopLevel.BEGINNER),
    ("Faire ses démarches avec FranceConnect", Theme.ADMIN, WorkshopLevel.INTERMEDIATE),
    ("Mon espace santé, pas à pas", Theme.HEALTH, WorkshopLevel.BEGINNER),
    ("Chercher un emploi en ligne", Theme.JOBS, WorkshopLevel.INTERMEDIATE),
    ("Suivre la scolarité de son enfant", Theme.SCHOOL, WorkshopLevel.BEGINNER),
    ("Écrire une lettre avec un traitement de texte", Theme.OFFICE, WorkshopLevel.BEGINNER),
    ("Comprendre l’intelligence artificielle", Theme.AI, WorkshopLevel.INTERMEDIATE),
)
STATUS = RegistrationStatus


@dataclass
class Grouping:
    """Fills the days of the network with workshops."""

    dice: Dice
    almanac: Almanac
    agenda: Agenda
    crowd: Crowd
    rows: Rows
    sources: Sources

    def fill(self, day: dt.date) -> None:
        """Write down the workshops of a day."""
        for shift in self.agenda.led_on(day):
            if self.dice.happens(SHARE_OF_HALF_DAYS * self.almanac.season(day)):
                self._workshop(shift, day)

    def _workshop(self, shift: Shift, day: dt.date) -> None:
        title, theme, level = self.dice.choice(SUBJECTS)
        is_past = day < self.almanac.today
        is_cancelled = self.dice.happens(0.04)
        start = instant(day, shift.hours[0])
        engagement = Engagement(
            mediator=shift.mediator,
            starts_at=start,
            ends_at=start + minutes(120),
            kind=EngagementKind.WORKSHOP,
            released_at=start - minutes(3 * 24 * 60) if is_cancelled and is_past else None,
        )
        workshop = Workshop(
            uid=self.dice.uid(),
            engagement=engagement,
            site=shift.site,
            title=title,
            description=f"{title} : deux heures en petit groupe, à votre rythme. Aucune connaissance n’est demandée.",
            themes=[theme],
            level=level,
        )
        self.rows.engagements.append(engagement)
        self.rows.workshops.append(workshop)
        seats = [Seat(workshop=workshop, number=number) for number in range(1, self.dice.choice((6, 8, 8, 10, 12)) + 1)]
        self.rows.seats += seats
        if engagement.released_at is None:
            present = self._register(workshop, seats, is_past=is_past)
            if is_past:
                self._log(shift, workshop, day, present)

    def _register(self, workshop: Workshop, seats: list[Seat], *, is_past: bool) -> list[Beneficiary]:
        """Fill seats and the waiting list; return whoever came."""
        wanted = self.dice.randint(round(len(seats) * 0.6), len(seats) + 3)
        people = self._different_people(workshop, wanted)
        present = []
        for number, beneficiary in enumerate(people):
            seat = seats[number] if number < len(seats) else None
            status = self._status(seat, is_past=is_past)
            if status == STATUS.ATTENDED:
                present.append(beneficiary)
            self.rows.registrations.append(self._registration(workshop, beneficiary, seat, status))
        return present

    def _different_people(self, workshop: Workshop, count: int) -> list[Beneficiary]:
        organisation = workshop.engagement.mediator.organisation
        found = {}
        while len(found) < count:
            somebody = self.crowd.somebody(self.dice, organisation)
            found[somebody.pk] = somebody
        return list(found.values())

    def _status(self, seat: Seat | None, *, is_past: bool) -> RegistrationStatus:
        if seat is None:
            return STATUS.CANCELLED if is_past else STATUS.WAITING
        if not is_past:
            return STATUS.REGISTERED
        return STATUS.ATTENDED if self.dice.happens(0.88) else STATUS.ABSENT

    def _registration(
        self, workshop: Workshop, beneficiary: Beneficiary, seat: Seat | None, status: RegistrationStatus
    ) -> Registration:
        latest = min(workshop.engagement.starts_at, instant(self.almanac.today, dt.time.min))
        return Registration(
            uid=self.dice.uid(),
            workshop=workshop,
            beneficiary=beneficiary,
            seat=seat,
            status=status,
            reference=self.dice.reference(),
            code=self.dice.digits(4),
            asked_at=latest - minutes(self.dice.randint(60, 20 * 24 * 60)),
            booked_through=self.dice.pick({Door.DESK: 75, Door.WEB: 25}),
        )

    def _log(self, shift: Shift, workshop: Workshop, day: dt.date, present: list[Beneficiary]) -> None:
        organisation, source = shift.mediator.organisation, self.sources.of(shift.mediator, day)
        if not present or (source == Source.COOP and self.sources.is_silent(organisation, day)):
            return
        for beneficiary in present:
            self.crowd.note_contact(beneficiary, organisation, day)
        if source == Source.COOP:
            people = [anonymous(self.dice, day, shift.site.quartier) for _ in present]
        else:
            people = [Person(beneficiary=beneficiary) for beneficiary in present]
        activity = Activity(
            uid=self.dice.uid(),
            kind=ActivityKind.WORKSHOP,
            organisation=organisation,
            mediator=shift.mediator,
            day=day,
            duration_minutes=120,
            place_kind=PlaceKind.SITE,
            site=shift.site,
            title=workshop.title,
            devices=[Device.COMPUTER],
            level=workshop.level,
            source=source,
            external_id=str(self.dice.uid()) if source == Source.COOP else "",
        )
        workshop.activity = self.rows.log(activity, people=people, themes=workshop.themes)
