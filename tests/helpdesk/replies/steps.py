"""What tests of replies do again and again."""

import datetime as dt

from directory.models import Beneficiary
from helpdesk.models import Appointment
from mediation.messaging.enums import AttemptState
from mediation.messaging.models import Message
from tests.messaging.phone import LUCETTE

WEEK = 7


def somebody(number: str = "06 39 98 00 01", name: str = "René") -> Beneficiary:
    return Beneficiary.objects.create(first_name=name, phone_typed=number)


def now_is(appointment: Appointment) -> Appointment:
    return Appointment.objects.get(pk=appointment.pk)


def to_be_sent(number: str = LUCETTE) -> list[str]:
    """Return what leaves for a number now."""
    waiting = Message.objects.filter(
        recipient=number, attempts__state=AttemptState.WAITING, due_at__lte=dt.datetime.now(tz=dt.UTC)
    )
    return sorted(waiting.values_list("kind", flat=True))
