"""Before a message leaves: its occasion still stands, and its person is still reached so."""

import datetime as dt

import pytest

from directory.enums import Channel
from mediation.messaging import delivery, services
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.gateways import Refused
from mediation.messaging.models import Line
from mediation.messaging.occasions import OCCASIONS
from mediation.messaging.services import change_way
from tests.cast import NOW, at
from tests.messaging.delivery.conftest import MOBILE, last, pass_by, states

pytestmark = pytest.mark.django_db

SMS, CALL = Medium.SMS, Medium.CALL_LIST
REMINDER = MessageKind.REMINDER


class Concerts:
    """What stands of "concert:…": the first, in its second state."""

    def __init__(self):
        self.asked = []

    def versions(self, uids):
        self.asked.append(set(uids))
        return {"1": 2} if "1" in uids else {}


CONCERTS = Concerts()


@pytest.fixture
def concerts(monkeypatch):
    CONCERTS.asked.clear()
    monkeypatch.setitem(OCCASIONS.paths, "concert", f"{__name__}.CONCERTS")
    return CONCERTS


@pytest.mark.parametrize(
    ("occasion", "version", "state"),
    [
        ("concert:1", 2, "accepted"),
        ("concert:1", 1, "skipped"),
        ("concert:2", 1, "skipped"),
        ("nobody-answers:1", 1, "accepted"),
    ],
    ids=["stands", "was moved", "is over", "nobody answers"],
)
def test_what_speaks_of_an_earlier_state_stays(due, gate, concerts, occasion, version, state):
    message = due(occasion=occasion, version=version)
    delivery.deliver_due()
    assert states(message) == [(SMS, state)]
    assert last(message).problem == ("Sans objet : la situation a changé." if state == "skipped" else "")


def test_what_is_carried_over_while_it_is_looked_at_leaves(due, gate, concerts, monkeypatch):
    """Somebody more is expected, between the moment a batch is taken and the question of what stands."""
    message = due(occasion="concert:1", version=1)
    stands = concerts.versions

    def versions(uids):
        services.carry_over(occasion="concert:1", version=2)
        return stands(uids)

    monkeypatch.setattr(concerts, "versions", versions)
    delivery.deliver_due()
    assert states(message) == [(SMS, "accepted")]


@pytest.mark.parametrize("state", ["sending", "unknown"])
def test_what_is_carried_over_while_it_is_said_may_be_tried_again(due, gate, concerts, state):
    message = due(occasion="concert:1", version=1)
    gate.answers = [Refused("occupé", is_temporary=True)]
    message.attempts.update(state=state)
    services.carry_over(occasion="concert:1", version=2)
    message.attempts.update(state="waiting")
    delivery.deliver_due()
    pass_by(minutes=1)
    assert states(message) == [(SMS, "failed"), (SMS, "accepted")]


def test_a_batch_is_one_question(due, gate, concerts):
    for number in range(5):
        due(occasion=f"concert:{number}", version=2, recipient=f"+3363998010{number}")
    delivery.deliver_due()
    assert concerts.asked == [set("01234")]


def test_a_number_that_was_corrected_gets_the_reminder(due, gate, cast):
    message = due(kind=REMINDER)
    cast.lucette.phone_typed = "06 39 98 00 77"
    cast.lucette.save()
    delivery.deliver_due()
    assert states(message) == [(SMS, "skipped"), (SMS, "accepted")]
    assert [outgoing.recipient for outgoing in gate.sent] == ["+33639980077"]


def test_a_mobile_that_became_a_telephone_at_home_is_called(due, gate, cast):
    message = due(kind=REMINDER)
    cast.lucette.phone_typed = "05 36 49 00 77"
    cast.lucette.save()
    delivery.deliver_due()
    assert states(message) == [(SMS, "skipped"), (CALL, "waiting")]
    assert gate.sent == []


def test_who_refuses_by_now_is_left_in_peace(due, gate):
    message = due(kind=REMINDER)
    Line.objects.create(recipient=MOBILE, refuses_since=NOW)
    delivery.deliver_due()
    assert states(message) == [(SMS, "skipped")]
    assert last(message).problem == "Ce numéro ne veut plus recevoir de messages."


def test_who_wants_no_message_by_now_gets_none(due, gate, cast):
    message = due(kind=REMINDER)
    cast.lucette.preferred_channel = Channel.NONE
    cast.lucette.save()
    delivery.deliver_due()
    assert (states(message), gate.sent) == ([(SMS, "skipped")], [])


def test_a_way_that_an_agent_chose_is_kept(due, gate, cast, settings, mailoutbox):
    cast.lucette.email = "lucette@example.org"
    cast.lucette.save()
    message = due(kind=REMINDER)
    change_way(message=message, medium=Medium.EMAIL)
    delivery.deliver_due()
    assert [mail.to for mail in mailoutbox] == [["lucette@example.org"]]
    assert states(message) == [(SMS, "skipped"), (Medium.EMAIL, "sent")]


def test_a_reminder_of_somebody_erased_goes_as_it_was_written(due, gate):
    message = due(kind=REMINDER, beneficiary=None, useless_after=at(14) + dt.timedelta(days=1))
    delivery.deliver_due()
    assert states(message) == [(SMS, "accepted")]
