"""What tests of a call do again and again."""

from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor

# A well-formed identifier of nobody; the same in each process, so that they agree on the names of the tests.
NOBODY = "00000000-0000-4000-8000-000000000000"


def booked(cast, person=None, nth=3) -> Appointment:
    slot = first_slots(Need(reason=cast.any_need), limit=nth + 1)[nth]
    return book(slot=slot, people=[person or cast.lucette], by=Actor.at_desk(cast.claire))


def people_of(appointment) -> list[str]:
    return [one.beneficiary.full_name for one in appointment.attendees.order_by("pk")]
