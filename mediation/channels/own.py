"""What a number has before it, for the doors that know nothing else. It may be shared or forged: never who."""

from django.utils import timezone

from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.services import remove_person
from mediation.accounts.actor import Actor
from mediation.channels.web.holdings import Held, give_back, held_by_name, name_of
from workshops.enums import RegistrationStatus
from workshops.models import Registration

# A hostel shares one number; nobody listens to more than this.
MOST = 10
LIVE = (RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED, RegistrationStatus.WAITING)


def names_of_number(number: str) -> list[str]:
    """Return the names of the appointments and seats that somebody with this number has before them, in order."""
    now = timezone.now()
    appointments = Appointment.objects.standing().filter(
        attendees__beneficiary__phone=number,
        attendees__status=AttendeeStatus.UNKNOWN,
        engagement__starts_at__gt=now,
    )
    seats = Registration.objects.filter(
        beneficiary__phone=number,
        status__in=LIVE,
        workshop__engagement__released_at=None,
        workshop__engagement__starts_at__gt=now,
    )
    rows: list[Appointment | Registration] = [
        *appointments.select_related("engagement").order_by("engagement__starts_at", "pk").distinct()[:MOST],
        *seats.select_related("workshop__engagement").order_by("workshop__engagement__starts_at", "pk")[:MOST],
    ]
    rows.sort(key=lambda row: row.starts_at if isinstance(row, Appointment) else row.workshop.starts_at)
    return [name_of(row) for row in rows[:MOST]]


def held_by_number(number: str) -> list[Held]:
    """Return what a number has before it, the soonest first."""
    return [held for name in names_of_number(number) if (held := held_by_name(name))]


def of_number(held: Held, number: str) -> tuple[list[Attendee], bool]:
    """Return who of an appointment has that number and is expected, and whether nobody else is."""
    if not isinstance(held.row, Appointment):
        return [], True
    expected = [one for one in held.row.attendees.all() if one.status == AttendeeStatus.UNKNOWN]
    mine = [one for one in expected if one.beneficiary.phone == number]
    return mine, len(mine) == len(expected)


def give_back_for(number: str, held: Held, *, by: Actor) -> None:
    """Cancel it for all of that number; others who are expected still come. Raises what ``give_back`` raises."""
    mine, is_alone = of_number(held, number)
    if is_alone:
        give_back(held, by=by)
    for attendee in () if is_alone else mine:
        remove_person(attendee=attendee, by=by)
