"""What the ledger of messages is told of registrations: which state stands."""

import pytest

from directory.enums import Reminders
from directory.models import Organisation
from mediation.messaging.models import Message
from mediation.messaging.occasions import OCCASIONS
from tests.cast import at
from tests.workshops.conftest import enrol
from workshops import services


@pytest.fixture(autouse=True)
def one_reminder(cast):
    """Of reminders, the eve's is enough here."""
    Organisation.objects.update(reminders=Reminders.EVE)


def standing() -> list[str]:
    """Return what may still be said, as delivery asks it before a message leaves."""
    found = []
    for message in Message.objects.order_by("pk"):
        occasion, uid = OCCASIONS.of(message.occasion)
        if occasion.versions([uid]).get(uid) == message.version:
            found.append(str(message.kind))
    return found


def test_what_stands_follows_the_workshop(workshop, people, by, now):
    enrol(workshop, people[:1], by)
    assert standing() == ["registered", "reminder"]
    services.move_workshop(workshop=workshop, starts_at=at(10, days=3), ends_at=at(12, days=3), by=by)
    assert standing() == ["moved", "reminder"]
    services.cancel_workshop(workshop=workshop, by=by)
    assert standing() == ["cancelled"]
    now.move_to(at(13, days=3))
    assert standing() == []


def test_a_seat_given_back_leaves_only_its_confirmation(workshop, people, by):
    registration = enrol(workshop, people[:1], by)[0]
    services.cancel_registration(registration=registration, by=by)
    assert standing() == ["excused"]
