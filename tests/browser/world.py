"""One row of everything, and the browsers of everybody who looks at it."""

import datetime as dt
from dataclasses import dataclass, field

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Beneficiary, BeneficiaryLink
from helpdesk.enums import CallResult, Cause, TicketState
from helpdesk.models import Absence, Appointment, DropIn, ExternalCalendar, HelpRequest, Reason, Ticket
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services import ask_for_help, book, cancel, note_call
from mediation.accounts.actor import Actor
from mediation.activity.enums import Obstacle, Theme
from mediation.activity.models import Activity, ImportedFile
from mediation.activity.services import Person, log_individual
from mediation.calendars.models import Feed
from mediation.calendars.services import create_feed
from mediation.channels.kiosk.services import add_device, call_for_help
from mediation.channels.models import KioskDevice
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message, Reply
from mediation.messaging.services import plan, receive
from mediation.messaging.wording import Words
from sites.enums import FileFormat
from sites.models import Closure, PendingImport, Reservation
from sites.services import reserve
from sites.services.pending import keep_file
from tests.cast import TODAY, Cast, at
from workshops.models import Registration, Workshop
from workshops.services import cancel_registration, open_workshop, register

ROLES = ("nobody", "claire", "amina", "paul", "sofia", "admin")
# Visitors without account: whoever typed a reference and its code, of an appointment or of a computer, and the screen
# of a paired kiosk after one or the other.
VISITORS = (*ROLES, "holder", "reserver", "kiosk", "kiosk_computer")

PLACES_FILE = (
    "id,pivot,nom,commune,code_postal,adresse,date_maj\n"
    "tls-neuf,00000000000000,Maison des associations,Toulouse,31400,3 place Guy Hersant,2026-11-03\n"
    "tls-sans-adresse,00000000000000,,Toulouse,31400,,hier\n"
)


@dataclass
class World:
    """The cast, and one row of everything else that has a page."""

    cast: Cast
    appointment: Appointment
    finished: Appointment
    cancelled: Appointment
    workshop: Workshop
    past_workshop: Workshop
    registration: Registration
    activity: Activity
    message: Message
    reply: Reply
    device: KioskDevice
    absence: Absence
    calendar: ExternalCalendar
    feed: Feed
    feed_token: str
    closure: Closure
    own_reason: Reason
    pending_file: PendingImport
    imported_file: ImportedFile
    ticket: Ticket
    help_request: HelpRequest
    reservation: Reservation
    slot: Slot
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)


def make_world(cast: Cast) -> World:
    """Write one row of everything; the clock stands at the cast's now."""
    desk, admin = Actor.at_desk(cast.claire), Actor.at_desk(cast.admin)
    appointments = _appointments(cast, desk)
    workshops = _workshops(cast, desk)
    feed, feed_token = create_feed(subject=cast.amina_mediator, by=Actor.at_desk(cast.amina))
    device, code = add_device(site=cast.empalot, name="Borne de l’entrée", by=admin)
    world = World(
        cast=cast,
        **appointments,
        **workshops,
        activity=_activity(cast),
        message=Message.objects.earliest("pk"),
        reply=_reply(),
        device=device,
        absence=Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0, days=6), ends_at=at(0, days=9)),
        calendar=_calendar(cast),
        feed=feed,
        feed_token=feed_token,
        closure=_closure(cast),
        own_reason=cast.desk_only,
        pending_file=_pending_file(cast, admin),
        imported_file=_imported_file(cast),
        ticket=_ticket(cast),
        help_request=_help_request(cast, desk),
        reservation=reserve(site=cast.empalot, starts_at=at(11), first_name="Lucette", by=desk),
        slot=first_slots(Need(reason=cast.any_need, sites=[cast.bellefontaine.pk]), limit=1)[0],
    )
    call_for_help(device=device)
    _letter(cast)
    world.cookies = cookies_of_roles(cast) | {
        "holder": _holder(world.appointment),
        "reserver": _holder(world.reservation),
        "kiosk": _kiosk(world, code),
    }
    world.cookies["kiosk_computer"] = _kiosk_computer(world.cookies["kiosk"])
    return world


def _appointments(cast: Cast, by: Actor) -> dict[str, Appointment]:
    """Return one that is to come, one that is over and waits for its report, and one that was cancelled."""
    slots = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk]), limit=3)
    made = [book(slot=slot, people=[cast.lucette], by=by) for slot in slots]
    engagement = made[1].engagement
    engagement.starts_at, engagement.ends_at = at(9, days=-1), at(9, 30, days=-1)
    engagement.save()
    cancel(appointment=made[2], by=by, asked_by_person=True)
    return {"appointment": made[0], "finished": made[1], "cancelled": made[2]}


def _workshops(cast: Cast, by: Actor) -> dict[str, Workshop | Registration]:
    """Return a full workshop with a waiting list and a seat on offer, one that is over, and a registration."""
    common = {"mediator": cast.amina_mediator, "site": cast.empalot, "capacity": 2, "themes": ["hardware"], "by": by}
    coming = open_workshop(title="Premiers clics", starts_at=at(14, days=3), ends_at=at(16, days=3), **common)
    over = open_workshop(title="Envoyer un e-mail", starts_at=at(16), ends_at=at(17), **common)
    people = [_person(cast, number) for number in range(1, 6)]
    rows = [register(workshop=coming, beneficiary=person, by=by) for person in people]
    cancel_registration(registration=rows[0], by=by)
    register(workshop=over, beneficiary=cast.lucette, by=by)
    over.engagement.starts_at, over.engagement.ends_at = at(14, days=-1), at(16, days=-1)
    over.engagement.save()
    return {"workshop": coming, "past_workshop": over, "registration": rows[1]}


def _person(cast: Cast, number: int) -> Beneficiary:
    """Return somebody of the Mairie; the odd ones have a landline, so somebody must call them."""
    phone = f"06 39 98 01 {number:02}" if number % 2 else f"05 36 49 01 {number:02}"
    person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed=phone)
    BeneficiaryLink.objects.create(beneficiary=person, organisation=cast.mairie, since=TODAY, last_contact_on=TODAY)
    return person


def _reply() -> Reply:
    """Return what Lucette sent, which no rule understands."""
    return receive(
        gateway="file", provider_id="1", sender="+33639980001", body="Je serai en retard, désolée", at=timezone.now()
    )


def _activity(cast: Cast) -> Activity:
    return log_individual(
        mediator=cast.amina_mediator,
        day=TODAY - dt.timedelta(days=1),
        duration_minutes=45,
        people=[Person(beneficiary=cast.lucette)],
        themes=[Theme.ADMIN],
        demarches=[cast.caf],
        obstacles=[Obstacle.choices[0][0]],
        site=cast.empalot,
        notes="A apporté son attestation.",
        by=Actor.at_desk(cast.amina),
    )


def _pending_file(cast: Cast, by: Actor) -> PendingImport:
    return keep_file(
        file_name="lieux.csv",
        content=PLACES_FILE.encode(),
        file_format=FileFormat.NATIONAL,
        insee_prefix="",
        user=cast.admin,
        by=by,
    )


def _imported_file(cast: Cast) -> ImportedFile:
    return ImportedFile.objects.create(
        organisation=cast.partner, name="activites.xlsx", first_day=TODAY, last_day=TODAY, imported_by=cast.admin
    )


def _calendar(cast: Cast) -> ExternalCalendar:
    """Return one that has not been read for a day."""
    return ExternalCalendar.objects.create(
        mediator=cast.amina_mediator,
        label="Google",
        url="https://agenda.example.org/secret.ics",
        tried_at=at(8),
        read_at=at(8, days=-1),
        problem="Le service de cet agenda ne répond pas.",
    )


def _closure(cast: Cast) -> Closure:
    """Return a day of this week on which the library is shut; today people queue there."""
    tomorrow = TODAY + dt.timedelta(days=1)
    return Closure.objects.create(site=cast.empalot, starts_on=tomorrow, ends_on=tomorrow, reason="Inventaire")


def _ticket(cast: Cast) -> Ticket:
    """Return one that was received and waits for its report, beside one that is called and one that waits."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    drop_in = DropIn.objects.create(site=cast.empalot, day=TODAY)
    received = {"state": TicketState.SERVED, "mediator": cast.amina_mediator}
    first = Ticket.objects.create(
        drop_in=drop_in, number=1, taken_through="kiosk", called_at=at(8, 20), ended_at=at(8, 45), **received
    )
    called = {"state": TicketState.CALLED, "mediator": cast.amina_mediator}
    Ticket.objects.create(drop_in=drop_in, number=2, taken_through="desk", called_at=at(8, 50), **called)
    Ticket.objects.create(drop_in=drop_in, number=3, taken_through="desk", is_priority=True)
    return first


def _help_request(cast: Cast, by: Actor) -> HelpRequest:
    """Return somebody to call, called in vain as often as makes one stop, beside one entrusted to the partner."""
    common = {"beneficiary": cast.lucette, "cause": Cause.CALL_BACK, "reason": cast.desk_only, "by": by}
    ask_for_help(organisation=cast.partner, **common)
    request = ask_for_help(organisation=cast.mairie, note="Un courrier de la CAF", **common)
    for _number in range(3):
        note_call(request=request, result=CallResult.NO_ANSWER, by=by)
    return request


def _letter(cast: Cast) -> None:
    """Leave somebody to write to, who has neither telephone nor e-mail."""
    person = Beneficiary.objects.create(last_name="Sans-Téléphone", postal_address="1 rue des Lois\n31000 TOULOUSE")
    plan(
        kind=MessageKind.BOOKED,
        occasion="test:letter",
        version=1,
        beneficiary=person,
        organisation=cast.mairie,
        words=Words(starts_at=at(14, days=6), place="médiathèque Empalot", reference="48210733"),
        due_at=at(9),
        useless_after=at(14, days=6),
    )


def _kiosk(world: World, code: str) -> dict[str, str]:
    """Return the cookies of a kiosk that was paired, and on which somebody has just done everything."""
    client = Client()
    client.post(reverse("kiosk:pair"), {"code": code})
    slot = first_slots(Need(reason=world.cast.any_need, sites=[world.cast.bellefontaine.pk]), limit=2)[1]
    client.post(reverse("kiosk:book"), {"slot": slot.token, "without": "1"})
    client.post(reverse("kiosk:ticket"), {"priority": "no"})
    client.post(reverse("kiosk:ticket_call_back"), {"phone": "06 39 98 01 99"})
    return _jar(client)


def _kiosk_computer(kiosk: dict[str, str]) -> dict[str, str]:
    """Return the cookies of the same screen, after somebody has reserved a computer there."""
    client = Client()
    for name, value in kiosk.items():
        client.cookies[name] = value
    client.post(reverse("kiosk:computer_time"), {"when": "2026-12-01T14:30"})
    return _jar(client)


def _holder(held: Appointment | Reservation) -> dict[str, str]:
    """Return the cookies of a resident who typed a reference and its code, and asked to be called."""
    client = Client()
    client.post(reverse("web:call_back_who"), {"phone": "06 39 98 01 98"})
    client.post(reverse("web:appointment"), {"reference": held.reference, "secret": held.code})
    return _jar(client)


def cookies_of_roles(cast: Cast) -> dict[str, dict[str, str]]:
    """Return what makes a browser that of nobody, or of one of the cast."""
    return {role: _signed_in(cast, role) for role in ROLES}


def _signed_in(cast: Cast, role: str) -> dict[str, str]:
    client = Client()
    if role != "nobody":
        client.force_login(getattr(cast, role))
    return _jar(client)


def _jar(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}
