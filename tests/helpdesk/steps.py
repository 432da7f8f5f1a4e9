"""What tests of pages do again and again: name a time, an address, a gesture, and read what was said."""

import datetime as dt

from django.contrib.messages import get_messages
from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.selectors import Slot


def slot_at(cast, start: dt.datetime) -> Slot:
    return Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)


def url(name: str, appointment: Appointment, *args) -> str:
    return reverse(f"helpdesk:{name}", args=[appointment.uid, *args])


def words(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def note(client, appointment: Appointment, verb: str, **more: str):
    attendee = appointment.attendees.first()
    return client.post(url("attendance", appointment, attendee.pk), {"verb": verb, **more})
