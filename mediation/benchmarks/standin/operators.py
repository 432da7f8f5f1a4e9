"""What the stand-in speaks: enough of Twilio's and CALLR's interfaces for our gateways, with their real shapes."""

import base64
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Protocol

from mediation.benchmarks.standin.behaviour import Behaviour, Ending, Refusal
from mediation.benchmarks.standin.ledger import Ledger, Taken
from mediation.kernel.gsm7 import count_parts

CALLR_INSTANT = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Request:
    """One request as it came in; ``form`` is its body, from a form or from JSON."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, Any]
    authorization: str


@dataclass(frozen=True)
class Answer:
    """What goes back; nothing at all where ``is_cut``."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False


class Operator(Protocol):
    """One operator's interface."""

    def answer(self, request: Request) -> Answer | None:
        """Answer a request; None where the path is not this operator's."""
        ...


@dataclass
class Desk:
    """What all operators of the stand-in share: one ledger, one behaviour, and who is told of what was taken."""

    ledger: Ledger
    behaviour: Behaviour
    on_taken: Callable[[Taken], None]

    def take(
        self, taken: Taken, *, told: Callable[[Taken], Answer], refused: Callable[[Refusal], Answer], failed: Answer
    ) -> Answer:
        """Take a message as the behaviour of the moment has it."""
        if refusal := self.behaviour.next_refusal(taken.to):
            return refused(refusal)
        ending = self.behaviour.next_ending()
        if ending is Ending.LOST:
            return Answer(is_cut=True)
        self.ledger.add(taken)
        self.on_taken(taken)
        # The hard case: it is taken, and whoever sent it may die or give up before the answer.
        self.behaviour.wait()
        if ending is Ending.CUT:
            return Answer(is_cut=True)
        return failed if ending is Ending.FAILED else told(taken)


class Twilio:
    """api.twilio.com/2010-04-01: Messages and Calls."""

    def __init__(self, desk: Desk, *, sid: str, token: str) -> None:
        self.desk = desk
        self.root = f"/2010-04-01/Accounts/{sid}/"
        self.authorization = basic(sid, token)

    def answer(self, request: Request) -> Answer | None:
        """Answer a request to Twilio."""
        if not request.path.startswith("/2010-04-01/"):
            return None
        if request.authorization != self.authorization or not request.path.startswith(self.root):
            return self._refused(Refusal(20003, 401))
        name, _, rest = request.path.removeprefix(self.root).removesuffix(".json").partition("/")
        kind = {"Messages": "sms", "Calls": "call"}.get(name)
        if kind is None:
            return self._refused(Refusal(20404, 404))
        if request.method == "GET":
            return self._listed(request, name, kind)
        return self._redacted(rest, request) if rest else self._taken(request, kind)

    def _taken(self, request: Request, kind: str) -> Answer:
        form = request.form
        callback = form.get("StatusCallback", "")
        taken = Taken(
            operator="twilio",
            kind=kind,
            sid=("SM" if kind == "sms" else "CA") + secrets.token_hex(16),
            to=form.get("To", ""),
            sender=form.get("From", ""),
            body=form.get("Body") or form.get("Twiml", ""),
            reference=callback.rstrip("/").rpartition("/")[2],
            callback_url=callback,
            validity=int(form["ValidityPeriod"]) if "ValidityPeriod" in form else None,
        )
        return self.desk.take(
            taken,
            told=lambda one: Answer(201, self._resource(one)),
            refused=self._refused,
            failed=self._refused(Refusal(20500, 500)),
        )

    def _listed(self, request: Request, name: str, kind: str) -> Answer:
        found = self.desk.ledger.to(request.query.get("To", ""), "twilio", kind)
        shown = found[: int(request.query.get("PageSize", 50))]
        return Answer(200, {name.lower(): [self._resource(one) for one in shown], "next_page_uri": None, "page": 0})

    def _redacted(self, sid: str, request: Request) -> Answer:
        taken = self.desk.ledger.by_sid(sid)
        if taken is None:
            return self._refused(Refusal(20404, 404))
        if request.form.get("Body") != "":
            return self._refused(Refusal(30400, 400))
        taken.body = ""
        return Answer(200, self._resource(taken))

    def _resource(self, taken: Taken) -> dict[str, Any]:
        created = format_datetime(taken.created_at)
        return {
            "sid": taken.sid,
            "to": taken.to,
            "from": taken.sender,
            "body": taken.body if taken.kind == "sms" else None,
            "status": taken.status,
            "direction": "outbound-api",
            "num_segments": str(count_parts(taken.body)) if taken.kind == "sms" else None,
            "date_created": created,
            "date_updated": created,
            "date_sent": created if taken.status in {"sent", "delivered"} else None,
            "error_code": taken.error_code,
            "error_message": None,
            "price": None,
            "price_unit": "USD",
            "uri": f"{self.root}{'Messages' if taken.kind == 'sms' else 'Calls'}/{taken.sid}.json",
        }

    def _refused(self, refusal: Refusal) -> Answer:
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        body = {
            "code": refusal.code,
            "message": f"The stand-in refuses with {refusal.code}",
            "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}",
            "status": refusal.status,
        }
        return Answer(refusal.status, body, headers)


class Callr:
    """api.callr.com/rest/v1.1/sms."""

    def __init__(self, desk: Desk, *, login: str, password: str) -> None:
        self.desk = desk
        self.authorization = basic(login, password)

    def answer(self, request: Request) -> Answer | None:
        """Answer a request to CALLR."""
        if not request.path.startswith("/rest/v1.1/sms"):
            return None
        if request.authorization != self.authorization:
            return self._refused(Refusal(401, 401))
        return self._listed(request) if request.method == "GET" else self._taken(request)

    def _taken(self, request: Request) -> Answer:
        form = request.form
        taken = Taken(
            operator="callr",
            kind="sms",
            sid=secrets.token_hex(12),
            to=form["to"],
            sender=form["from"],
            body=form["body"],
            reference=(form.get("options") or {}).get("user_data", ""),
            status="CREATED",
        )
        return self.desk.take(
            taken,
            told=lambda one: Answer(200, {"status": "success", "data": one.sid}),
            refused=self._refused,
            failed=self._refused(Refusal(500, 500)),
        )

    def _listed(self, request: Request) -> Answer:
        start, end = (
            datetime.strptime(request.query[name], CALLR_INSTANT).replace(tzinfo=UTC) for name in ("from", "to")
        )
        found = [
            callr_sms(one)
            for one in self.desk.ledger.all()
            if one.operator == "callr" and start <= one.created_at <= end
        ]
        return Answer(200, {"status": "success", "data": found})

    def _refused(self, refusal: Refusal) -> Answer:
        headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
        body = {"status": "error", "data": {"code": refusal.status, "message": "The stand-in refuses"}}
        return Answer(refusal.status, body, headers)


def callr_sms(taken: Taken) -> dict[str, Any]:
    """Return CALLR's SMS object, as its lists and its webhook tell it."""
    return {
        "type": "OUT",
        "hash": taken.sid,
        "from": taken.sender,
        "to": taken.to,
        "text": taken.body,
        "options": {"user_data": taken.reference, "nature": "ALERTING"},
        "status": taken.status,
        "status_error": None,
        "parts": count_parts(taken.body),
        "b_customer_debit": "0.0450",
        "date_creation": taken.created_at.strftime(CALLR_INSTANT),
    }


def basic(login: str, password: str) -> str:
    """Return the header of HTTP's basic authentication."""
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def to_bytes(answer: Answer) -> bytes:
    """Return the body of an answer."""
    return b"" if answer.body is None else json.dumps(answer.body).encode()
