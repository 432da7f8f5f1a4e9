"""What individual help keeps of people: appointments, requests, tickets, and what was noted with them."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from helpdesk.models import Appointment, Attendee, CallAttempt, HelpRequest, Ticket


def seen_since(people: Collection[int], since: dt.datetime) -> set[int]:
    """Return those of ``people`` who are expected, wait to be called back, or came, booked or asked since then."""
    booked = Q(appointment__booked_at__gte=since) | Q(appointment__engagement__ends_at__gte=since)
    changed = Q(appointment__changes__at__gte=since)
    waits = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    called = Q(asked_at__gte=since) | Q(calls__at__gte=since)
    rows = (
        Attendee.objects.filter(booked | changed, beneficiary__in=people),
        HelpRequest.objects.filter(waits | called, beneficiary__in=people),
        Ticket.objects.filter(beneficiary__in=people, taken_at__gte=since),
    )
    return {pk for found in rows for pk in found.order_by().values_list("beneficiary", flat=True)}


def erase(people: Collection[int]) -> None:
    """Empty what was typed freely: it may name them, and says what they came for."""
    attended = Attendee.objects.filter(beneficiary__in=people).order_by().values("appointment")
    Appointment.objects.filter(pk__in=attended).update(note="", override_reason="", remote_link="")
    requests = HelpRequest.objects.filter(beneficiary__in=people).order_by()
    CallAttempt.objects.filter(request__in=requests.values("pk")).exclude(note="").update(note="")
    requests.exclude(note="").update(note="")
    Ticket.objects.filter(beneficiary__in=people, before__isnull=False).update(before=None)
