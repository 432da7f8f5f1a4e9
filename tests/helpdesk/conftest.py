"""Two appointments of Lucette's that pages show."""

import pytest

from helpdesk import services
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from tests.cast import at
from tests.helpdesk.steps import slot_at


@pytest.fixture
def booked(cast) -> Appointment:
    """Lucette with Amina, today at 9:30."""
    return services.book(slot=slot_at(cast, at(9, 30)), people=[cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture
def at_partner(cast) -> Appointment:
    """Lucette with Paul, tomorrow at 14:00, booked by the Mairie's front desk."""
    slot = Slot(at(14, days=1), at(14, 30, days=1), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    return services.book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
