"""The door of those who write: whole conversations, and one as an operator hands it over, signed."""

import datetime as dt

import pytest

from directory.models import Beneficiary
from helpdesk.enums import Cause
from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import Need, first_slots, slot_from_token
from mediation.accounts.actor import Door
from mediation.benchmarks.standin import StandIn
from mediation.kernel.gsm7 import count_parts
from mediation.messaging import delivery
from mediation.messaging.delivery.round import Round
from mediation.messaging.enums import Meaning, MessageKind
from mediation.messaging.models import Message, Reply
from tests.cast import at
from tests.channels.texts import NEW, booked_for, kinds, say, write
from tests.messaging.phone import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "now")]


@pytest.fixture
def slots(cast):
    """The first free times, whatever they are for."""
    return first_slots(Need(reason=cast.any_need), limit=20)


def test_a_postcode_is_answered_with_two_times_and_3_takes_the_first(cast):
    assert say("RDV 31400") == [
        "Répondez 3: mar. 1 déc. 10h, médiathèque Empalot ou 4: mer. 2 déc. 14h, centre social Bellefontaine. "
        "AUTRE: autres horaires. Pas encore réservé. 05 36 49 00 00"
    ]
    assert not Appointment.objects.exists()
    (confirmation,) = say("3")
    appointment = Appointment.objects.get()
    reference = " ".join(appointment.reference[i : i + 2] for i in range(0, 8, 2))
    assert confirmation.startswith(f"Toulouse Aide Num: RDV mar. 1er déc. à 10h, médiathèque Empalot. Réf. {reference}")
    (person,) = [one.beneficiary for one in appointment.attendees.all()]
    assert (person.phone, str(person), appointment.reason) == (NEW, "nom à demander", cast.any_need)
    assert (appointment.booked_through, appointment.starts_at) == (Door.SMS, at(10))


def test_4_takes_the_second_and_nothing_more_is_booked_by_writing_it_again():
    write("rdv Empalot")
    assert kinds("4") == [MessageKind.BOOKED]
    assert Appointment.objects.get().starts_at == at(14, days=1)
    assert kinds("3") == [MessageKind.HELP]
    assert Appointment.objects.count() == 1


def test_an_operator_that_hands_over_twice_books_once():
    write("RDV 31400")
    for _time in range(3):
        send("3", sender=NEW, provider_id="SM-once")
    assert Appointment.objects.count() == 1
    assert Reply.objects.filter(body="3").count() == 1


def test_what_was_proposed_is_not_kept_and_two_others_follow(cast, slots):
    write("RDV 31400")
    first = next(slot for slot in slots if slot.starts_at == at(10))
    booked_for(cast, cast.lucette, first)
    (answer,) = write("3")
    assert answer.kind == MessageKind.OTHER_TIMES
    assert answer.body.startswith("Horaire déjà pris. ")
    assert kinds("3") == [MessageKind.BOOKED]
    assert Appointment.objects.filter(attendees__beneficiary__phone=NEW).count() == 1


def test_only_the_last_proposal_is_open():
    write("RDV 31400")
    write("RDV 31100")
    assert Message.objects.filter(kind=MessageKind.TIMES, closed_at=None).count() == 1
    write("3")
    assert kinds("3") == [MessageKind.HELP]


def test_without_a_place_one_is_asked_for_and_a_place_alone_answers():
    assert kinds("RDV") == [MessageKind.WHERE]
    assert kinds("31400") == [MessageKind.TIMES]
    assert kinds("LIEU") == [MessageKind.WHERE]
    assert kinds("Empalot merci") == [MessageKind.PLACES]
    assert Reply.objects.filter(needs_somebody=True).count() == 0


def test_a_place_that_was_not_asked_for_is_read_by_somebody():
    send("31400", sender=NEW)
    assert Reply.objects.get().needs_somebody


def test_words_that_are_no_place_are_asked_back_and_read_by_somebody():
    assert kinds("RDV rue de la Paix") == [MessageKind.WHERE]
    assert Reply.objects.get().needs_somebody
    assert kinds("RDV 99999") == [MessageKind.WHERE]
    assert not Reply.objects.latest("pk").needs_somebody


def test_no_free_time_says_how_to_be_called(cast):
    cast.opening.delete()
    cast.partner_opening.delete()
    (answer,) = write("RDV 31400")
    assert answer.kind == MessageKind.NO_TIME
    assert "Répondez RAPPEL" in answer.body


def test_one_free_time_is_proposed_alone(cast):
    cast.partner_opening.delete()
    cast.opening.start_time, cast.opening.end_time = dt.time(10), dt.time(10, 30)
    cast.opening.recurrence = "once"
    cast.opening.save()
    (answer,) = write("RDV 31400")
    assert answer.kind == MessageKind.ONE_TIME
    assert kinds("4") == [MessageKind.HELP]
    assert kinds("3") == [MessageKind.BOOKED]


def test_those_who_hold_enough_are_told_why(cast, settings):
    settings.BOOKINGS_PER_PERSON = 1
    write("RDV 31400")
    write("3")
    write("RDV 31100")
    (answer,) = write("4")
    assert (answer.kind, count_parts(answer.body)) == (MessageKind.REFUSED, 1)
    assert answer.body.endswith("appelez-nous : nous le prendrons avec vous. Toulouse Aide Num: 05 36 49 00 00")
    assert Appointment.objects.count() == 1
    assert kinds("4") == [MessageKind.HELP], "refused once, it is open no more; no key is left without an answer"


@pytest.mark.parametrize("sender", ["", "INFO", "38200", "+33536490009", "+14155550100", "anonymous"])
def test_only_a_mobile_is_served(sender):
    for body in ("RDV 31400", "3", "RAPPEL", "LIEU 31400"):
        assert send(body, sender=sender).needs_somebody
    assert not Appointment.objects.exists()
    assert not HelpRequest.objects.exists()
    assert set(Message.objects.values_list("kind", flat=True)) <= {MessageKind.NOT_UNDERSTOOD}


def test_the_language_of_the_word_is_that_of_the_answer_and_of_the_person():
    (offer,) = write("cita 31400")
    assert offer.language == "es"
    write("3")
    assert Beneficiary.objects.get(phone=NEW).language == "es"
    assert Reply.objects.get(body="3").outcome.startswith("A pris rendez-vous")


def test_with_nothing_booked_somebody_reads_a_cancellation():
    assert kinds("ANNULER") == [MessageKind.NOT_UNDERSTOOD]
    assert Reply.objects.get().needs_somebody


def test_a_call_is_asked_for_once_and_acknowledged_with_its_day(now):
    now.move_to(at(11))
    (first,) = write("rappelez-moi")
    request = HelpRequest.objects.get()
    assert (request.cause, request.asked_through, request.beneficiary.phone) == (Cause.CALL_BACK, Door.SMS, NEW)
    assert "A écrit par SMS" in request.note, "whoever calls knows that writing may be the only way"
    assert first.kind == MessageKind.ACKNOWLEDGED
    assert "Nous vous rappelons jeu. 3 déc. au plus tard" in first.body
    (again,) = say("RAPPEL")
    assert again == first.body
    assert HelpRequest.objects.count() == 1


def test_the_nearest_places_say_when_they_are_open_and_whom_to_call():
    assert say("LIEU 31400") == [
        "médiathèque Empalot, aujourd'hui 10h-18h, 05 36 49 00 03. "
        "centre social Bellefontaine, aujourd'hui 9h-12h, 14h-18h, 05 36 49 00 00"
    ]


def test_a_place_that_is_shut_says_when_it_opens(cast, now):
    now.move_to(at(18, 30))
    cast.bellefontaine.is_published = False
    cast.bellefontaine.save()
    assert say("LIEU Empalot") == ["Toulouse Aide Num: médiathèque Empalot, ouvre mer. 2 déc. 10h, 05 36 49 00 03"]
    cast.empalot.opening_hours = ""
    cast.empalot.save()
    assert "horaires: appelez" in say("lieux 31400")[0]


def test_help_names_every_word_and_each_is_understood():
    (text,) = say("AIDE")
    for meaning, word in ((Meaning.BOOK, "RDV"), (Meaning.CHANGE, "CHANGER"), (Meaning.CALL_BACK, "RAPPEL")):
        assert word in text
        assert send(word, sender=NEW).meaning == meaning
    assert count_parts(text) == 1


def test_after_stop_nothing_is_written_and_nothing_booked():
    write("STOP")
    write("RDV 31400")
    send("3", sender=NEW)
    assert not Appointment.objects.exists()


def test_from_the_operator_to_the_operator(client, settings):
    """Signed requests come in, the worker sends the answers, and the operator's ledger says what the person read."""
    settings.SMS_FROM, settings.SMS_GATEWAYS = "+33536490000", ("twilio",)
    settings.PUBLIC_URL = "https://aide.example.org"
    Round.pace = None

    def text(body: str, sid: str, **headers) -> int:
        told = {"MessageSid": sid, "From": NEW, "To": "+33536490000", "Body": body}
        signed = standin.callbacks.twilio("https://aide.example.org/messages/operateur/twilio/entrant/", told)
        return client.post(
            "/messages/operateur/twilio/entrant/",
            signed.body,
            content_type=signed.content_type,
            headers={**signed.headers, **headers},
            HTTP_HOST="127.0.0.1",
        ).status_code

    with StandIn() as standin:
        for name, value in standin.settings().items():
            setattr(settings, name, value)
        assert text("RDV 31400", "SM1", **{"X-Twilio-Signature": "forged"}) == 403
        assert not Message.objects.exists()
        for body, sid in (("RDV 31400", "SM1"), ("3", "SM2")):
            assert text(body, sid) == text(body, sid) == 200
            delivery.deliver_due()
        taken = [(one.to, one.body) for one in standin.ledger.all()]
    assert [to for to, _body in taken] == [NEW, NEW]
    assert taken[0][1].startswith("Répondez 3: mar. 1 déc. 10h")
    assert "Pour annuler: répondez 2" in taken[1][1]
    assert Appointment.objects.get().booked_through == Door.SMS


def test_the_two_times_are_of_two_days_wherever_one_can(cast):
    """Two places that open at one hour give no choice to whoever is not free then."""
    cast.partner_opening.first_day = at(9).date()
    cast.partner_opening.start_time, cast.partner_opening.end_time = dt.time(10), dt.time(12)
    cast.partner_opening.save()
    (offer,) = say("RDV 31400")
    assert "répondez 3 pour mar. 1er déc. 10h, 4 pour mar. 8 déc. 9h" in offer


def test_another_word_proposes_others_until_there_are_none():
    (offer,) = write("RDV 31400")
    assert "AUTRE: autres horaires" in offer.body
    seen = [option["slot"] for option in offer.options]
    for word in ("AUTRE", "d'autres horaires svp"):
        (more,) = write(word)
        assert more.kind == MessageKind.TIMES
        seen += [option["slot"] for option in more.options]
    assert len(seen) == len(set(seen)) == 6, "no time is proposed twice"
    assert kinds("3") == [MessageKind.BOOKED]
    assert slot_from_token(seen[4]).starts_at == Appointment.objects.get().starts_at, "of the last two"
    assert kinds("AUTRE") == [MessageKind.NOT_UNDERSTOOD]


def test_where_there_are_no_others_those_that_were_proposed_stay(cast):
    cast.partner_opening.delete()
    cast.opening.start_time, cast.opening.end_time = dt.time(10), dt.time(11)
    cast.opening.recurrence = "once"
    cast.opening.save()
    assert kinds("RDV 31400") == [MessageKind.TIMES]
    (answer,) = say("AUTRE")
    assert answer.startswith("Il n'y a pas d'autre horaire libre")
    assert kinds("3") == [MessageKind.BOOKED]


def test_a_time_lost_to_somebody_else_still_leads_to_others(cast, slots):
    write("RDV 31400")
    booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(10)))
    assert kinds("3") == [MessageKind.OTHER_TIMES]
    assert kinds("otros horarios") == [MessageKind.TIMES]
