"""Who did not come: put on the list, heard, helped to come next time."""

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Channel
from helpdesk import services
from helpdesk.enums import CallResult, Cause, MissedBecause, Outcome
from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from tests.cast import at


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.amina)


@pytest.fixture
def appointment(cast, now, by) -> Appointment:
    """Lucette, today at 9:30; it is 9:50."""
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette], by=by)
    now.move_to(at(9, 50))
    return booked


@pytest.fixture
def lucette(appointment):
    return appointment.attendees.select_related("beneficiary").get()


def test_whoever_did_not_come_is_to_be_called(lucette, by, cast, appointment):
    services.mark_no_show(attendee=lucette, by=by)
    request = HelpRequest.objects.get()
    assert (request.cause, request.organisation, request.appointment) == (Cause.NO_SHOW, cast.mairie, appointment)
    assert request.reason == cast.admin_help
    services.mark_no_show(attendee=lucette, by=by)
    assert HelpRequest.objects.count() == 1


def test_undone_nobody_is_called(lucette, by):
    services.mark_no_show(attendee=lucette, by=by)
    services.note_why_missed(attendee=lucette, because=MissedBecause.ILL, by=by)
    assert services.undo_status(attendee=lucette, by=by).missed_because == ""
    assert not HelpRequest.objects.exists()


def test_undone_after_a_call_the_call_is_kept(lucette, by):
    services.mark_no_show(attendee=lucette, by=by)
    services.note_call(request=HelpRequest.objects.get(), result=CallResult.REACHED, by=by)
    services.undo_status(attendee=lucette, by=by)
    assert HelpRequest.objects.get().is_open


def test_who_cannot_or_will_not_be_called_is_not(lucette, by, cast):
    cast.lucette.preferred_channel = Channel.NONE
    cast.lucette.save()
    lucette.refresh_from_db()
    services.mark_no_show(attendee=lucette, by=by)
    assert not HelpRequest.objects.exists()


def test_who_comes_again_anyway_is_not_called(lucette, by, cast):
    slot = Slot(at(9, 30, days=7), at(10, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    services.book(slot=slot, people=[cast.lucette], by=by)
    services.mark_no_show(attendee=lucette, by=by)
    assert not HelpRequest.objects.exists()


def test_an_old_absence_is_only_noted(lucette, by, now):
    now.move_to(at(9, days=20))
    services.mark_no_show(attendee=lucette, by=by)
    assert not HelpRequest.objects.exists()


def test_who_reports_in_la_coop_calls_as_well(cast, now):
    by = Actor.at_desk(cast.paul)
    slot = Slot(at(14, days=1), at(14, 30, days=1), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    now.move_to(at(14, 20, days=1))
    services.mark_no_show(attendee=booked.attendees.get(), by=by)
    request = HelpRequest.objects.get()
    assert (request.organisation, request.asked_for) == (cast.partner, cast.mairie)


def test_why_is_one_of_a_short_list_and_of_those_who_missed(lucette, by):
    with pytest.raises(ValidationError, match="pas notée absente"):
        services.note_why_missed(attendee=lucette, because=MissedBecause.ILL, by=by)
    services.mark_no_show(attendee=lucette, by=by)
    assert services.note_why_missed(attendee=lucette, because=MissedBecause.FORGOT, by=by).missed_because == "forgot"
    with pytest.raises(ValidationError):
        services.note_why_missed(attendee=lucette, because="lazy", by=by)
    assert services.note_why_missed(attendee=lucette, because="", by=by).missed_because == ""


def test_a_new_appointment_ends_the_call(lucette, by, cast):
    services.mark_no_show(attendee=lucette, by=by)
    slot = Slot(at(9, 30, days=7), at(10, days=7), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette], by=by)
    request = HelpRequest.objects.get()
    assert (request.outcome, request.booked) == (Outcome.BOOKED, booked)
    assert request.closed_at == at(9, 50)
