"""What an organisation may spend in a month, and how often a number may be written to in a day."""

import datetime as dt
from decimal import Decimal

import pytest

from mediation.messaging import delivery
from mediation.messaging.enums import Medium
from mediation.messaging.models import Attempt, Reply
from mediation.messaging.selectors import spending
from tests.cast import NOW, TODAY, at
from tests.messaging.delivery.conftest import MOBILE, last, pass_by, states

pytestmark = pytest.mark.django_db

SMS, CALL = Medium.SMS, Medium.CALL_LIST


@pytest.fixture
def limited(cast):
    cast.mairie.sms_parts_per_month = 10
    cast.mairie.save()
    return cast.mairie


def spent(due, parts, sending_at=NOW, **changes):
    message = due(recipient="+33639980055")
    message.attempts.update(**{"state": "delivered", "sending_at": sending_at, "parts": parts, **changes})


def test_what_the_month_cannot_pay_any_more_stays_in_words(due, gate, limited):
    spent(due, 8)
    first, second = due(parts=2), due(parts=1)
    delivery.deliver_due()
    assert (states(first), states(second)) == ([(SMS, "accepted")], [(SMS, "skipped")])
    assert (last(second).trouble, last(second).problem) == ("spent", "Le plafond de SMS du mois est atteint.")


def test_what_is_urgent_is_said_by_somebody(due, gate, limited):
    spent(due, 10)
    message = due(useless_after=at(18))
    delivery.deliver_due()
    assert states(message) == [(SMS, "skipped"), (CALL, "waiting")]


@pytest.mark.parametrize(
    "not_counted",
    [
        {"sending_at": NOW - dt.timedelta(days=1)},
        {"state": "failed"},
        {"state": "skipped"},
        {"medium": Medium.VOICE},
    ],
    ids=["last month", "refused", "not sent", "a call"],
)
def test_what_was_not_sent_this_month_is_not_counted(due, gate, limited, not_counted):
    spent(due, 10, **not_counted)
    message = due()
    delivery.deliver_due()
    assert states(message) == [(SMS, "accepted")]


def test_the_other_organisations_send(due, gate, limited, cast):
    spent(due, 10)
    message = due(organisation=cast.partner)
    delivery.deliver_due()
    assert states(message) == [(SMS, "accepted")]


def test_spending_is_told_with_its_share(due, limited):
    spent(due, 3, cost=Decimal("0.21"))
    assert (spending(limited, TODAY).parts, spending(limited, TODAY).cost) == (3, Decimal("0.21"))
    assert (spending(limited, TODAY).share, spending(limited, TODAY).is_near) == (0.3, False)
    spent(due, 5)
    assert spending(limited, TODAY).is_near


def test_without_limit_there_is_no_share(due, cast):
    found = spending(cast.mairie, TODAY)
    assert (found.parts, found.limit, found.share, found.is_near) == (0, None, None, False)


def test_a_number_is_not_written_to_without_end(due, gate, settings):
    settings.MESSAGES_PER_NUMBER_AND_DAY = 2
    messages = [due() for _number in range(3)]
    delivery.deliver_due()
    assert [last(one).state for one in messages] == ["accepted", "accepted", "skipped"]
    assert last(messages[2]).trouble == "too_many"
    urgent, other = due(useless_after=at(18)), due(recipient="+33639980056")
    delivery.deliver_due()
    assert (states(urgent), last(other).state) == ([(SMS, "skipped"), (CALL, "waiting")], "accepted")


def test_whoever_writes_is_answered_but_not_without_end(due, gate, settings):
    settings.MESSAGES_PER_NUMBER_AND_DAY = 1
    due()
    delivery.deliver_due()
    for number in range(4):
        Reply.objects.create(gateway="file", provider_id=str(number), sender=MOBILE, body="2", received_at=NOW)
        answer = due()
        delivery.deliver_due()
        assert last(answer).state == ("accepted" if number < 2 else "skipped")


def test_a_number_that_was_corrected_counts_for_itself(due, gate, settings):
    settings.MESSAGES_PER_NUMBER_AND_DAY = 1
    due()
    Attempt.objects.update(recipient="+33639980057", state="sent", sending_at=NOW)
    to_the_old, to_the_new = due(), due(recipient="+33639980057")
    delivery.deliver_due()
    assert (last(to_the_old).state, last(to_the_new).state) == ("accepted", "skipped")


def test_tomorrow_is_another_day(due, gate, settings):
    settings.MESSAGES_PER_NUMBER_AND_DAY = 1
    due()
    delivery.deliver_due()
    message = due(due_at=at(9, days=1))
    pass_by(days=1)
    assert last(message).state == "accepted"
