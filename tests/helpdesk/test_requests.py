"""People to call back: asked, called, closed."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Channel
from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import CallResult, Cause, Outcome
from helpdesk.models import HelpRequest
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor, Door
from mediation.messaging.models import Message
from tests.cast import TODAY, at


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def ask(cast, now, by):
    """Return a function that puts Lucette on the Mairie's list."""

    def _ask(**changes) -> HelpRequest:
        known = {"beneficiary": cast.lucette, "organisation": cast.mairie, "cause": Cause.CALL_BACK, "by": by}
        return services.ask_for_help(**{**known, **changes})

    return _ask


@pytest.fixture
def appointment(cast, now, by):
    """Lucette with Amina, in a week."""
    slot = Slot(at(9, 30, days=7), at(10, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    return services.book(slot=slot, people=[cast.lucette], by=by)


def test_a_request_has_a_number_a_day_and_an_acknowledgement(ask, cast):
    request = ask(note="Pour la CAF")
    assert len(request.reference) == 8
    assert len(request.code) == 4
    # Asked on Tuesday.
    assert request.due_on == TODAY + dt.timedelta(days=2)
    assert request.quartier == cast.empalot_quartier
    message = Message.objects.get(beneficiary=cast.lucette)
    assert "demande recue" in message.body
    assert request.reference[:2] in message.body
    assert "jeu. 3 déc. au plus tard" in message.body
    assert "CAF" not in message.body


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        # Friday: Saturday and Monday.
        (dt.date(2026, 12, 4), dt.date(2026, 12, 7)),
        # Thursday 24 December: Christmas and Sunday are skipped.
        (dt.date(2026, 12, 24), dt.date(2026, 12, 28)),
        # The eve of the first of May, a Friday in 2026, asked on Wednesday.
        (dt.date(2026, 4, 29), dt.date(2026, 5, 2)),
    ],
)
def test_the_due_day_skips_sundays_and_public_holidays(ask, now, asked_on, due_on):
    now.move_to(dt.datetime.combine(asked_on, dt.time(10)))
    assert ask().due_on == due_on


def test_the_promise_is_one_setting(ask, settings):
    settings.CALL_BACK_WORKING_DAYS = 1
    assert ask().due_on == TODAY + dt.timedelta(days=1)


def test_what_must_move_is_called_about_before(ask, appointment, now):
    now.move_to(at(9, days=6))
    request = ask(cause=Cause.MUST_MOVE, appointment=appointment)
    assert request.due_on == TODAY + dt.timedelta(days=6)
    assert not Message.objects.filter(occasion__startswith="help_request").exists()


def test_asked_twice_about_one_appointment_it_is_one_request(ask, appointment, by):
    first = ask(cause=Cause.MUST_MOVE, appointment=appointment)
    assert ask(cause=Cause.MUST_MOVE, appointment=appointment) == first
    services.close_request(request=first, outcome=Outcome.WITHDRAWN, by=by)
    second = ask(cause=Cause.MUST_MOVE, appointment=appointment)
    assert second != first
    with pytest.raises(ValidationError, match="déjà dans la liste"):
        services.reopen_request(request=first, by=by)


def test_a_form_sent_twice_asks_once(ask):
    key = uuid.uuid4()
    assert ask(request_key=key) == ask(request_key=key)
    assert Message.objects.count() == 1


def test_nobody_is_called_to_hear_that_they_will_be_called(ask, cast):
    landline = Beneficiary.objects.create(last_name="Roux", phone_typed="05 36 49 00 77")
    ask(beneficiary=landline)
    cast.lucette.preferred_channel = Channel.VOICE
    cast.lucette.save()
    ask()
    assert not Message.objects.exists()


def test_a_note_holds_no_social_security_number(ask, by):
    with pytest.raises(ValidationError, match="sécurité sociale"):
        ask(note="2 48 05 31 555 123 45")
    with pytest.raises(ValidationError, match="sécurité sociale"):
        services.note_call(request=ask(), result=CallResult.REACHED, by=by, note="248053155512345")
    with pytest.raises(ValidationError):
        ask(note="x" * 301)


def test_whoever_calls_follows_and_may_hand_over(ask, by, cast):
    request = ask()
    services.note_call(request=request, result=CallResult.NO_ANSWER, by=by)
    request.refresh_from_db()
    assert request.owner == cast.claire
    services.note_call(request=request, result=CallResult.VOICEMAIL, by=Actor.at_desk(cast.amina))
    request.refresh_from_db()
    assert request.owner == cast.claire
    assert services.give_request(request=request, owner=cast.amina, by=by).owner == cast.amina
    with pytest.raises(ValidationError, match="ne fait pas partie"):
        services.give_request(request=request, owner=cast.paul, by=by)
    assert services.give_request(request=request, owner=None, by=by).owner is None
    with pytest.raises(ValidationError, match="appel"):
        services.note_call(request=request, result="nonsense", by=by)


def test_closed_it_stays_closed_until_it_is_undone(ask, by):
    request = ask()
    services.close_request(request=request, outcome=Outcome.HELPED, by=by)
    assert Message.objects.get().voided_at
    for again in (
        lambda: services.close_request(request=request, outcome=Outcome.REFERRED, by=by),
        lambda: services.note_call(request=request, result=CallResult.REACHED, by=by),
        lambda: services.give_request(request=request, owner=None, by=by),
    ):
        with pytest.raises(ValidationError, match="déjà close"):
            again()
    assert services.reopen_request(request=request, by=by).is_open
    assert services.reopen_request(request=request, by=by).outcome == ""
    with pytest.raises(ValidationError, match="terminée"):
        services.close_request(request=request, outcome="", by=by)


def test_a_booking_closes_what_was_waited_for(ask, appointment, cast, by):
    same, other = ask(reason=cast.admin_help), ask(reason=cast.desk_only)
    slot = Slot(at(10, 30, days=7), at(11, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette], by=by)
    same.refresh_from_db()
    other.refresh_from_db()
    assert (same.outcome, same.booked) == (Outcome.BOOKED, booked)
    assert other.is_open
    with pytest.raises(ValidationError, match="quelqu’un d’autre"):
        services.close_request(request=ask(beneficiary=cast.hassan), outcome=Outcome.BOOKED, by=by, booked=booked)


def test_somebody_elses_list_is_not_closed_by_our_booking(ask, cast, by):
    theirs = ask(organisation=cast.partner)
    assert theirs.asked_for == cast.mairie
    slot = Slot(at(9, 30, days=7), at(10, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    services.book(slot=slot, people=[cast.lucette], by=Actor(door=Door.WEB))
    theirs.refresh_from_db()
    assert theirs.is_open


def test_moving_or_cancelling_ends_what_had_to_move(ask, appointment, cast, by):
    request = ask(cause=Cause.MUST_MOVE, appointment=appointment)
    slot = Slot(at(11, days=7), at(11, 30, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    services.move(appointment=appointment, slot=slot, by=by)
    request.refresh_from_db()
    assert (request.outcome, request.booked) == (Outcome.BOOKED, appointment)
    again = ask(cause=Cause.MUST_MOVE, appointment=appointment)
    services.cancel(appointment=appointment, by=by, asked_by_person=True)
    again.refresh_from_db()
    assert again.outcome == Outcome.WITHDRAWN


def test_who_sees_which_requests(ask, cast):
    ours = ask()
    sent = ask(organisation=cast.partner)
    theirs = ask(beneficiary=cast.hassan, organisation=cast.partner, by=Actor.at_desk(cast.paul))
    seen = {user: set(HelpRequest.objects.visible_to(user)) for user in (cast.claire, cast.paul, cast.sofia)}
    assert seen == {cast.claire: {ours, sent}, cast.paul: {sent, theirs}, cast.sofia: set()}
