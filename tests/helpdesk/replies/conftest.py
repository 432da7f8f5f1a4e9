"""Lucette, who was asked whether she is coming."""

import pytest

from directory.enums import Reminders
from directory.models import Organisation
from helpdesk import services
from helpdesk.models import Appointment
from mediation.accounts.actor import Actor
from tests.cast import at
from tests.helpdesk.replies.steps import WEEK
from tests.helpdesk.steps import slot_at
from tests.messaging.phone import read


@pytest.fixture(autouse=True)
def one_reminder(cast, now):
    """Of reminders, the eve's is enough here."""
    Organisation.objects.update(reminders=Reminders.EVE)


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def asked(cast, by) -> Appointment:
    """Lucette with Amina, next Tuesday at 9:30; she has read the confirmation."""
    appointment = services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette], by=by)
    read()
    return appointment
