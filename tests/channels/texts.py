"""Somebody writes to the number of the city, and reads what comes back."""

from django.utils import timezone

from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.messaging.models import Message
from tests.messaging.phone import read, send

NEW = "+33639980077"
LUCETTE = "+33639980001"


def write(body: str, number: str = NEW) -> list[Message]:
    """Send a text and return what answers it; what is due arrives."""
    before = set(Message.objects.values_list("pk", flat=True))
    send(body, sender=number)
    answers = list(Message.objects.exclude(pk__in=before).filter(recipient=number).order_by("pk"))
    read()
    return [message for message in answers if message.due_at <= timezone.now()]


def say(body: str, number: str = NEW) -> list[str]:
    return [message.body for message in write(body, number)]


def kinds(body: str, number: str = NEW) -> list[str]:
    return [message.kind for message in write(body, number)]


def booked_for(cast, person, slot, by=None):
    return book(slot=slot, people=[person], by=by or Actor.at_desk(cast.claire))
