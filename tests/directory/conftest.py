"""Lucette written down twice, and what may name her."""

import datetime as dt

import pytest

from directory.enums import ReceptionNeed
from directory.models import Beneficiary, BeneficiaryLink
from directory.selectors import ties
from directory.services import link
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.services import Person, log_individual
from tests.cast import TODAY


@pytest.fixture
def claire(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def lucie(cast, now) -> Beneficiary:
    """Lucette again, written down in a hurry by somebody else."""
    person = Beneficiary.objects.create(
        first_name="Lucette", last_name="Fabre", email="lucette@example.org", reception_needs=[ReceptionNeed.STEP_FREE]
    )
    link(beneficiary=person, organisation=cast.mairie, on=TODAY - dt.timedelta(days=400))
    return person


def booked(cast, *people, nth=3) -> Appointment:
    slot = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=nth + 1)[nth]
    return book(slot=slot, people=people, by=Actor.at_desk(cast.claire))


def helped(cast, person):
    return log_individual(
        mediator=cast.amina_mediator,
        day=TODAY,
        duration_minutes=30,
        people=[Person(beneficiary=person)],
        themes=[Theme.EMAIL],
        site=cast.empalot,
        by=Actor.at_desk(cast.amina),
    )


def states() -> list:
    """Return every file and link as the database has them, without what undoing may leave behind."""
    return [
        *Beneficiary.objects.order_by("pk").values(),
        *BeneficiaryLink.objects.order_by("beneficiary", "organisation").values(
            "beneficiary", "organisation", "since", "last_contact_on", "shares_history"
        ),
        *((tie.key, list(tie.model._base_manager.order_by("pk").values("pk", tie.field))) for tie in ties()),
    ]
