"""« Pour écouter, changer ou annuler votre rendez-vous, tapez 2 »: by the number, or by reference and code."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import Beneficiary
from helpdesk.enums import AttendeeStatus, ChangeKind, Mode
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor, Door
from mediation.channels.voice import limits
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from tests.channels.voice.caller import HIDDEN, LANDLINE

NOT_FOUND = "Je ne trouve pas ce rendez-vous."
WHEN = "mardi 8 décembre à 9 heures, à la médiathèque Empalot."
LATER = "mardi 8 décembre à 10 heures, à la médiathèque Empalot."


def make(cast, start: dt.datetime, *people: Beneficiary, **more) -> Appointment:
    slot = Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.any_need)
    return book(slot=slot, people=people or [cast.lucette], by=Actor.at_desk(cast.claire), **more)


@pytest.fixture
def booked(cast) -> Appointment:
    """Lucette's, in a week."""
    return make(cast, at(9, days=7))


def still_stands(appointment: Appointment) -> bool:
    return not Appointment.objects.get(pk=appointment.pk).is_cancelled


def test_a_number_hears_when_and_where_never_who(call, booked):
    caller = call()
    assert caller.press("2") == [WHEN, "Pour l’annuler, tapez 1.", "Pour changer l’horaire, tapez 2."]
    assert "Lucette" not in caller.response.content.decode()
    assert booked.reference not in caller.response.content.decode()


def test_two_appointments_are_said_one_after_the_other(call, cast, booked):
    make(cast, at(10, days=7))
    caller = call()
    assert caller.press("2") == [
        "Vous avez 2 rendez-vous.",
        WHEN,
        "Pour l’annuler, tapez 1.",
        "Pour changer l’horaire, tapez 2.",
        "Pour écouter le suivant, tapez 3.",
    ]
    assert caller.press("3") == [LATER, "Pour l’annuler, tapez 1.", "Pour changer l’horaire, tapez 2."]
    assert caller.press("3")[0] == "Cette touche ne correspond à aucun choix."
    caller.press("1")
    caller.press("1")
    assert still_stands(booked)
    assert Appointment.objects.standing().count() == 1


def test_cancelling_asks_once_more(call, booked):
    caller = call()
    caller.press("2")
    sure = [WHEN, "Pour confirmer que vous l’annulez, tapez 1. Pour le garder, tapez 2."]
    assert caller.press("1") == sure
    assert caller.press("2")[0] == WHEN
    assert still_stands(booked)
    caller.press("1")
    address = caller.next_address
    heard = caller.press("1")
    assert heard[:2] == ["Votre rendez-vous est annulé.", WHEN]
    assert caller.request(address, Digits="1") == heard
    change = Appointment.objects.get().changes.get()
    assert (change.kind, change.door) == (ChangeKind.EXCUSED, Door.VOICE)
    assert Message.objects.filter(kind=MessageKind.EXCUSED).exists()
    assert caller.press("1")[0].startswith("Bonjour")


def test_a_hang_up_before_the_last_key_cancels_nothing(call, booked):
    caller = call()
    caller.press("2")
    caller.press("1")
    address = caller.next_address
    caller.hang_up()
    caller.request(address, Digits="1")
    assert still_stands(booked)


def test_changing_offers_two_other_times_and_moves(call, booked):
    caller = call()
    caller.press("2")
    assert caller.press("2") == [
        "mardi 8 décembre à 9 heures 30, à la médiathèque Empalot.",
        "Pour ce rendez-vous, tapez 1.",
        LATER,
        "Pour ce rendez-vous, tapez 2.",
        "Pour d’autres horaires, tapez 3.",
    ]
    assert caller.press("2") == [
        "Votre nouvel horaire\u00a0:",
        LATER,
        "Pour confirmer, tapez 1.",
        "Pour garder l’ancien horaire, tapez 2.",
        "Pour un autre horaire, tapez 3.",
    ]
    assert Appointment.objects.get().version == 1
    assert caller.press("1")[:2] == ["Votre rendez-vous est changé.", LATER]
    moved = Appointment.objects.get()
    assert (moved.reference, moved.starts_at) == (booked.reference, at(10, days=7))
    assert moved.changes.get().door == Door.VOICE
    assert Message.objects.filter(kind=MessageKind.MOVED, voided_at=None).exists()


def test_the_old_time_can_be_kept(call, booked):
    caller = call()
    for keys in ("2", "2", "1"):
        caller.press(keys)
    assert caller.press("2")[0] == WHEN
    assert Appointment.objects.get().version == 1


def test_a_time_taken_while_changing_gives_way_to_the_next_three(call, cast, booked):
    caller = call()
    for keys in ("2", "2", "1"):
        caller.press(keys)
    make(cast, at(9, 30, days=7), cast.hassan)
    heard = caller.press("1")
    assert heard[0] == "Cet horaire vient d’être pris. Voici les suivants."
    assert "Pour ce rendez-vous, tapez 3." in heard
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, days=7)


def test_where_there_is_no_other_time_a_person_helps(call, cast, booked):
    cast.opening.delete()
    cast.partner_opening.delete()
    caller = call()
    caller.press("2")
    assert caller.press("2")[0] == "Je ne trouve pas de rendez-vous libre."
    assert caller.rings
    assert still_stands(booked)


def test_what_is_too_near_is_cancelled_but_not_moved(call, cast, now):
    make(cast, at(11, 30))
    cast.any_need.notice_hours = 2
    cast.any_need.save()
    assert call().press("2") == [
        "mardi 1er décembre à 11 heures 30, à la médiathèque Empalot.",
        "Pour l’annuler, tapez 1.",
    ]


def test_an_appointment_moves_a_few_times_an_hour(call, booked):
    for _time in range(limits.MOVES_OF.most + 1):
        caller = call()
        for keys in ("2", "2", "1", "1"):
            caller.press(keys)
    assert caller.heard[0] == "Je ne peux pas le faire moi-même."
    assert Appointment.objects.get().version == 1 + limits.MOVES_OF.most


def test_others_who_are_expected_still_come(call, cast):
    both = make(cast, at(9, days=7), cast.lucette, cast.hassan)
    caller = call()
    assert "Pour changer l’horaire, tapez 2." not in caller.press("2")
    caller.press("1")
    caller.press("1")
    assert still_stands(both)
    expected = both.attendees.filter(status=AttendeeStatus.UNKNOWN)
    assert [one.beneficiary for one in expected] == [cast.hassan]


def test_help_by_telephone_has_no_place_to_go_to(call, cast):
    cast.any_need.modes = [Mode.PHONE]
    cast.any_need.save()
    make(cast, at(9, days=7))
    assert call().press("2")[0] == "mardi 8 décembre à 9 heures, Par téléphone."


def test_what_is_over_or_cancelled_is_not_said(call, cast, booked, now):
    cancel(appointment=booked, by=Actor.at_desk(cast.claire), asked_by_person=True)
    make(cast, at(11, 30))
    now.shift(3600)
    assert call().press("2")[0] == "Je ne trouve pas de rendez-vous pour votre numéro."


# --- By reference and code -------------------------------------------------------------------------------------------


def name_it(caller, reference: str, code: str) -> list[str]:
    caller.press("2")
    caller.press(reference)
    return caller.press(code)


@pytest.mark.parametrize("number", [HIDDEN, LANDLINE])
def test_reference_and_code_open_what_the_number_does_not(call, booked, number):
    caller = call(number)
    heard = caller.press("2")
    assert heard[-1] == "Tapez les huit chiffres de votre référence."
    assert caller.xml.find("Gather").get("numDigits") == "8"
    assert "quatre chiffres de votre code" in caller.press(booked.reference)[0]
    assert caller.xml.find("Gather").get("numDigits") == "4"
    assert caller.press(booked.code)[0] == WHEN
    caller.press("1")
    caller.press("1")
    assert not still_stands(booked)


def test_the_end_of_the_number_is_as_good_as_the_code(call, booked):
    assert name_it(call(HIDDEN), booked.reference, "0001")[0] == WHEN


def test_an_unknown_reference_and_a_wrong_code_sound_the_same(call, booked):
    wrong = f"{(int(booked.code) + 1) % 10_000:04}"
    unknown = f"{(int(booked.reference) + 1) % 10**8:08}"
    answers = []
    for reference, code in ((booked.reference, wrong), (unknown, booked.code), (booked.reference, "12"), ("1", "1")):
        caller = call(HIDDEN)
        caller.press("2")
        asked = caller.press(reference)
        answers.append((asked, caller.press(code)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][1][:2] == [NOT_FOUND, "Tapez les huit chiffres de votre référence."]


def test_two_wrong_pairs_lead_to_a_person(call, booked):
    caller = call(HIDDEN)
    name_it(caller, booked.reference, "12")
    caller.press(booked.reference)
    assert caller.press("12")[0] == NOT_FOUND
    assert caller.rings


def test_after_five_failures_the_right_code_opens_nothing(call, booked):
    wrong = f"{(int(booked.code) + 1) % 10_000:04}"
    for _call in range(limits.FAILURES_ABOUT.most):
        name_it(call(HIDDEN), booked.reference, wrong)
    assert name_it(call(HIDDEN), booked.reference, booked.code)[0] == NOT_FOUND


def test_one_number_tries_few_references(call, booked):
    for number in range(limits.FAILURES_OF_NUMBER.most):
        name_it(call(LANDLINE), f"{number:08}", "12")
    assert name_it(call(LANDLINE), booked.reference, booked.code)[0] == NOT_FOUND
    assert name_it(call(HIDDEN), booked.reference, booked.code)[0] == WHEN


def test_what_is_cancelled_is_not_found(call, cast, booked):
    cancel(appointment=booked, by=Actor.at_desk(cast.claire), asked_by_person=True)
    assert name_it(call(HIDDEN), booked.reference, booked.code)[0] == NOT_FOUND


def test_what_is_over_is_not_found(call, booked, now):
    now.move_to(at(9, 29, days=7))
    assert name_it(call(HIDDEN), booked.reference, booked.code)[0] == WHEN
    now.move_to(at(9, 30, days=7))
    assert name_it(call(HIDDEN), booked.reference, booked.code)[0] == NOT_FOUND


def test_what_was_cancelled_at_the_desk_meanwhile_is_not_cancelled_twice(call, cast, booked):
    caller = call()
    caller.press("2")
    caller.press("1")
    cancel(appointment=booked, by=Actor.at_desk(cast.claire), asked_by_person=True)
    assert caller.press("1")[0] == "Je ne peux pas le faire moi-même."
    assert caller.rings


def test_five_appointments_cost_as_much_as_one(call, cast, booked):
    def ask() -> int:
        caller = call()
        with CaptureQueriesContext(connection) as queries:
            caller.press("2")
        return len(queries)

    one = ask()
    for number in range(1, 5):
        make(cast, at(9, days=7) + dt.timedelta(minutes=30 * number))
    assert ask() == one
