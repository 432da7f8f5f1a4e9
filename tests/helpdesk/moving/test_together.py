"""Moving, in one action, what must move; and putting it back."""

import datetime as dt

import pytest
from django.urls import reverse

from helpdesk import services
from helpdesk.enums import Cause, WhoBooks
from helpdesk.models import Absence, Appointment, HelpRequest, Reason
from helpdesk.selectors import Slot
from helpdesk.services import Wanted
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import TODAY, at
from tests.helpdesk.moving.conftest import appointment_at, lines_of, somebody, ticked, words

pytestmark = pytest.mark.usefixtures("now")
PAGE = "helpdesk:must_move"


# --- The one action -----------------------------------------------------------------------------------------------


def test_everybody_ticked_is_moved_and_told_and_the_rest_stays(cast, three, away, sign_in):
    client = sign_in(cast.claire)
    lines = lines_of(cast, absence=away)
    response = client.post(reverse(PAGE), ticked(lines[:2]))
    assert "2 rendez-vous déplacés" in words(response)
    assert "1 personne à appeler" in words(response)
    for line in lines[:2]:
        moved = Appointment.objects.get(pk=line.appointment.pk)
        assert moved.starts_at == line.proposal.starts_at
        assert moved.reference == line.appointment.reference
        told = Message.objects.filter(occasion=f"appointment:{moved.uid}", kind=MessageKind.MOVED)
        assert told.count() == 1
    assert Appointment.objects.get(pk=lines[2].appointment.pk).starts_at == lines[2].appointment.starts_at
    request = HelpRequest.objects.get(cause=Cause.MUST_MOVE)
    assert request.appointment == three[1]
    assert request.closed_at is None
    assert request.due_on < TODAY + dt.timedelta(days=7)
    assert [line.appointment for line in lines_of(cast)] == [lines[2].appointment]


def test_the_same_list_sent_twice_moves_nobody_twice(cast, away, sign_in):
    client = sign_in(cast.claire)
    lines = lines_of(cast, absence=away)
    for _ in range(2):
        client.post(reverse(PAGE), ticked(lines))
    assert set(Appointment.objects.values_list("version", flat=True)) == {2}
    assert Message.objects.filter(kind=MessageKind.MOVED).count() == len(lines)
    assert HelpRequest.objects.count() == 1


def test_what_changed_since_it_was_shown_stays_as_it_is(cast, three, away, sign_in):
    client = sign_in(cast.claire)
    lines = lines_of(cast, absence=away)
    agreed = Slot(at(11, days=14), at(11, 30, days=14), cast.amina_mediator, cast.empalot, cast.admin_help)
    services.move(appointment=three[0], slot=agreed, by=Actor.at_desk(cast.claire))
    response = client.post(reverse(PAGE), ticked(lines))
    assert "a changé entre-temps" in words(response)
    assert Appointment.objects.get(pk=three[0].pk).starts_at == agreed.starts_at


def test_a_time_taken_meanwhile_fails_alone_and_another_is_proposed(cast, three, away, sign_in):
    lines = lines_of(cast, absence=away)
    lost = next(line for line in lines if line.appointment == three[0])
    services.book(slot=lost.proposal, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    response = sign_in(cast.claire).post(reverse(PAGE), ticked(lines))
    assert "2 rendez-vous déplacés" in words(response)
    assert "Personne 1, mar. 8 déc., 9\u00a0h : Cet horaire vient d’être pris" in words(response)
    (again,) = lines_of(cast)
    assert again.appointment == three[0]
    assert again.proposal.starts_at != lost.proposal.starts_at


def test_whom_nothing_can_be_proposed_is_called(cast, three, away):
    appointment = three[0]
    wanted = [Wanted(appointment, appointment.version, None)]
    for _ in range(2):
        (result,) = services.move_and_tell(wanted=wanted, by=Actor.at_desk(cast.claire))
        assert not result.moved
        assert [one.first_name for one in result.to_call] == ["Personne 1"]
    request = HelpRequest.objects.get()
    assert request.cause == Cause.MUST_MOVE
    assert "Aucun nouvel horaire" in request.note
    line = next(line for line in lines_of(cast) if line.appointment == appointment)
    assert line.is_asked


def test_somebody_expected_within_two_hours_is_called_even_with_a_mobile(cast):
    appointment_at(cast, at(9, 30), somebody(cast, 1))
    absence = services.absent_today(mediator=cast.amina_mediator, by=Actor.at_desk(cast.amina))
    (line,) = lines_of(cast, absence=absence)
    wanted = [Wanted(line.appointment, line.appointment.version, line.proposal)]
    (result,) = services.move_and_tell(wanted=wanted, by=Actor.at_desk(cast.claire))
    assert result.moved
    assert len(result.to_call) == 1
    assert HelpRequest.objects.get().due_on == TODAY


@pytest.mark.parametrize("said", [[], ["x"], ["a:b:c"], ["0" * 32 + ":1:"], ["é" * 32 + ":1:x"]])
def test_nothing_readable_moves_nothing_and_says_so(cast, three, away, sign_in, said):
    response = sign_in(cast.claire).post(reverse(PAGE), {"rendez_vous": said})
    assert "cochez au moins" in words(response)
    assert not Message.objects.filter(kind=MessageKind.MOVED).exists()


def test_nobody_moves_people_of_others(cast, three, away, sign_in):
    sign_in(cast.paul).post(reverse(PAGE), ticked(lines_of(cast, absence=away)))
    assert set(Appointment.objects.values_list("version", flat=True)) == {1}


def test_the_page_calls_with_one_touch_and_is_calm_when_nothing_must_move(cast, three, sign_in):
    client = sign_in(cast.claire)
    assert "Aucun rendez-vous à déplacer" in client.get(reverse(PAGE)).content.decode()
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0, days=7), ends_at=at(0, days=8))
    page = client.get(reverse(PAGE)).content.decode()
    assert 'href="tel:+33536490102"' in page
    assert page.index("À appeler d’abord") < page.index("Personne 2") < page.index("Les autres")


def test_absent_today_is_one_gesture_from_today_s_page_to_the_list(cast, sign_in):
    appointment_at(cast, at(11), somebody(cast, 1))
    client = sign_in(cast.amina)
    today = client.get(reverse("desk:today")).content.decode()
    assert f'action="{reverse("helpdesk:absent_today")}"' in today
    assert f'name="mediator" value="{cast.amina_mediator.pk}"' in today
    response = client.post(reverse("helpdesk:absent_today"), {"mediator": cast.amina_mediator.pk}, follow=True)
    page = response.content.decode()
    assert page.index("À appeler d’abord") < page.index('href="tel:+33639980101"')
    (line,) = response.context["lines"]
    client.post(reverse(PAGE), ticked([line]) | {"next": response.request["PATH_INFO"]})
    assert "Aucun rendez-vous à déplacer" in client.get(response.request["PATH_INFO"]).content.decode()


# --- Put back -----------------------------------------------------------------------------------------------------


def test_what_was_moved_together_can_be_put_back_one_by_one(cast, three, away, sign_in):
    client = sign_in(cast.claire)
    response = client.post(reverse(PAGE), ticked(lines_of(cast, absence=away)))
    assert reverse("helpdesk:moved") in words(response)
    page = client.get(reverse("helpdesk:moved"))
    assert [line.before.starts_at for line in page.context["lines"]] == [at(9 + hour, days=7) for hour in range(3)]
    away.delete()
    line = page.context["lines"][0]
    said = {"slot": line.before.token, "raison": "Remis", "remettre": "1", "next": reverse("helpdesk:moved")}
    response = client.post(reverse("helpdesk:agenda_move", args=[line.appointment.uid]), said)
    assert response.url == reverse("helpdesk:moved")
    assert Appointment.objects.get(pk=three[0].pk).starts_at == at(9, days=7)
    assert [line.appointment for line in client.get(reverse("helpdesk:moved")).context["lines"]] == three[1:]
    # What one agent moved is nobody else's list.
    assert sign_in(cast.paul).get(reverse("helpdesk:moved")).context["lines"] == []


def test_deleting_an_absence_says_who_stays_moved(cast, three, away, sign_in):
    client = sign_in(cast.claire)
    client.post(reverse(PAGE), ticked(lines_of(cast, absence=away)[:2]))
    sheet = client.get(reverse("helpdesk:absence", args=[away.uid])).content.decode()
    assert "2 rendez-vous ont été déplacés à cause de cette absence" in sheet
    response = client.post(reverse("helpdesk:absence_delete", args=[away.uid]))
    assert "2 rendez-vous avaient été déplacés" in words(response)
    assert len(client.get(reverse("helpdesk:moved")).context["lines"]) == 2


def test_deleting_an_absence_that_moved_nobody_says_no_more(cast, three, away, sign_in):
    response = sign_in(cast.claire).post(reverse("helpdesk:absence_delete", args=[away.uid]))
    assert "déplacé" not in words(response)


def test_what_is_proposed_for_meetings_of_many_lengths_is_had(cast, sign_in):
    """The first to move starts the steps of the others anew: what was shown is theirs all the same."""
    longer = Reason.objects.create(label="Dossier long", duration_minutes=45, who_books=WhoBooks.EVERYONE)
    cast.opening.reasons.add(longer)
    for minutes, reason in ((0, cast.admin_help), (30, longer), (75, cast.admin_help), (105, longer)):
        start = at(9, days=7) + dt.timedelta(minutes=minutes)
        end = start + dt.timedelta(minutes=reason.duration_minutes)
        slot = Slot(start, end, cast.amina_mediator, cast.empalot, reason)
        services.book(slot=slot, people=[somebody(cast, minutes)], by=Actor.at_desk(cast.claire))
    absence = Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0, days=7), ends_at=at(0, days=8))
    response = sign_in(cast.claire).post(reverse(PAGE), ticked(lines_of(cast, absence=absence)))
    assert "4 rendez-vous déplacés" in words(response)
    assert lines_of(cast) == []
