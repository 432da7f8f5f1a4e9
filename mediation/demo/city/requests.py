"""People to call back: some waited for today, some already called, some served."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from directory.models import Organisation
from helpdesk.enums import AttendeeStatus, CallResult, Cause, DayPart, Outcome
from helpdesk.models import Appointment, Attendee, CallAttempt, HelpRequest
from mediation.accounts.actor import Door
from mediation.accounts.models import User
from mediation.demo.city.agenda import Agenda
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import Network
from mediation.demo.city.people import Crowd
from mediation.territory.selectors import working_day

# Waiting and served, by organisation.
WAITING = {"bibliotheques": 9, "citoyennete": 3, "passeurs": 2}
SERVED = {"bibliotheques": 7, "citoyennete": 3, "passeurs": 1}
CAUSES = {Cause.NO_SLOT: 0.4, Cause.CALL_BACK: 0.3, Cause.OUT_OF_HOURS: 0.15, Cause.TURNED_AWAY: 0.15}
DOORS = {
    Cause.NO_SLOT: Door.DESK,
    Cause.CALL_BACK: Door.WEB,
    Cause.OUT_OF_HOURS: Door.VOICE,
    Cause.TURNED_AWAY: Door.DESK,
}
RESULTS = {CallResult.NO_ANSWER: 0.5, CallResult.VOICEMAIL: 0.3, CallResult.REACHED: 0.2}
OUTCOMES = {Outcome.BOOKED: 0.45, Outcome.HELPED: 0.25, Outcome.REFERRED: 0.15, Outcome.UNREACHABLE: 0.15}
NOTES = (
    "",
    "",
    "Ne trouve plus ses identifiants",
    "Un courrier qu’elle ne comprend pas",
    "Préfère venir avec sa fille",
    "Son téléphone est neuf",
    "Dossier à finir avant la fin du mois",
)
MOST_MISSED = 3


def write_requests(seed: int, almanac: Almanac, network: Network, agenda: Agenda, crowd: Crowd) -> None:
    """Write who waits for a call and who was served, and put last week's absent people on the list."""
    _Requests(Dice(seed, "requests"), almanac, network, agenda, crowd).write()


class _Requests:
    def __init__(self, dice: Dice, almanac: Almanac, network: Network, agenda: Agenda, crowd: Crowd) -> None:
        self.dice, self.almanac, self.network, self.crowd = dice, almanac, network, crowd
        # What one organisation alone receives for is not what another one's people ask.
        self.reasons = [reason for reason in agenda.reasons.values() if reason.organisation_id is None]

    def write(self) -> None:
        for key, count in SERVED.items():
            for number in range(count):
                self._ask(key, days_ago=9 + 5 * number, is_served=True)
        for key, count in WAITING.items():
            for number in range(count):
                self._ask(key, days_ago=number % 5, is_served=False)
        self._missed()

    def _ask(self, key: str, *, days_ago: int, is_served: bool) -> None:
        organisation = self.network.organisations[key]
        cause = self.dice.pick(CAUSES)
        person = self.crowd.somebody(self.dice, organisation)
        while not person.phone:
            person = self.crowd.somebody(self.dice, organisation)
        day = self.almanac.today - dt.timedelta(days=days_ago)
        at = instant(day, dt.time(20 if cause == Cause.OUT_OF_HOURS else 9, self.dice.randrange(60)))
        request = self._row(
            organisation=organisation,
            beneficiary=person,
            cause=cause,
            reason=self.dice.choice([*self.reasons, None]),
            quartier=person.quartier,
            note=self.dice.choice(NOTES),
            best_time=self.dice.choice(["", "", *DayPart.values]),
            asked_at=min(at, timezone.now()),
            asked_through=DOORS[cause],
        )
        self.crowd.note_contact(person, organisation, day)
        self._call(request, least=1 if is_served else 0, most=3 if days_ago else 0)
        if is_served:
            self._serve(request)

    def _row(self, *, organisation: Organisation, cause: Cause, asked_at: dt.datetime, **fields: object) -> HelpRequest:
        asked_on = timezone.localdate(asked_at)
        return HelpRequest.objects.create(
            uid=self.dice.uid(),
            reference=self.dice.reference(),
            code=self.dice.digits(4),
            organisation=organisation,
            cause=cause,
            asked_at=asked_at,
            due_on=working_day(asked_on, after=settings.CALL_BACK_WORKING_DAYS),
            **fields,
        )

    def _call(self, request: HelpRequest, *, least: int, most: int) -> None:
        """Note the calls of those who have one; whoever called follows the request."""
        caller = User.objects.filter(memberships__organisation=request.organisation_id).order_by("pk").first()
        waited = self.dice.randint(0, 2)
        for number in range(waited, waited + self.dice.randint(least, most)):
            day = working_day(timezone.localdate(request.asked_at), after=number)
            at = instant(day, dt.time(10 + number % 6, self.dice.randrange(60)))
            if request.asked_at < at < timezone.now():
                CallAttempt.objects.create(request=request, at=at, by_user=caller, result=self.dice.pick(RESULTS))
                request.owner = caller
        request.save(update_fields=["owner"])

    def _serve(self, request: HelpRequest) -> None:
        """Close it a day or two later, with an appointment of the person's where there is one."""
        closed_on = working_day(timezone.localdate(request.asked_at), after=self.dice.randint(4, 6))
        request.closed_at = instant(closed_on, dt.time(self.dice.randint(14, 16), self.dice.randrange(60)))
        request.outcome = self.dice.pick(OUTCOMES)
        if request.outcome == Outcome.BOOKED:
            theirs = Appointment.objects.filter(
                attendees__beneficiary=request.beneficiary_id,
                engagement__mediator__organisation=request.organisation_id,
            )
            request.booked = theirs.filter(booked_at__gte=request.asked_at).first()
        request.save(update_fields=["closed_at", "outcome", "booked"])

    def _missed(self) -> None:
        """Put on the list the last people who did not come, where somebody can sign in and call them."""
        now = timezone.now()
        for key in WAITING:
            absent = Attendee.objects.filter(
                status=AttendeeStatus.NOSHOW,
                appointment__engagement__starts_at__range=(now - dt.timedelta(days=7), now),
                appointment__engagement__mediator__organisation=self.network.organisations[key],
            ).exclude(beneficiary__phone="")
            people = absent.select_related("appointment__engagement", "appointment__reason", "beneficiary")
            for attendee in people.order_by("-appointment__engagement__starts_at", "pk")[:MOST_MISSED]:
                self._miss(attendee, self.network.organisations[key])

    def _miss(self, attendee: Attendee, organisation: Organisation) -> None:
        request = self._row(
            organisation=organisation,
            beneficiary=attendee.beneficiary,
            cause=Cause.NO_SHOW,
            appointment=attendee.appointment,
            reason=attendee.appointment.reason,
            quartier=attendee.beneficiary.quartier,
            asked_at=min(attendee.appointment.ends_at + dt.timedelta(minutes=20), timezone.now()),
            asked_through=Door.DESK,
        )
        self._call(request, least=0, most=1)
