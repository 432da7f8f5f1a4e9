"""Newcomers who give one number at the same moment, each with another mediator: the number holds few appointments."""

import datetime as dt
import os

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.models import Beneficiary, BeneficiaryLink, Engagement, Mediator
from helpdesk.models import Appointment, OpeningPeriod
from helpdesk.selectors import Need, Slot, first_slots
from mediation.accounts.actor import Actor, Door
from mediation.channels.services import book_for_resident
from mediation.messaging.models import Message
from mediation.territory.selectors import is_public_holiday
from tests.cast import Cast
from tests.concurrency.writers import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NEWCOMERS = 8
MOST = 2
REPEATS = 20 if os.environ.get("FULL") else 2
RESIDENT = Actor(door=Door.WEB)
SHARED = "06 39 98 30 00"


@pytest.fixture
def slots(cast: Cast) -> list[Slot]:
    """As many slots as newcomers, with as many mediators: nothing but the number makes them wait for each other."""
    day = timezone.localdate() + dt.timedelta(days=2)
    while is_public_holiday(day):
        day += dt.timedelta(days=1)
    found = []
    for number in range(NEWCOMERS):
        mediator = Mediator.objects.create(organisation=cast.mairie, first_name="Médiateur", last_name=str(number))
        opening = OpeningPeriod.objects.create(
            mediator=mediator, site=cast.empalot, first_day=day, start_time=dt.time(9), end_time=dt.time(12)
        )
        opening.reasons.add(cast.admin_help)
        found += first_slots(Need(reason=cast.admin_help, mediator=mediator, for_self_service=True), limit=1)
    return found


def test_a_number_that_newcomers_share_holds_few_appointments(settings, slots):
    settings.BOOKINGS_PER_PERSON = MOST
    for _repeat in range(REPEATS):
        refusals: list[str] = []

        def book(slot: Slot, name: str, refusals: list[str] = refusals) -> None:
            try:
                book_for_resident(slot=slot, by=RESIDENT, first_name=name, phone=SHARED)
            except ValidationError as refusal:
                refusals.append(refusal.code)

        verbs = [lambda slot=slot, name=f"Personne {rank}": book(slot, name) for rank, slot in enumerate(slots)]
        assert at_once(verbs) == [None] * NEWCOMERS
        assert Appointment.objects.count() == MOST
        assert refusals == ["too_many"] * (NEWCOMERS - MOST)
        for model in (Message, Appointment, Engagement):
            model.objects.all().delete()
        newcomers = Beneficiary.objects.filter(first_name__startswith="Personne")
        BeneficiaryLink.objects.filter(beneficiary__in=newcomers).delete()
        newcomers.delete()
