"""« Pour prendre rendez-vous, tapez 1 »: whole calls, by what is heard."""

import datetime as dt

import pytest

from helpdesk.enums import Cause, WhoBooks
from helpdesk.models import Absence, Appointment, HelpRequest, OpeningPeriod, Reason
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor, Door
from mediation.channels.voice import limits
from mediation.messaging.models import Message
from tests.cast import NOW, at
from tests.channels.voice.caller import HIDDEN, LANDLINE, LUCETTE

FIRST = "mercredi 2 décembre à 14 heures, au centre social Bellefontaine."
SECOND = "mercredi 2 décembre à 14 heures 30, au centre social Bellefontaine."


def take(cast, start: dt.datetime) -> Appointment:
    """Have somebody at the desk take a time of Paul's."""
    slot = Slot(start, start + dt.timedelta(minutes=30), cast.paul_mediator, cast.bellefontaine, cast.any_need)
    return book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.paul))


def closed(cast) -> None:
    """Nobody receives any more."""
    OpeningPeriod.objects.all().delete()


def to_the_last_question(call, number: str | None = None):
    caller = call(number)
    for keys in ("1", "31400", "1"):
        caller.press(keys)
    assert not Appointment.objects.exists()
    return caller


def test_a_whole_call_books_an_appointment(call):
    caller = call()
    assert caller.press("1") == ["Tapez les cinq chiffres de votre code postal."]
    assert caller.xml.find("Gather").get("numDigits") == "5"
    assert caller.press("31400") == [
        FIRST,
        "Pour ce rendez-vous, tapez 1.",
        SECOND,
        "Pour ce rendez-vous, tapez 2.",
        "Pour d’autres horaires, tapez 3.",
    ]
    assert caller.press("1") == [FIRST, "Pour confirmer, tapez 1.", "Pour un autre horaire, tapez 3."]
    assert not Appointment.objects.exists()
    heard = caller.press("1")
    booked = Appointment.objects.get()
    pairs = ", ".join(booked.reference[i : i + 2] for i in range(0, 8, 2))
    assert heard == [
        "Votre rendez-vous est pris.",
        FIRST,
        f"Votre référence\u00a0: {pairs}.",
        "Vous recevrez un SMS.",
        "Pour réécouter, tapez 9.",
        "Pour revenir au début, tapez 1.",
    ]
    assert caller.say_nothing() == ["Merci, au revoir."]
    assert caller.is_over
    person = booked.attendees.get().beneficiary
    assert (booked.starts_at, booked.site.name) == (at(14, days=1), "Centre social Bellefontaine")
    assert (booked.reason.is_any_need, booked.booked_through) == (True, Door.VOICE)
    assert (person.full_name, person.phone, person.language) == ("nom à demander", LUCETTE, "fr")
    assert Message.objects.filter(recipient=LUCETTE).exists()


def test_the_nearer_of_two_places_is_said_first(call, cast, now):
    """Both have a free time on the same morning: the caller lives in Empalot, then in Bellefontaine."""
    cast.opening.first_day, cast.opening.start_time = at(0, days=1).date(), dt.time(14)
    cast.opening.end_time = dt.time(17)
    cast.opening.save()
    OpeningPeriod.objects.filter(pk=cast.partner_opening.pk).update(start_time=dt.time(13, 30), end_time=dt.time(14))
    for postcode, place in (("31400", "à la médiathèque Empalot."), ("31100", "au centre social Bellefontaine.")):
        caller = call()
        caller.press("1")
        assert caller.press(postcode)[0].endswith(place)


def test_a_time_across_the_city_comes_after_those_nearby(call, cast):
    """Ten kilometres are worth a few days; where nothing is left nearby, they are said all the same."""
    cast.bellefontaine.longitude -= 0.1
    cast.bellefontaine.save()
    cast.opening.first_day, cast.opening.end_time = at(0, days=7).date(), dt.time(9, 30)
    cast.opening.last_day = cast.opening.first_day
    cast.opening.save()
    caller = call()
    caller.press("1")
    heard = caller.press("31400")
    assert heard[0] == "mardi 8 décembre à 9 heures, à la médiathèque Empalot."
    assert heard[2] == FIRST


def test_others_are_said_until_there_are_none(call, cast, now):
    OpeningPeriod.objects.filter(pk=cast.opening.pk).update(last_day=NOW.date())
    OpeningPeriod.objects.filter(pk=cast.partner_opening.pk).update(
        last_day=at(0, days=1).date(), end_time=dt.time(15, 30)
    )
    caller = call()
    caller.press("1")
    assert caller.press("31100")[0] == FIRST
    others = caller.press("3")
    assert others == [
        "mercredi 2 décembre à 15 heures, au centre social Bellefontaine.",
        "Pour ce rendez-vous, tapez 1.",
    ]
    assert caller.press("2")[0] == "Cette touche ne correspond à aucun choix."
    caller.press("1")
    assert caller.press("3") == others


@pytest.mark.parametrize("typed", ["99999", "314", "12345"])
def test_an_unknown_postcode_is_asked_again_then_a_person_helps(call, typed):
    caller = call()
    caller.press("1")
    assert caller.press(typed)[:2] == [
        "Je ne connais pas ce code postal.",
        "Tapez les cinq chiffres de votre code postal.",
    ]
    caller.press(typed)
    assert caller.rings


def test_another_time_can_be_asked_for_before_confirming(call):
    caller = to_the_last_question(call)
    assert caller.press("3")[0] == "mercredi 2 décembre à 15 heures, au centre social Bellefontaine."


def test_a_landline_is_told_of_a_call(call):
    caller = to_the_last_question(call, LANDLINE)
    assert "Nous vous téléphonerons avant, pour vous le rappeler." in caller.press("1")


def test_a_hidden_number_notes_reference_and_code(call):
    caller = to_the_last_question(call, HIDDEN)
    heard = caller.press("1")
    booked = Appointment.objects.get()
    assert f"et votre code\u00a0: {', '.join(booked.code)}." in heard[2]
    assert not any("SMS" in sentence for sentence in heard)
    assert booked.attendees.get().beneficiary.phone == ""


@pytest.mark.parametrize("number", ["+266696687", "Anonymous", "", "client:bob"])
def test_what_stands_for_a_hidden_number_is_nobodys(call, number):
    to_the_last_question(call, number).press("1")
    assert Appointment.objects.get().attendees.get().beneficiary.phone == ""


def test_the_language_is_kept_and_the_place_keeps_its_french_name(call):
    caller = call()
    caller.press("8")
    caller.press("2")
    caller.press("1")
    heard = caller.press("31400")
    assert heard[0].startswith("Wednesday 2 December")
    assert heard[1] == "au centre social Bellefontaine."
    assert caller.voices[:3] == ["en-GB", "fr-FR", "en-GB"]
    caller.press("1")
    caller.press("1")
    assert Appointment.objects.get().attendees.get().beneficiary.language == "en"


def test_the_confirmation_repeated_by_the_operator_books_once(call):
    caller = to_the_last_question(call)
    address = caller.next_address
    heard = caller.press("1")
    assert caller.request(address, Digits="1") == heard
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("way", [[], ["1"], ["1", "31400"], ["1", "31400", "1"]])
def test_a_hang_up_in_the_middle_books_nothing(call, way):
    caller = call()
    for keys in way:
        caller.press(keys)
    address = caller.next_address
    caller.hang_up()
    assert caller.request(address, Digits="1") == []
    assert not Appointment.objects.exists()
    assert not HelpRequest.objects.exists()


def test_a_time_taken_meanwhile_gives_way_to_the_next_three(call, cast):
    caller = to_the_last_question(call)
    take(cast, at(14, days=1))
    heard = caller.press("1")
    assert heard[0] == "Cet horaire vient d’être pris. Voici les suivants."
    assert heard[1] == SECOND
    assert [sentence[-8:] for sentence in heard[2::2]] == ["tapez 1.", "tapez 2.", "tapez 3."]
    assert heard[-1] == "Pour d’autres horaires, tapez 4."
    caller.press("3")
    caller.press("1")
    assert Appointment.objects.filter(booked_through=Door.VOICE).get().starts_at == at(15, 30, days=1)


def test_a_time_taken_meanwhile_leaves_no_file_behind(call, cast):
    caller = to_the_last_question(call)
    take(cast, at(14, days=1))
    people = type(cast.lucette).objects.count()
    caller.press("1")
    assert type(cast.lucette).objects.count() == people


def test_where_nothing_is_free_a_person_helps(call, cast):
    closed(cast)
    caller = call()
    caller.press("1")
    assert caller.press("31400")[0] == "Je ne trouve pas de rendez-vous libre."
    assert caller.rings
    caller.desk_rang("no-answer")
    assert HelpRequest.objects.get().cause == Cause.NO_SLOT


def test_where_nothing_is_free_at_night_somebody_calls_back(call, cast, at_night):
    closed(cast)
    caller = call()
    caller.press("1")
    assert caller.press("31400")[-1] == "C’est noté\u00a0: une personne vous rappellera. Au revoir."
    assert HelpRequest.objects.get().cause == Cause.NO_SLOT


def test_where_residents_book_nothing_alone_a_person_helps(call, cast):
    Reason.objects.update(who_books=WhoBooks.DESK)
    caller = call()
    caller.press("1")
    assert caller.press("31400")[0] == "Je ne peux pas le faire moi-même."


def test_a_number_holds_few_appointments_at_once(call, settings):
    settings.BOOKINGS_PER_PERSON = 1
    for keys in ("1", "1"):
        caller = call()
        for key in ("1", "31400", keys, "1"):
            caller.press(key)
    assert Appointment.objects.count() == 1
    assert caller.heard[0] == "Vous avez déjà pris plusieurs rendez-vous."
    assert caller.rings


def test_a_number_books_few_times_a_day(call, settings):
    settings.BOOKINGS_PER_PERSON = 100
    for _time in range(limits.BOOKINGS_OF_NUMBER.most + 1):
        caller = call()
        for key in ("1", "31400", "1", "1"):
            caller.press(key)
    assert Appointment.objects.count() == limits.BOOKINGS_OF_NUMBER.most
    assert caller.heard[0] == "Vous avez déjà pris plusieurs rendez-vous."


def test_a_place_without_a_phrase_of_its_own_gets_one(call, cast):
    cast.bellefontaine.locative = ""
    cast.bellefontaine.save()
    caller = call()
    caller.press("1")
    assert caller.press("31400")[0] == FIRST
    cast.bellefontaine.name = "Le Fil"
    cast.bellefontaine.save()
    assert caller.press("9")[0] == "mercredi 2 décembre à 14 heures, Le Fil."


def test_an_absence_between_two_questions_is_no_surprise(call, cast):
    caller = to_the_last_question(call)
    Absence.objects.create(mediator=cast.paul_mediator, starts_at=at(0, days=1), ends_at=at(0, days=2))
    heard = caller.press("1")
    assert heard[0] == "Cet horaire vient d’être pris. Voici les suivants."
    assert not Appointment.objects.exists()


def test_a_time_cancelled_and_taken_again_in_one_call_is_booked(call):
    caller = call()
    for keys in ("1", "31400", "1", "1", "1", "2", "1", "1"):
        caller.press(keys)
    assert not Appointment.objects.standing().exists()
    for keys in ("1", "1", "31400", "1"):
        caller.press(keys)
    assert caller.press("1")[0] == "Votre rendez-vous est pris."
    assert Appointment.objects.standing().count() == 1
