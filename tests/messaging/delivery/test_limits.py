"""What an organisation may spend in a month, and how often a number may be written to in a day."""

import datetime as dt
from decimal import Decimal

import pytest

from mediation.messaging import delivery
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.models import Attempt, Reply
from mediation.messaging.selectors import parts_today, spending
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


def stranger(due, **changes):
    """What answers a number that is on nobody's file."""
    return due(beneficiary=None, kind=MessageKind.TIMES, recipient="+33639980066", **changes)


@pytest.fixture
def small_day(settings):
    settings.SMS_PARTS_PER_DAY, settings.SMS_PARTS_TO_STRANGERS_PER_DAY = 10, 3
    return settings


def test_strangers_do_not_use_up_what_is_for_those_who_are_expected(due, gate, small_day):
    answers = [stranger(due, parts=2) for _number in range(2)]
    confirmation, answer_to_somebody = due(parts=2), due(kind=MessageKind.HELP, parts=2)
    delivery.deliver_due()
    assert [last(one).state for one in answers] == ["accepted", "skipped"]
    assert last(answers[1]).trouble == "day_spent"
    assert (last(confirmation).state, last(answer_to_somebody).state) == ("accepted", "accepted")


def test_past_the_day_s_limit_only_the_answer_to_stop_leaves(due, gate, small_day):
    spent(due, 10)
    reminder, urgent, stopped = due(), due(useless_after=at(18)), due(kind=MessageKind.STOPPED)
    delivery.deliver_due()
    assert states(reminder) == [(SMS, "skipped")]
    assert states(urgent) == [(SMS, "skipped"), (CALL, "waiting")]
    assert states(stopped) == [(SMS, "accepted")]


def test_the_day_s_parts_are_told_apart_and_begin_again_at_midnight(due, gate, small_day):
    spent(due, 10, sending_at=at(23, days=-1))
    first = stranger(due, parts=3)
    delivery.deliver_due()
    today = parts_today(NOW)
    assert (today.parts, today.to_strangers, today.is_near, today.is_near_for_strangers) == (3, 3, False, True)
    assert last(first).state == "accepted"
    assert parts_today(NOW + dt.timedelta(days=1)).parts == 0


def test_without_a_day_s_limit_nothing_is_held_back(due, gate, settings):
    settings.SMS_PARTS_PER_DAY = settings.SMS_PARTS_TO_STRANGERS_PER_DAY = 0
    spent(due, 9000)
    messages = [stranger(due, parts=200), due(parts=200)]
    delivery.deliver_due()
    assert [last(one).state for one in messages] == ["accepted", "accepted"]
