"""A booking holds its mediator's lock: what it asks of the database is counted, and what it says twice is not."""

import uuid

import pytest
from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from mediation.messaging.models import Attempt, Message
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
# Session, account and roles; who, what and where; the check under the lock; what is written.
MOST_QUERIES = 26


def test_a_booking_costs_few_queries_and_sent_again_books_nothing(cast, sign_in, django_assert_max_num_queries):
    slot = Slot(at(10, days=7), at(10, 30, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    said = {
        "person": str(cast.lucette.uid),
        "reason": str(cast.admin_help.uid),
        "slot": slot.token,
        "request_key": str(uuid.uuid4()),
    }
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(MOST_QUERIES):
        first = client.post(reverse("desk:front_desk"), said)
    again = client.post(reverse("desk:front_desk"), said)
    assert first.status_code == 302
    assert again.headers["Location"] == first.headers["Location"]
    assert (Appointment.objects.count(), Message.objects.count(), Attempt.objects.count()) == (1, 3, 3)
