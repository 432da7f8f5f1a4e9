"""Each gateway, beside something that stands in for the other end."""

import datetime as dt
import smtplib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.mail.backends import locmem

from mediation.benchmarks.standin import StandIn
from mediation.messaging import gateways
from mediation.messaging.enums import Medium

NUMBER = "+33639980001"
LANDLINE = "+33536490001"


@pytest.fixture(scope="session")
def standin_for_all():
    """Listen once for all tests."""
    with StandIn(seed=7) as standin:
        yield standin


@pytest.fixture
def standin(standin_for_all, settings):
    """The stand-in, well behaved and with nothing taken; both gateways point to it."""
    standin_for_all.reset()
    for name, value in standin_for_all.settings().items():
        setattr(settings, name, value)
    settings.PUBLIC_URL = "https://aide.example.org"
    settings.SMS_FROM, settings.TWILIO_VOICE_FROM = "+33536490000", "+33536490099"
    settings.GATEWAY_TIMEOUT_SECONDS = 1
    yield standin_for_all
    standin_for_all.reset()


@dataclass
class Bench:
    """One gateway, one message for it, and how to make the other end misbehave; None where it cannot."""

    gateway: gateways.Gateway
    outgoing: gateways.Outgoing
    taken: Callable[[], int]
    refuse: Callable[[], Any]
    go_down: Callable[[], Any]
    slow_down: Callable[[], Any] | None = None
    lose_answer: Callable[[str], Any] | None = None
    can_find: bool = True
    can_forget: bool = True


def outgoing(**fields: Any) -> gateways.Outgoing:
    """Return a text message; its reference is as the ledger makes it."""
    return gateways.Outgoing(
        **{
            "reference": "0f8fad5b-d9cb-469f-a165-70867728950e-1",
            "medium": Medium.SMS,
            "recipient": NUMBER,
            "subject": "Sujet",
            "body": "Rappel: RDV mer. 2 déc. à 14h30",
            "valid_for": dt.timedelta(hours=3),
            **fields,
        }
    )


def _twilio(standin: StandIn, medium: Medium) -> Bench:
    to = NUMBER if medium == Medium.SMS else LANDLINE
    return Bench(
        gateways.named("twilio"),
        outgoing(medium=medium, recipient=to),
        taken=lambda: len(standin.ledger.all()),
        refuse=lambda: standin.behaviour.refuse(21211),
        go_down=standin.go_down,
        slow_down=lambda: standin.behaviour.slow_down(retry_after=7),
        lose_answer=lambda ending: standin.behaviour.end(ending, times=1),
    )


def _callr(standin: StandIn) -> Bench:
    bench = _twilio(standin, Medium.SMS)
    bench.gateway, bench.can_forget = gateways.named("callr"), False
    return bench


def _file(settings, tmp_path) -> Bench:
    log = tmp_path / "messages.log"
    settings.MESSAGES_LOG = log

    def break_it() -> None:
        # A folder where the file should be.
        log.mkdir()

    return Bench(
        gateways.named("file"),
        outgoing(),
        taken=lambda: len(log.read_text().splitlines()) if log.is_file() else 0,
        refuse=break_it,
        go_down=break_it,
    )


def _email(monkeypatch, mailoutbox) -> Bench:
    def fail(error: Exception) -> None:
        def send_messages(*_args: object) -> None:
            raise error

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)

    return Bench(
        gateways.named("email"),
        outgoing(medium=Medium.EMAIL, recipient="e@example.org"),
        taken=lambda: len(mailoutbox),
        refuse=lambda: fail(smtplib.SMTPRecipientsRefused({"e@example.org": (550, b"No such user")})),
        go_down=lambda: fail(socket.gaierror("Name or service not known")),
        lose_answer=lambda _ending: fail(TimeoutError("timed out")),
        can_find=False,
    )


BENCHES = ("twilio sms", "twilio voice", "callr", "file", "email")


@pytest.fixture(params=BENCHES)
def bench(request, settings, tmp_path, monkeypatch, mailoutbox) -> Bench:
    """Each gateway in turn."""
    if request.param == "file":
        return _file(settings, tmp_path)
    if request.param == "email":
        return _email(monkeypatch, mailoutbox)
    standin = request.getfixturevalue("standin")
    if request.param == "callr":
        return _callr(standin)
    return _twilio(standin, Medium.VOICE if request.param == "twilio voice" else Medium.SMS)
