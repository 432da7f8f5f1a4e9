"""Find an appointment for whoever holds its card."""

import hmac

from helpdesk.models import Appointment

SECRET_LENGTH = 4


def find_by_reference(reference: str, secret: str) -> Appointment | None:
    """Return the appointment of ``reference`` for whoever knows its code, or the end of a number of its people.

    Spaces are ignored. The caller limits the attempts: four digits are few.
    """
    digits, typed = ("".join(c for c in text if c in "0123456789") for text in (reference, secret))
    appointment = Appointment.objects.for_pages().filter(reference=digits).first()
    if appointment is None or len(typed) != SECRET_LENGTH:
        return None
    numbers = [attendee.beneficiary.phone[-SECRET_LENGTH:] for attendee in appointment.attendees.all()]
    known = any(hmac.compare_digest(typed, secret) for secret in (appointment.code, *numbers) if secret)
    return appointment if known else None
