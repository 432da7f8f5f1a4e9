"""What is written in the ledger, for whom, by which way; and what is called back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.accounts.actor import Actor
from mediation.messaging import services
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Line, Message
from mediation.messaging.wording import Words
from tests.cast import NOW, at

pytestmark = pytest.mark.django_db


def plan(cast, person=None, *, starts_at=None, **changes):
    starts_at = starts_at or at(14, 30, days=2)
    return services.plan(
        **{
            "kind": MessageKind.BOOKED,
            "occasion": "appointment:1",
            "version": 1,
            "beneficiary": person or cast.lucette,
            "organisation": cast.mairie,
            "words": Words(starts_at=starts_at, place="médiathèque Empalot", reference="48210733"),
            "due_at": NOW,
            "useless_after": starts_at,
            **changes,
        }
    )


def person(**fields):
    return Beneficiary.objects.create(**{"last_name": "Essai", **fields})


def test_a_mobile_gets_a_text_message(cast, now):
    message = plan(cast)
    attempt = message.attempts.get()
    assert (message.medium, message.recipient) == (Medium.SMS, "+33639980001")
    assert (attempt.state, attempt.parts) == (AttemptState.WAITING, 1)
    assert cast.lucette.last_name not in message.body


@pytest.mark.parametrize(
    ("fields", "medium", "recipient"),
    [
        ({"phone_typed": "05 36 49 00 10"}, Medium.CALL_LIST, "+33536490010"),
        ({"phone_typed": "05 36 49 00 10", "email": "e@example.org"}, Medium.EMAIL, "e@example.org"),
        ({"phone_typed": "06 39 98 00 10", "preferred_channel": Channel.VOICE}, Medium.CALL_LIST, "+33639980010"),
        (
            {"phone_typed": "06 39 98 00 10", "email": "e@example.org", "preferred_channel": Channel.EMAIL},
            Medium.EMAIL,
            "e@example.org",
        ),
        ({"phone_typed": "06 39 98 00 10", "preferred_channel": Channel.EMAIL}, Medium.SMS, "+33639980010"),
    ],
)
def test_others_are_reached_as_they_wish_or_as_they_can(cast, now, fields, medium, recipient):
    message = plan(cast, person(**fields))
    assert (message.medium, message.recipient) == (medium, recipient)
    assert message.attempts.get().state == AttemptState.WAITING


@pytest.mark.parametrize(
    "fields", [{"phone_typed": "06 39 98 00 10", "preferred_channel": Channel.NONE}, {"first_name": "Sans numéro"}]
)
def test_somebody_who_wants_or_can_have_none_keeps_a_line_not_sent(cast, now, fields):
    attempt = plan(cast, person(**fields)).attempts.get()
    assert attempt.state == AttemptState.SKIPPED
    assert attempt.problem


def test_a_number_that_refused_messages_gets_none(cast, now):
    Line.objects.create(recipient="+33639980001", refuses_since=NOW)
    assert plan(cast).attempts.get().state == AttemptState.SKIPPED


def test_the_same_is_never_said_twice(cast, now):
    first = plan(cast)
    assert plan(cast) == first
    assert plan(cast, version=2) != first
    assert Attempt.objects.count() == 2


def test_a_couple_with_one_number_gets_one_message(cast, now):
    assert plan(cast) == plan(cast, person(first_name="René", phone_typed="06.39.98.00.01"))


def test_nothing_is_planned_about_what_is_past(cast, now):
    assert plan(cast, starts_at=at(8)) is None
    assert not Message.objects.exists()


def test_a_booking_plans_its_confirmation_and_its_reminder(cast, now):
    services.plan_booked_and_reminders(**booking(cast, at(14, 30, days=2)))
    planned = {message.kind: message.due_at for message in Message.objects.all()}
    assert planned == {MessageKind.BOOKED: NOW, MessageKind.REMINDER: at(14, 30, days=1)}


def test_a_booking_for_today_plans_its_confirmation_only(cast, now):
    services.plan_booked_and_reminders(**booking(cast, at(16)))
    assert [message.kind for message in Message.objects.all()] == [MessageKind.BOOKED]


def booking(cast, starts_at):
    return {
        "occasion": "appointment:1",
        "version": 1,
        "beneficiary": cast.lucette,
        "organisation": cast.mairie,
        "words": Words(starts_at=starts_at, place="médiathèque Empalot", reference="48210733"),
        "due_at": NOW,
    }


def test_voiding_calls_back_what_has_not_left(cast, now):
    waiting, other = plan(cast), plan(cast, occasion="appointment:2")
    sent = plan(cast, kind=MessageKind.REMINDER)
    sent.attempts.update(state=AttemptState.DELIVERED)
    assert services.void(occasion="appointment:1") == 1
    waiting.refresh_from_db()
    sent.refresh_from_db()
    other.refresh_from_db()
    assert waiting.voided_at
    assert waiting.attempts.get().state == AttemptState.SKIPPED
    assert sent.voided_at is None
    assert sent.attempts.get().state == AttemptState.DELIVERED
    assert other.voided_at is None
    assert services.void(occasion="appointment:1") == 0


def test_voiding_may_keep_to_some_kinds(cast, now):
    plan(cast)
    plan(cast, kind=MessageKind.REMINDER, due_at=NOW + dt.timedelta(hours=1))
    assert services.void(occasion="appointment:1", kinds=[MessageKind.REMINDER]) == 1
    assert Message.objects.get(voided_at=None).kind == MessageKind.BOOKED


def test_a_call_is_noted_once(cast, now):
    by = Actor.at_desk(cast.claire)
    message = plan(cast, person(phone_typed="05 36 49 00 10"))
    assert list(Message.objects.to_call(NOW)) == [message]
    services.mark_called(message=message, by=by, reached=True)
    assert message.attempts.get().state == AttemptState.DELIVERED
    assert not Message.objects.to_call(NOW)
    with pytest.raises(ValidationError, match="plus à faire"):
        services.mark_called(message=message, by=by, reached=False)
