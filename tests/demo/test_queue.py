"""The demonstration's queues: weeks behind that agree with the log, and one that looks alive whenever it is loaded."""

import pytest

from directory.models import Mediator
from helpdesk.enums import QueueState
from helpdesk.models import DropIn, Ticket
from helpdesk.selectors.queue import queue_of
from mediation.demo.city import load_city
from mediation.demo.kiosk import COLLEAGUE
from tests.cast import TODAY, at


@pytest.mark.thorough
def test_two_places_have_a_queue_behind_them_and_one_under_way(db, now):
    now.move_to(at(11))
    load_city(seed=1, today=TODAY, progress=lambda _label, steps: steps)
    past = DropIn.objects.filter(day__lt=TODAY)
    assert past.values("site").distinct().count() == 2
    reported = Ticket.objects.filter(drop_in__in=past, activity__isnull=False)
    assert reported.count() > 40
    assert not [one for one in reported.select_related("activity") if one.minutes != one.activity.duration_minutes]
    colleague = Mediator.objects.get(user__email=COLLEAGUE)
    today = DropIn.objects.filter(day=TODAY, tickets__mediator=colleague).distinct()
    queue = queue_of(today.get().site)
    assert queue.state == QueueState.OPEN
    assert len(queue.turns) == 5
    assert queue.called
    assert queue.received
