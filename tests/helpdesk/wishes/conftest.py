"""Somebody early, and two who would come earlier."""

import datetime as dt

import pytest

from helpdesk import services
from helpdesk.models import Appointment, EarlierWish
from mediation.accounts.actor import Actor
from tests.cast import at
from tests.helpdesk.wishes.steps import book, somebody


@pytest.fixture
def desk(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def early(cast) -> Appointment:
    """Lucette, next Tuesday at 9:30: the time that will be freed."""
    return book(cast, at(9, 30, days=7), cast.lucette)


@pytest.fixture
def wishes(cast, desk, now) -> list[EarlierWish]:
    """Ana, then Bilal, a fortnight from now; both would come earlier."""
    found = []
    for number, name in enumerate(["Ana", "Bilal"]):
        appointment = book(cast, at(9 + number, days=14), somebody(name, number))
        now.shift(dt.timedelta(minutes=1))
        found.append(services.wish_earlier(appointment=appointment, by=desk))
    return found
