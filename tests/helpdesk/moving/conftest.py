"""Three people whose appointments stand in the way of an absence."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages

from directory.models import Beneficiary, BeneficiaryLink
from helpdesk import selectors, services
from helpdesk.models import Absence, Appointment
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from tests.cast import TODAY, at


def appointment_at(cast, start: dt.datetime, person: Beneficiary) -> Appointment:
    slot = Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)
    return services.book(slot=slot, people=[person], by=Actor.at_desk(cast.claire))


def somebody(cast, number: int, **more) -> Beneficiary:
    person = Beneficiary.objects.create(
        first_name=f"Personne {number}", **{"phone_typed": f"06 39 98 01 {number:02}", **more}
    )
    BeneficiaryLink.objects.create(beneficiary=person, organisation=cast.mairie, since=TODAY, last_contact_on=TODAY)
    return person


@pytest.fixture
def three(cast) -> list[Appointment]:
    """A mobile, a landline and a mobile, Tuesday in a week."""
    phones = ("06 39 98 01 01", "05 36 49 01 02", "06 39 98 01 03")
    people = [somebody(cast, number, phone_typed=phone) for number, phone in enumerate(phones, start=1)]
    return [appointment_at(cast, at(9 + hour, days=7), person) for hour, person in enumerate(people)]


@pytest.fixture
def away(cast, three) -> Absence:
    """Amina is away all that day."""
    return Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0, days=7), ends_at=at(0, days=8))


def lines_of(cast, **cause) -> list[selectors.MustMove]:
    return selectors.must_move(user=cast.claire, **cause)


def ticked(lines) -> dict[str, list[str]]:
    return {"rendez_vous": [line.value for line in lines]}


def words(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))
