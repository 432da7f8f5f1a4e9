"""What operators call: answered at once, harmless without their signature, the same however often it comes."""

import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from mediation.benchmarks.standin import StandIn, Taken
from mediation.messaging import services
from mediation.messaging.enums import AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.models import Attempt, Message, Reply
from mediation.messaging.wording import Words
from tests.cast import NOW, at

pytestmark = pytest.mark.django_db
PUBLIC = "https://aide.example.org"
ROOT = "/messages/operateur/"


@pytest.fixture
def callbacks(settings):
    """The stand-in's callbacks, signed with the settings' secrets; nothing listens."""
    settings.PUBLIC_URL = PUBLIC
    settings.TWILIO_AUTH_TOKEN = StandIn.TOKEN
    settings.CALLR_WEBHOOK_SECRET = StandIn.CALLR_SECRET
    standin = StandIn()
    standin.stop()
    standin.callbacks.callr_url = f"{PUBLIC}{ROOT}callr/"
    return standin.callbacks


@pytest.fixture
def attempt(cast, now):
    return make(cast)


def make(cast, medium=Medium.SMS, recipient="+33639980001", occasion="appointment:1"):
    message = Message.objects.create(
        organisation=cast.mairie,
        beneficiary=cast.lucette,
        occasion=occasion,
        version=1,
        kind=MessageKind.REMINDER,
        recipient=recipient,
        medium=medium,
        body="Bonjour",
        due_at=NOW,
        useless_after=at(14, days=2),
    )
    return Attempt.objects.create(message=message, medium=medium, state=AttemptState.ACCEPTED, state_at=NOW)


def taken(attempt, operator="twilio", kind="sms"):
    reference = f"{attempt.message.uid}-{attempt.number}"
    url = f"{PUBLIC}{ROOT}twilio/{reference}/"
    return Taken(operator, kind, "SM1" if kind == "sms" else "CA1", "+33639980001", "x", "Bonjour", reference, url)


@pytest.fixture
def post(client):
    """Return a function that posts a callback, at this machine's address as behind a proxy."""

    def _post(callback, **headers):
        headers = {**callback.headers, **headers}
        return client.post(
            callback.url.removeprefix(PUBLIC),
            callback.body,
            content_type=callback.content_type,
            headers=headers,
            HTTP_HOST="127.0.0.1",
        )

    return _post


@pytest.fixture
def received(monkeypatch):
    """What was handed to the service that understands replies."""
    calls = []

    def receive(**told):
        calls.append(told)
        return Reply(gateway="twilio", provider_id=told["provider_id"], needs_somebody=told["body"] == "0")

    monkeypatch.setattr(services, "receive", receive, raising=False)
    return calls


def state(attempt):
    attempt.refresh_from_db()
    return attempt.state


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("sent", AttemptState.SENT),
        ("delivered", AttemptState.DELIVERED),
        ("undelivered", AttemptState.UNDELIVERED),
        ("failed", AttemptState.FAILED),
        ("some news", AttemptState.ACCEPTED),
    ],
)
def test_twilio_tells_how_far_a_message_has_come(post, callbacks, attempt, word, end):
    assert post(callbacks.of(taken(attempt), word)).status_code == 204
    assert state(attempt) == end


def test_twilios_code_becomes_what_a_human_does(post, callbacks, attempt):
    post(callbacks.of(taken(attempt), "undelivered", 30006))
    attempt.refresh_from_db()
    assert (attempt.trouble, attempt.problem, attempt.provider_id) == (Trouble.NOT_MOBILE, "Twilio 30006", "SM1")


@pytest.mark.parametrize(
    ("word", "end", "trouble"),
    [
        ("completed", AttemptState.DELIVERED, ""),
        ("busy", AttemptState.UNDELIVERED, Trouble.NO_ANSWER),
        ("no-answer", AttemptState.UNDELIVERED, Trouble.NO_ANSWER),
        ("failed", AttemptState.FAILED, Trouble.OTHER),
        ("ringing", AttemptState.ACCEPTED, ""),
    ],
)
def test_twilio_tells_how_a_call_went(post, callbacks, cast, now, word, end, trouble):
    attempt = make(cast, Medium.VOICE, "+33536490001")
    assert post(callbacks.of(taken(attempt, kind="call"), word)).status_code == 204
    assert state(attempt) == end
    assert attempt.trouble == trouble


def test_callr_tells_how_far_a_message_has_come_and_what_it_cost(post, callbacks, attempt):
    assert post(callbacks.of(taken(attempt, "callr"), "RECEIVED")).status_code == 204
    assert state(attempt) == AttemptState.DELIVERED
    assert (attempt.parts, str(attempt.cost)) == (1, "0.0450")


@pytest.mark.parametrize("operator", ["twilio", "callr"])
def test_repeated_and_late_news_change_nothing(post, callbacks, attempt, operator):
    words = ("delivered", "sent", "delivered") if operator == "twilio" else ("RECEIVED", "SENT", "RECEIVED")
    for word in words:
        assert post(callbacks.of(taken(attempt, operator), word)).status_code == 204
    assert state(attempt) == AttemptState.DELIVERED


@pytest.mark.parametrize("operator", ["twilio", "callr"])
def test_news_of_nothing_we_know_is_answered_like_any_other(post, callbacks, attempt, operator):
    unknown = taken(attempt, operator)
    unknown.reference = "elsewhere-1"
    unknown.callback_url = f"{PUBLIC}{ROOT}twilio/elsewhere-1/"
    assert post(callbacks.of(unknown, "delivered")).status_code == 204
    assert state(attempt) == AttemptState.ACCEPTED


@pytest.mark.parametrize("header", ["X-Twilio-Signature", "X-CALLR-HmacSignature"])
@pytest.mark.parametrize("signature", ["", "bm9uZQ==", "é"])
def test_without_the_operators_signature_nothing_changes(post, callbacks, attempt, received, header, signature):
    operator = "callr" if "CALLR" in header else "twilio"
    answer = post(callbacks.of(taken(attempt, operator), "delivered"), **{header: signature})
    assert answer.status_code == 403
    assert state(attempt) == AttemptState.ACCEPTED


def test_a_signature_is_good_for_one_address_only(post, callbacks, attempt, cast):
    other = taken(attempt)
    signed = callbacks.of(other, "delivered")
    elsewhere = f"{PUBLIC}{ROOT}twilio/{attempt.message.uid}-2/"
    assert post(type(signed)(elsewhere, signed.body, signed.content_type, signed.headers)).status_code == 403


def test_an_installation_without_operator_takes_no_signature(post, callbacks, attempt, settings):
    settings.TWILIO_AUTH_TOKEN = settings.CALLR_WEBHOOK_SECRET = ""
    callbacks.validator.token, callbacks.callr_secret = b"", ""
    for operator in ("twilio", "callr"):
        assert post(callbacks.of(taken(attempt, operator), "delivered")).status_code == 403
    assert state(attempt) == AttemptState.ACCEPTED


def test_nothing_is_to_be_read_here(client, callbacks):
    for path in ("callr/", "twilio/entrant/", "twilio/x-1/", "twilio/x-1/touche/"):
        assert client.get(f"{ROOT}{path}").status_code == 405


def test_operators_carry_no_cookie_of_ours(callbacks, attempt):
    strict = Client(enforce_csrf_checks=True)
    callback = callbacks.of(taken(attempt), "delivered")
    path = callback.url.removeprefix(PUBLIC)
    answer = strict.post(path, callback.body, content_type=callback.content_type, headers=callback.headers)
    assert answer.status_code == 204


def test_a_text_that_comes_in_by_twilio_is_handed_on(post, callbacks, received):
    told = {"MessageSid": "SM9", "From": "+33639980001", "To": "+33536490000", "Body": "OUI merci"}
    answer = post(callbacks.twilio(f"{PUBLIC}{ROOT}twilio/entrant/", told))
    assert ET.fromstring(answer.content).tag == "Response"
    assert received[0]["body"] == "OUI merci"
    assert (received[0]["gateway"], received[0]["provider_id"], received[0]["sender"], received[0]["medium"]) == (
        "twilio",
        "SM9",
        "+33639980001",
        Medium.SMS,
    )


def test_a_text_that_comes_in_by_callr_is_handed_on(post, callbacks, received):
    sms = {"type": "IN", "hash": "H9", "from": "+33639980001", "to": "38000", "text": "STOP"}
    assert post(callbacks.callr(f"{PUBLIC}{ROOT}callr/", {"type": "sms.mo", "data": sms})).status_code == 204
    assert (received[0]["gateway"], received[0]["provider_id"], received[0]["body"]) == ("callr", "H9", "STOP")


def test_events_of_other_kinds_are_none_of_our_business(post, callbacks, received):
    event = {"type": "billing.credit", "data": {"amount": 3}}
    assert post(callbacks.callr(f"{PUBLIC}{ROOT}callr/", event)).status_code == 204
    assert not received


@pytest.fixture
def press(post, callbacks, cast, now, received):
    """Return a function that presses a key during a call and returns what is said then."""
    attempt = make(cast, Medium.VOICE, "+33536490001")

    def _press(digit, reference=f"{attempt.message.uid}-1"):
        url = f"{PUBLIC}{ROOT}twilio/{reference}/touche/"
        answer = post(callbacks.twilio(url, {"CallSid": "CA1", "Digits": digit, "To": "+33536490001"}))
        assert answer.status_code == 200
        return ET.fromstring(answer.content)

    return _press


def test_a_key_is_an_answer_and_ends_the_call(press, received):
    call = press("1")
    assert received[0]["body"] == "1"
    assert (received[0]["sender"], received[0]["medium"], received[0]["provider_id"]) == (
        "+33536490001",
        Medium.VOICE,
        f"CA1-{Attempt.objects.get().pk}-1",
    )
    assert "noté" in call.find("Say").text
    assert call.find("Hangup") is not None


def test_what_a_machine_cannot_do_is_said(press):
    assert "rappellera" in press("0").find("Say").text


@pytest.mark.parametrize("digit", ["9", "7", "*", ""])
def test_any_other_key_says_it_again(press, received, digit):
    assert [say.text for say in press(digit).iter("Say")][:2] == ["Bonjour", "Bonjour"]
    assert not received


def test_a_call_that_we_do_not_know_is_over(press, received):
    assert len(press("1", reference="elsewhere-1")) == 0
    assert not received


@pytest.mark.parametrize(("answer_before", "listens"), [(None, False), (at(18), True)])
def test_the_call_says_what_answers_the_key(press, cast, monkeypatch, answer_before, listens):
    """Where the time is kept for whoever finds that it was a mistake, the call listens for it."""
    said = make(cast, Medium.VOICE, "+33536490001", occasion="appointment:2")
    said.message.asks, said.message.words = "cancelled", Words(answer_before=answer_before).to_json()
    said.body = "Votre rendez-vous est annulé."
    monkeypatch.setattr(services, "said_on_the_phone", lambda _reply: [said])
    call = press("2")
    assert next(call.iter("Say")).text == "Votre rendez-vous est annulé."
    assert (call.find("Gather") is not None, call.find("Hangup") is None) == (listens, listens)
    if listens:
        assert call.find("Gather").get("action") == f"{PUBLIC}{ROOT}twilio/{said.message.uid}-1/touche/"
