"""What Twilio is told, and what its answers ask of a human."""

import datetime as dt
import ssl
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest
import requests
from django.utils import timezone

from mediation.messaging import gateways
from mediation.messaging.enums import AttemptState, Medium, Trouble
from mediation.messaging.gateways import http
from mediation.messaging.gateways.twilio import codes, gateway, speech
from tests.messaging.gateways.conftest import LANDLINE, NUMBER, outgoing

SINCE = dt.timedelta(seconds=1)


@pytest.fixture
def twilio(standin):
    return gateways.named("twilio")


def sent(standin):
    (taken,) = standin.ledger.all()
    return taken


def test_it_calls_back_with_our_own_name_for_the_attempt(twilio, standin):
    text = outgoing()
    twilio.send(text)
    assert sent(standin).callback_url == f"https://aide.example.org/messages/operateur/twilio/{text.reference}/"
    assert sent(standin).sender == "+33536490000"


def test_without_a_public_address_it_is_asked_for_no_callback(twilio, standin, settings):
    settings.PUBLIC_URL = ""
    twilio.send(outgoing())
    assert sent(standin).callback_url == ""


@pytest.mark.parametrize(
    ("left", "seconds"),
    [
        (dt.timedelta(hours=3), 10_800),
        (dt.timedelta(days=3), 36_000),
        (dt.timedelta(seconds=-5), 1),
        (None, None),
    ],
)
def test_it_gives_up_before_the_text_is_of_no_use(twilio, standin, left, seconds):
    twilio.send(outgoing(valid_for=left))
    assert sent(standin).validity == seconds


@pytest.mark.parametrize(
    ("code", "trouble", "is_temporary"),
    [
        (21610, Trouble.OPTED_OUT, False),
        (21614, Trouble.NOT_MOBILE, False),
        (21635, Trouble.NOT_MOBILE, False),
        (30006, Trouble.NOT_MOBILE, False),
        (30003, Trouble.OUT_OF_REACH, True),
        (30008, Trouble.OUT_OF_REACH, True),
        (30005, Trouble.WRONG_NUMBER, False),
        (21211, Trouble.WRONG_NUMBER, False),
        (30007, Trouble.FILTERED, False),
        (20003, Trouble.ACCOUNT, True),
        (99999, Trouble.OTHER, False),
    ],
)
def test_a_code_says_what_a_human_should_do(twilio, standin, code, trouble, is_temporary):
    standin.behaviour.refuse(code)
    with pytest.raises(gateways.Refused) as refusal:
        twilio.send(outgoing())
    assert (refusal.value.trouble, refusal.value.is_temporary) == (trouble, is_temporary)
    assert str(code) in refusal.value.problem


def test_a_wrong_password_is_a_matter_of_the_account(twilio, standin, settings):
    settings.TWILIO_AUTH_TOKEN = "wrong"
    with pytest.raises(gateways.Refused) as refusal:
        twilio.send(outgoing())
    assert refusal.value.trouble == Trouble.ACCOUNT


def test_no_answer_in_time_is_not_known_and_is_found(twilio, standin, settings):
    settings.GATEWAY_TIMEOUT_SECONDS = 0.1
    standin.behaviour.delay(0.4)
    with pytest.raises(requests.Timeout):
        twilio.send(outgoing())
    settings.GATEWAY_TIMEOUT_SECONDS = 5
    assert twilio.find(outgoing(), timezone.now() - SINCE).state == AttemptState.ACCEPTED


@pytest.mark.parametrize(
    "other", [{"body": "Un autre texte"}, {"recipient": "+33639980002"}], ids=["another text", "another number"]
)
def test_it_does_not_take_another_message_for_this_one(twilio, other):
    twilio.send(outgoing(**other))
    assert twilio.find(outgoing(), timezone.now() - SINCE) is None


def test_a_text_from_another_sender_of_the_account_is_not_ours(twilio, settings):
    twilio.send(outgoing())
    settings.SMS_FROM = "Autre"
    assert twilio.find(outgoing(), timezone.now() - SINCE) is None


def test_where_it_cannot_list_nobody_knows(twilio, standin, settings):
    settings.TWILIO_AUTH_TOKEN = "wrong"
    with pytest.raises(gateways.Down):
        twilio.find(outgoing(), timezone.now())


def test_its_copy_of_the_text_is_emptied(twilio, standin):
    receipt = twilio.send(outgoing())
    twilio.forget(receipt.provider_id)
    assert sent(standin).body == ""


def test_a_text_that_it_no_longer_has_is_refused_in_words(twilio):
    with pytest.raises(gateways.Refused, match="20404"):
        twilio.forget("SM" + "0" * 32)


def test_a_receipt_says_parts_and_cost_in_euros_only():
    class Taken:
        sid, status, num_segments, price, price_unit = "SM1", "delivered", "2", "-0.0798", "EUR"

    assert gateway._receipt(Medium.SMS, Taken()) == gateways.Receipt(
        AttemptState.DELIVERED, "SM1", parts=2, cost=Decimal("0.0798")
    )
    Taken.price_unit = "USD"
    assert gateway._receipt(Medium.SMS, Taken()).cost is None


def test_a_call_says_the_text_twice_then_waits_for_a_key(twilio, standin):
    twilio.send(outgoing(medium=Medium.VOICE, recipient=LANDLINE, body="Bonjour & bienvenue", language="es"))
    call = ET.fromstring(sent(standin).body)
    keys = call.find("Gather")
    assert keys.get("action").endswith("/touche/")
    assert (keys.get("numDigits"), keys.get("timeout"), keys.get("input")) == ("1", "10", "dtmf")
    said = [say.text for say in keys.iter("Say")]
    assert said == ["Bonjour & bienvenue", "Bonjour & bienvenue", "Para volver a escuchar, pulse 9."]
    assert {say.get("language") for say in keys.iter("Say")} == {"es-ES"}
    assert sent(standin).sender == "+33536490099"


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt", "ar", "uk", "lsf"])
def test_every_language_has_a_voice_that_fits_in_one_request(language):
    spoken = speech.reminder(text="é" * 700, language=language, answers_to="https://aide.example.org/x/touche/")
    assert len(spoken) < 4000
    assert ET.fromstring(speech.goodbye(language=language, is_called_back=True)).find("Say").text


def test_without_a_public_address_a_call_asks_for_no_key(twilio, standin, settings):
    settings.PUBLIC_URL = ""
    twilio.send(outgoing(medium=Medium.VOICE, recipient=LANDLINE))
    call = ET.fromstring(sent(standin).body)
    assert call.find("Gather") is None
    assert len(call.findall("Say")) == 2


@pytest.mark.parametrize(("word", "known"), [("queued", True), ("read", True), ("holographic", False)])
def test_a_status_that_is_new_to_us_is_left_alone(word, known):
    assert (codes.state_of(Medium.SMS, word) is not None) is known


def test_connections_are_kept_for_all_senders(twilio, standin):
    for number in range(3):
        twilio.send(outgoing(reference=f"x-{number}"))
    assert len(standin.ledger.to(NUMBER, "twilio", "sms")) == 3


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (requests.ConnectTimeout(requests.packages.urllib3.exceptions.MaxRetryError(None, "/", None)), True),
        (requests.ReadTimeout("timed out"), False),
        (requests.ConnectionError("Connection aborted."), False),
        (requests.exceptions.SSLError("EOF occurred in violation of protocol"), False),
    ],
)
def test_only_what_surely_never_left_is_down(error, left):
    assert http.never_left(error) is left


def test_an_operator_that_is_somebody_else_got_nothing():
    wrapped = requests.packages.urllib3.exceptions.SSLError(ssl.SSLCertVerificationError("self-signed certificate"))
    reason = requests.packages.urllib3.exceptions.MaxRetryError(None, "/", wrapped)
    assert http.never_left(requests.exceptions.SSLError(reason))


def test_no_log_holds_the_number_of_whom_it_looks_for(twilio, standin, caplog):
    caplog.set_level("INFO")
    twilio.find(outgoing(), timezone.now() - SINCE)
    assert NUMBER.removeprefix("+33") not in caplog.text


def test_places_keep_a_french_voice_in_a_call():
    text = "Su cita es el martes a las 9:00, médiathèque Empalot. Para confirmar, pulse 1."
    call = ET.fromstring(speech.reminder(text=text, names=("médiathèque Empalot",), language="es", answers_to=""))
    assert [(say.get("language"), say.text) for say in call.findall("Say")][:3] == [
        ("es-ES", "Su cita es el martes a las 9:00,"),
        ("fr-FR", "médiathèque Empalot"),
        ("es-ES", "Para confirmar, pulse 1."),
    ]
    call = ET.fromstring(speech.reminder(text=text, names=("médiathèque Empalot",), language="fr", answers_to=""))
    assert [say.text for say in call.findall("Say")] == [text, text]
