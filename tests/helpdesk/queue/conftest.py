"""A queue at Empalot, and a colleague to share it with."""

import datetime as dt

import pytest

from directory.models import Mediator
from helpdesk.models import OpeningPeriod
from mediation.accounts.actor import Actor
from tests.cast import TODAY


@pytest.fixture
def desk(cast) -> Actor:
    """Tuesday 9:00: Amina receives at Empalot until noon, with and without appointment."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    return Actor.at_desk(cast.claire)


@pytest.fixture
def lea(cast) -> Mediator:
    """A colleague of Amina's, who takes tickets at Empalot from 9:00 to 11:00."""
    mediator = Mediator.objects.create(organisation=cast.mairie, first_name="Léa", last_name="Roques")
    period = OpeningPeriod.objects.create(
        mediator=mediator,
        site=cast.empalot,
        takes_tickets=True,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(11),
    )
    period.reasons.set([cast.any_need])
    return mediator
