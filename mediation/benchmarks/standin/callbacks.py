"""What the stand-in calls back: the fate of what it took, signed as operators sign, in whatever order it is told."""

import base64
import hashlib
import hmac
import http.client
import json
import random
import sched
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from mediation.benchmarks.standin.ledger import Taken
from mediation.benchmarks.standin.operators import callr_sms

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Callback:
    """One request to our webhook, ready for a socket or for Django's test client."""

    url: str
    body: bytes
    content_type: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What follows each message that is taken: these statuses, each ``times`` over, ``seconds`` apart."""

    statuses: Sequence[str]
    seconds: float = 0.0
    times: int = 1
    is_shuffled: bool = False


class Callbacks:
    """Signs callbacks for the public address, and posts them to ``posted_to`` where the service really listens."""

    def __init__(self, *, token: str, callr_secret: str, seed: int) -> None:
        self.validator = RequestValidator(token)
        self.callr_secret = callr_secret
        self.callr_url = ""
        self.posted_to = ""
        self.plan: Plan | None = None
        self.statuses: list[int] = []
        self._random = random.Random(seed)  # noqa: S311 — repeatable, and no secret
        self._timetable = sched.scheduler()
        self._thread: threading.Thread | None = None

    def of(self, taken: Taken, status: str, error_code: int | None = None) -> Callback:
        """Return the callback that tells a status of one message; the ledger says the same from now on."""
        taken.status, taken.error_code = status, error_code
        return self._callr(taken) if taken.operator == "callr" else self._twilio(taken)

    def post(self, callback: Callback) -> int:
        """Post one, as the operator would; return the status of the answer."""
        address = urlsplit(self.posted_to or callback.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        path = urlsplit(callback.url).path
        # Our service knows its public name only.
        host = {"Host": urlsplit(callback.url).netloc}
        connection.request(
            "POST", path, callback.body, {**host, **callback.headers, "Content-Type": callback.content_type}
        )
        status = connection.getresponse().status
        connection.close()
        self.statuses.append(status)
        return status

    def follow(self, taken: Taken) -> None:
        """Call back about one message as the plan has it."""
        if self.plan is None or not (taken.callback_url or self.callr_url):
            return
        statuses = [status for status in self.plan.statuses for _time in range(self.plan.times)]
        if self.plan.is_shuffled:
            self._random.shuffle(statuses)
        for rank, status in enumerate(statuses, start=1):
            at = time.monotonic() + rank * self.plan.seconds
            self._timetable.enterabs(at, rank, self._post_quietly, (taken, status))
        self._start()

    def wait(self, posted: int, seconds: float = 20) -> None:
        """Return once that many were posted."""
        deadline = time.monotonic() + seconds
        while len(self.statuses) < posted and time.monotonic() < deadline:
            time.sleep(0.01)

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            self._timetable.run(blocking=False)
            time.sleep(0.01)

    def _post_quietly(self, taken: Taken, status: str) -> None:
        try:
            self.post(self.of(taken, status))
        except OSError:
            # An operator whose callback finds nobody says so in its own logs.
            self.statuses.append(0)

    def _twilio(self, taken: Taken) -> Callback:
        name = "Message" if taken.kind == "sms" else "Call"
        told = {f"{name}Sid": taken.sid, f"{name}Status": taken.status, "To": taken.to, "From": taken.sender}
        if taken.error_code:
            told["ErrorCode"] = str(taken.error_code)
        return self.twilio(taken.callback_url, told)

    def twilio(self, url: str, told: Mapping[str, str]) -> Callback:
        """Return a form signed as Twilio signs: the address that it knows, then every field."""
        signature = self.validator.compute_signature(url, told)
        return Callback(url, urlencode(told).encode(), FORM, {"X-Twilio-Signature": signature})

    def _callr(self, taken: Taken) -> Callback:
        event = {"event_id": taken.sid, "type": "sms.mt.status_update", "data": callr_sms(taken)}
        return self.callr(self.callr_url, event)

    def callr(self, url: str, event: Mapping[str, object]) -> Callback:
        """Return an event signed as CALLR signs: its whole body."""
        body = json.dumps(event).encode()
        signature = base64.b64encode(hmac.new(self.callr_secret.encode(), body, hashlib.sha256).digest()).decode()
        return Callback(url, body, JSON, {"X-CALLR-HmacSignature": signature})
