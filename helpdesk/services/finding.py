"""Find an appointment for whoever holds its card."""

from django.db.models import Exists, OuterRef, Q

from helpdesk.models import Appointment, Attendee
from mediation.kernel.references import read_secret


def find_by_reference(reference: str, secret: str) -> Appointment | None:
    """Return the appointment of ``reference`` for whoever knows its code, or a number of its people or its end.

    Spaces are ignored. The caller limits the attempts: four digits are few. Whatever is wrong, the same single query
    finds nothing, so that neither the answer nor its time tells whether the reference exists.
    """
    digits, typed = "".join(c for c in reference if c in "0123456789"), read_secret(secret)
    if not typed:
        return None
    people = Attendee.objects.filter(appointment=OuterRef("pk"), beneficiary__phone__endswith=typed)
    return Appointment.objects.for_pages().filter(Q(code=typed) | Exists(people), reference=digits).first()
