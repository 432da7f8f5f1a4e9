"""A workshop of the cast."""

import pytest

from directory.models import Beneficiary, BeneficiaryLink
from mediation.accounts.actor import Actor
from mediation.messaging.enums import AttemptState
from mediation.messaging.models import Message
from tests.cast import TODAY, at
from workshops import services
from workshops.models import Registration


@pytest.fixture
def by(cast):
    """Claire, at the Mairie's front desk."""
    return Actor.at_desk(cast.claire)


@pytest.fixture
def workshop(cast, now, by):
    """Two seats with Amina at Empalot, on Friday afternoon."""
    return open_workshop(cast, by)


@pytest.fixture
def people(cast, now):
    """Five people of the Mairie, each with a mobile number."""
    return [make_person(cast, number) for number in range(1, 6)]


def make_person(cast, number, organisation=None):
    person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed=f"06 39 98 01 {number:02}")
    BeneficiaryLink.objects.create(
        beneficiary=person, organisation=organisation or cast.mairie, since=TODAY, last_contact_on=TODAY
    )
    return person


def open_workshop(cast, by, **fields):
    return services.open_workshop(
        **{
            "mediator": cast.amina_mediator,
            "site": cast.empalot,
            "title": "Premiers clics",
            "starts_at": at(14, days=3),
            "ends_at": at(16, days=3),
            "capacity": 2,
            "themes": ["hardware"],
            "by": by,
            **fields,
        }
    )


def enrol(workshop, people, by, **options):
    return [services.register(workshop=workshop, beneficiary=one, by=by, **options) for one in people]


def state(registration):
    return Registration.objects.get(pk=registration.pk).status


def told(registration):
    """Return what is still to be said about a registration."""
    return sorted(
        Message.objects.about(f"registration:{registration.uid}")
        .filter(voided_at=None, attempts__state=AttemptState.WAITING)
        .values_list("kind", flat=True)
    )
