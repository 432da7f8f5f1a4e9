"""What the worker sends, once, and what it writes down about it."""

import datetime as dt
import json
import os
import signal
import smtplib
import subprocess
import sys
import threading

import pytest
import time_machine
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection

from mediation.kernel.tasks import SCHEDULE
from mediation.messaging import deliver, gateways, services
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


def make(cast, occasion="appointment:1", medium=Medium.SMS, recipient="+33639980001", **fields):
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


class Gate:
    """A gateway that does what a test says."""

    name = "gate"

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sent = []
        self.depth = len(connection.savepoint_ids)

    def send(self, outgoing):
        assert len(connection.savepoint_ids) == self.depth, "called inside a transaction"
        self.sent.append(outgoing)
        answer = self.answers.pop(0) if self.answers else gateways.Receipt(AttemptState.ACCEPTED, "SM1")
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def gate(monkeypatch):
    def _gate(*answers):
        made = Gate(*answers)
        monkeypatch.setattr(gateways, "gateway_for", lambda _medium: made)
        return made

    return _gate


def state(message):
    return message.attempts.latest("number").state


def test_a_text_message_becomes_one_line_of_the_log(message, log):
    assert deliver.deliver_due() == 1
    line = json.loads(log.read_text())
    assert (line["recipient"], line["body"]) == ("+33639980001", "Bonjour")
    assert state(message) == AttemptState.DELIVERED
    assert log.stat().st_mode & 0o077 == 0
    assert deliver.deliver_due() == 0


def test_an_email_goes_through_django(cast, now, mailoutbox):
    message = make(cast, medium=Medium.EMAIL, recipient="e@example.org")
    deliver.deliver_due()
    assert [mail.to for mail in mailoutbox] == [["e@example.org"]]
    assert state(message) == AttemptState.SENT


def test_a_call_is_left_to_people(cast, now, gate):
    make(cast, medium=Medium.CALL_LIST)
    assert deliver.deliver_due() == 0


def test_nothing_goes_before_its_time_or_after_it_means_something(cast, now, gate):
    out = gate()
    early = make(cast, due_at=NOW + dt.timedelta(minutes=1))
    late = make(cast, occasion="appointment:2", useless_after=NOW)
    deliver.tidy()
    assert deliver.deliver_due() == 0
    assert (state(early), state(late)) == (AttemptState.WAITING, AttemptState.EXPIRED)
    assert not out.sent


def test_a_message_called_back_between_claim_and_sending_stays(message, gate):
    out = gate()
    (claimed,) = deliver.claim(limit=10)
    assert services.void(occasion=message.occasion) == 1
    assert not deliver._start(claimed)
    assert not out.sent
    assert state(message) == AttemptState.SKIPPED


def test_two_workers_never_claim_the_same(message):
    assert len(deliver.claim(limit=10)) == 1
    assert deliver.claim(limit=10) == []


def test_an_expired_claim_is_taken_over_and_the_first_worker_loses_it(message, gate):
    gate()
    (first,) = deliver.claim(limit=10)
    with time_machine.travel(NOW + deliver.LEASE + dt.timedelta(seconds=1), tick=False):
        (second,) = deliver.claim(limit=10)
        assert not deliver._start(first)
        assert deliver._start(second)


def test_a_temporary_refusal_is_tried_again_later(message, gate):
    gate(gateways.Refused("occupé", is_temporary=True))
    deliver.deliver_due()
    assert [attempt.state for attempt in message.attempts.all()] == [AttemptState.FAILED, AttemptState.WAITING]
    assert deliver.deliver_due() == 0
    with time_machine.travel(NOW + deliver.PAUSES[0], tick=False):
        assert deliver.deliver_due() == 1
    assert state(message) == AttemptState.ACCEPTED


def test_it_gives_up_after_four_attempts(message, gate):
    gate(*[gateways.Refused("occupé", is_temporary=True)] * 5)
    for hours in range(6):
        with time_machine.travel(NOW + dt.timedelta(hours=hours), tick=False):
            deliver.deliver_due()
    assert [attempt.state for attempt in message.attempts.all()] == [AttemptState.FAILED] * 4


def test_a_final_refusal_is_not_tried_again(message, gate):
    gate(gateways.Refused("numéro inconnu", is_temporary=False))
    deliver.deliver_due()
    attempt = message.attempts.get()
    assert (attempt.state, attempt.problem) == (AttemptState.FAILED, "numéro inconnu")


def test_what_nobody_knows_is_never_sent_again_blindly(message, gate, caplog):
    out = gate(TimeoutError("plus de réponse"))
    deliver.deliver_due()
    with time_machine.travel(NOW + dt.timedelta(hours=3), tick=False):
        deliver.deliver_due()
    assert state(message) == AttemptState.UNKNOWN
    assert len(out.sent) == 1


def test_a_worker_killed_while_sending_leaves_a_question_not_a_second_message(message, gate):
    out = gate()
    (claimed,) = deliver.claim(limit=1)
    deliver._start(claimed)
    with time_machine.travel(NOW + 2 * deliver.LEASE, tick=False):
        deliver.tidy()
        deliver.deliver_due()
    assert state(message) == AttemptState.UNKNOWN
    assert not out.sent


def test_a_final_state_is_never_overwritten(message, gate):
    (claimed,) = deliver.claim(limit=1)
    deliver._start(claimed)
    message.attempts.update(state=AttemptState.DELIVERED)
    deliver._send(claimed)
    assert state(message) == AttemptState.DELIVERED


def test_a_stop_gives_back_what_was_claimed(cast, message, gate):
    other = make(cast, occasion="appointment:2")
    answers = iter([False, False, True, True])
    gate()
    deliver.deliver_due(should_stop=lambda: next(answers))
    assert sorted([state(message), state(other)]) == [AttemptState.ACCEPTED, AttemptState.WAITING]


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


def test_one_pass_of_the_worker_sends_says_it_is_alive_and_runs_the_jobs(message, capsys, monkeypatch):
    monkeypatch.setitem(SCHEDULE.every, "mediation.messaging.deliver.tidy", dt.timedelta(minutes=1))
    call_command("worker", "--once")
    assert "1 message" in capsys.readouterr().out
    assert WorkerBeat.objects.get().at == NOW
    assert state(message) == AttemptState.DELIVERED


def test_a_job_that_fails_does_not_keep_messages_from_leaving(message, monkeypatch, caplog):
    monkeypatch.setitem(SCHEDULE.every, "mediation.messaging.nothing_here", dt.timedelta(minutes=1))
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
