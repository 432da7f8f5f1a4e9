"""The stand-in does what it is told, by Python and over HTTP, and what it calls back reaches our webhooks."""

import datetime as dt
import json
import urllib.request

import pytest
import requests
from django.utils import timezone

from mediation.benchmarks.standin import StandIn
from mediation.benchmarks.standin.callbacks import Plan
from mediation.messaging import gateways
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message


@pytest.fixture
def standin(settings):
    with StandIn(seed=3) as standin:
        for name, value in standin.settings().items():
            setattr(settings, name, value)
        settings.PUBLIC_URL, settings.SMS_FROM = "https://aide.example.org", "+33536490000"
        yield standin


def outgoing(number):
    return gateways.Outgoing(f"x-{number}", Medium.SMS, "+33639980001", "", "Bonjour")


def steer(standin, path, **told):
    request = urllib.request.Request(f"{standin.control_url}{path}", json.dumps(told).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    return urllib.request.urlopen(request).status


def taken(standin):
    with urllib.request.urlopen(f"{standin.control_url}/taken") as answer:
        return json.load(answer)


def test_another_process_steers_it_and_reads_what_it_took(standin):
    twilio = gateways.named("twilio")
    assert steer(standin, "/behave", refuse={"code": 21614}) == 204
    with pytest.raises(gateways.Refused):
        twilio.send(outgoing(1))
    twilio.send(outgoing(2))
    assert [(one["to"], one["reference"]) for one in taken(standin)] == [("+33639980001", "x-2")]
    steer(standin, "/down")
    with pytest.raises(gateways.Down):
        twilio.send(outgoing(3))
    steer(standin, "/up")
    twilio.send(outgoing(4))
    steer(standin, "/reset")
    assert taken(standin) == []


def test_a_share_of_answers_is_cut_and_everything_is_counted(standin):
    standin.behaviour.end("cut", share=0.3)
    cut = 0
    for number in range(40):
        try:
            gateways.named("twilio").send(outgoing(number))
        except requests.ConnectionError:
            cut += 1
    assert 5 <= cut <= 20
    assert set(standin.ledger.counts().values()) == {1}
    assert len(standin.ledger.all()) == 40


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "statuses"), [("twilio", ["sent", "delivered"]), ("callr", ["SENT", "RECEIVED"])], ids=["twilio", "callr"]
)
def test_callbacks_in_any_order_end_where_the_message_did(standin, settings, cast, live_server, name, statuses):
    settings.ALLOWED_HOSTS = ["aide.example.org"]
    standin.callbacks.posted_to = live_server.url
    standin.callbacks.callr_url = "https://aide.example.org/messages/operateur/callr/"
    standin.callbacks.plan = Plan(statuses, times=3, is_shuffled=True)
    attempts = [_attempt(cast, number) for number in range(5)]
    for attempt in attempts:
        reference = f"{attempt.message.uid}-1"
        gateways.named(name).send(gateways.Outgoing(reference, Medium.SMS, attempt.message.recipient, "", "Bonjour"))
    standin.callbacks.wait(len(attempts) * len(statuses) * 3)
    assert standin.callbacks.statuses == [204] * 30
    assert {one.state for one in Attempt.objects.all()} == {AttemptState.DELIVERED}


def _attempt(cast, number):
    now = timezone.now()
    message = Message.objects.create(
        organisation=cast.mairie,
        occasion=f"appointment:{number}",
        version=1,
        kind=MessageKind.REMINDER,
        recipient="+33639980001",
        medium=Medium.SMS,
        body="Bonjour",
        due_at=now,
        useless_after=now + dt.timedelta(days=1),
    )
    return Attempt.objects.create(message=message, medium=Medium.SMS, state=AttemptState.SENDING, state_at=now)
