"""What is called back while an agent, or a failure, opens another way for it: one wins, nobody is thrown out."""

import datetime as dt
import os

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mediation.messaging import services
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message
from tests.cast import Cast
from tests.concurrency.writers import all_at_once
from tests.messaging.rows import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

PEOPLE = 8
REPEATS = 40 if os.environ.get("FULL") else 8


def test_calling_back_against_another_way(cast: Cast):
    now = timezone.now()
    times = {"due_at": now, "useless_after": now + dt.timedelta(days=2)}
    for _repeat in range(REPEATS):
        messages = [make(cast, recipient=f"+3363998000{number}", **times) for number in range(PEOPLE)]
        ways = [lambda one=one: services.change_way(message=one, medium=Medium.CALL_LIST) for one in messages[::-1]]
        outcomes = all_at_once([lambda: services.void(occasion="test:1"), *ways])
        assert {type(one) for one in outcomes} <= {int, Attempt, ValidationError}, outcomes
        assert not Message.objects.filter(voided_at=None).exists()
        assert not Attempt.objects.exclude(state=AttemptState.SKIPPED).exists()
        Message.objects.all().delete()
