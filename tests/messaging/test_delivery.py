"""The worker: what it does when it passes, and that it stops; what leaves this machine and what stays."""

import datetime as dt
import json
import os
import signal
import smtplib
import subprocess
import sys
import threading

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection

from mediation.kernel.schedule import SCHEDULE, Rhythm
from mediation.messaging import delivery, gateways
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message, WorkerBeat
from tests.cast import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log(settings, tmp_path):
    """A messages log of this test's own."""
    settings.MESSAGES_LOG = tmp_path / "messages.log"
    return settings.MESSAGES_LOG


@pytest.fixture
def message(cast, now):
    return make(cast)


def make(cast, occasion="test:1", medium=Medium.SMS, recipient="+33639980001", **fields):
    message = Message.objects.create(
        **{
            "organisation": cast.mairie,
            "beneficiary": cast.lucette,
            "occasion": occasion,
            "version": 1,
            "kind": MessageKind.BOOKED,
            "recipient": recipient,
            "medium": medium,
            "body": "Bonjour",
            "due_at": NOW,
            "useless_after": at(14, days=2),
            **fields,
        }
    )
    Attempt.objects.create(message=message, medium=medium, state_at=NOW)
    return message


def state(message):
    return message.attempts.latest("number").state


def test_a_text_message_becomes_one_line_of_the_log(message, log):
    assert delivery.deliver_due() == 1
    line = json.loads(log.read_text())
    assert (line["recipient"], line["body"]) == ("+33639980001", "Bonjour")
    assert state(message) == AttemptState.DELIVERED
    assert log.stat().st_mode & 0o077 == 0
    assert delivery.deliver_due() == 0


def test_an_email_goes_through_django(cast, now, mailoutbox):
    message = make(cast, medium=Medium.EMAIL, recipient="e@example.org")
    delivery.deliver_due()
    assert [mail.to for mail in mailoutbox] == [["e@example.org"]]
    assert state(message) == AttemptState.SENT


@pytest.mark.parametrize(
    ("error", "is_temporary"),
    [
        (smtplib.SMTPRecipientsRefused({"e@example.org": (550, b"unknown")}), False),
        (smtplib.SMTPSenderRefused(451, b"later", "a@example.org"), True),
        (ConnectionRefusedError("relay down"), True),
    ],
)
def test_a_relay_s_refusal_is_read(monkeypatch, error, is_temporary):
    def refuse(self):
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    outgoing = gateways.Outgoing("1", Medium.EMAIL, "e@example.org", "Sujet", "Texte")
    with pytest.raises(gateways.Refused) as caught:
        gateways.gateway_for(Medium.EMAIL).send(outgoing)
    assert caught.value.is_temporary is is_temporary


@pytest.mark.parametrize(
    ("backend", "stays"), [("console", True), ("filebased", True), ("dummy", True), ("smtp", False)]
)
def test_e_mails_that_stay_on_the_machine_are_known_to(settings, backend, stays):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert (gateways.gateway_for(Medium.EMAIL).name in gateways.STAYS_HERE) is stays


@pytest.mark.django_db(transaction=True)
def test_one_pass_of_the_worker_sends_says_it_is_alive_and_runs_the_jobs(message, capsys, monkeypatch):
    monkeypatch.setitem(SCHEDULE.jobs, "mediation.messaging.delivery.tidy", Rhythm(dt.timedelta(minutes=1)))
    call_command("worker", "--once")
    assert "1 message" in capsys.readouterr().out
    assert WorkerBeat.objects.get().at == NOW
    assert state(message) == AttemptState.DELIVERED


@pytest.mark.django_db(transaction=True)
def test_a_job_that_fails_does_not_keep_messages_from_leaving(message, monkeypatch, caplog):
    monkeypatch.setitem(SCHEDULE.jobs, "mediation.messaging.nothing_here", Rhythm(dt.timedelta(minutes=1)))
    call_command("worker", "--once")
    assert state(message) == AttemptState.DELIVERED
    assert "nothing_here" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_stops_cleanly_when_asked(number):
    database = connection.settings_dict
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--skip-checks"],
        cwd=project.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url_of(database), "WORKER_INTERVAL_SECONDS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(30, process.kill)
    watchdog.start()
    assert "started" in process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate()
    watchdog.cancel()
    assert process.returncode == 0, err
    assert "stopped" in out


def url_of(database):
    """Return the address of the test's database for another process."""
    if "sqlite" in database["ENGINE"]:
        return f"sqlite:///{database['NAME']}"
    account = f"{database['USER']}:{database['PASSWORD']}" if database["PASSWORD"] else database["USER"]
    return f"postgres://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
