"""Text messages by CALLR, a French operator, over plain HTTP.

Follows docs.callr.com/rest/intro (answers and errors), /rest/sms (POST and GET /sms, the options of a message),
/webhooks (the account's subscriptions, sms.mt.status_update and sms.mo, and their signature), and the states named in
CALLR's own libraries. Our reference travels as ``user_data``, so a message is found again by its very name. CALLR takes
no period of validity, and documents no way to erase a text: ``forget`` says so.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import requests
from django.conf import settings

from mediation.kernel.gsm7 import is_gsm7
from mediation.messaging.enums import AttemptState, Trouble
from mediation.messaging.gateways import http
from mediation.messaging.gateways.base import Down, Outgoing, Receipt, Refused

PATH = "/rest/v1.1/sms"
INSTANT = "%Y-%m-%d %H:%M:%S"
CLOCKS_DIFFER = timedelta(seconds=30)
# A request ends within seconds: what it left behind was created within the hour. A longer list says no more.
LOOKED_AT = timedelta(hours=1)
STATES = {
    "CREATED": AttemptState.ACCEPTED,
    "PENDING": AttemptState.ACCEPTED,
    "REMOTE_QUEUED": AttemptState.SENT,
    "REMOTE-QUEUED": AttemptState.SENT,
    "SENT": AttemptState.SENT,
    "RECEIVED": AttemptState.DELIVERED,
    "DELIVERED": AttemptState.DELIVERED,
    "EXPIRED": AttemptState.UNDELIVERED,
    "FAILED": AttemptState.FAILED,
    "ERROR": AttemptState.FAILED,
}
TROUBLES = {"EXPIRED": Trouble.OUT_OF_REACH, "FAILED": Trouble.OTHER, "ERROR": Trouble.OTHER}
ACCOUNT_STATUSES = {401, 403}


class CallrGateway:
    """Sends through CALLR, which calls the account's webhook back with our reference in ``user_data``."""

    name = "callr"

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the text to CALLR, which answers with the name it gave to it."""
        options = {
            "user_data": outgoing.reference,
            "nature": "ALERTING",
            "force_encoding": "GSM" if is_gsm7(outgoing.body) else "UNICODE",
        }
        body = {"from": _sender(), "to": outgoing.recipient, "body": outgoing.body, "options": options}
        return Receipt(AttemptState.ACCEPTED, provider_id=str(_call("POST", json=body)))

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Look for our reference among what CALLR took in the hour that follows."""
        start = since.astimezone(UTC) - CLOCKS_DIFFER
        period = {"type": "OUT", "from": start.strftime(INSTANT), "to": (start + LOOKED_AT).strftime(INSTANT)}
        try:
            taken = _call("GET", params=period)
        except (requests.RequestException, Refused) as error:
            raise Down(str(error)) from error
        ours = [one for one in taken if reference_of(one) == outgoing.reference]
        return _receipt(ours[-1]) if ours else None

    def forget(self, provider_id: str) -> None:
        """Say that CALLR documents no way to erase a text: how long it keeps it belongs into the contract."""
        raise Refused("CALLR erases no text by its interface.", is_temporary=False)


def reference_of(sms: Mapping[str, Any]) -> str:
    """Return our own name for a message as CALLR tells it back."""
    return str((sms.get("options") or {}).get("user_data") or sms.get("user_data") or "")


def state_of(sms: Mapping[str, Any]) -> AttemptState | None:
    """Return where a message stands by CALLR's word for it; None for a word that is new to us."""
    return STATES.get(str(sms.get("status", "")).upper())


def trouble_of(sms: Mapping[str, Any]) -> Trouble | str:
    """Return what a final status asks of a human; "" where nothing went wrong."""
    return TROUBLES.get(str(sms.get("status", "")).upper(), "")


def parts_and_cost(sms: Mapping[str, Any]) -> tuple[int | None, Decimal | None]:
    """Return how many SMS a message took and what CALLR debited for it, in the account's euros."""
    parts, debit = sms.get("parts"), sms.get("b_customer_debit")
    return (int(parts) if parts else None), (Decimal(str(debit)) if debit is not None else None)


def _receipt(sms: Mapping[str, Any]) -> Receipt:
    state = state_of(sms)
    parts, cost = parts_and_cost(sms)
    has_left = state in {AttemptState.SENT, AttemptState.DELIVERED}
    return Receipt(state if state and has_left else AttemptState.ACCEPTED, str(sms["hash"]), parts, cost)


def _sender() -> str:
    """Return the name to send by; nothing where SMS_FROM is a number: CALLR then picks one that takes replies."""
    return "" if settings.SMS_FROM.startswith("+") else settings.SMS_FROM


def _call(method: str, **content: Any) -> Any:
    """Return the data of CALLR's answer. Raises Down, Refused, or anything else where nobody knows."""
    try:
        answer = _session().request(
            method,
            f"{settings.CALLR_BASE_URL}{PATH}",
            auth=(settings.CALLR_LOGIN, settings.CALLR_PASSWORD),
            timeout=settings.GATEWAY_TIMEOUT_SECONDS,
            # A redirected POST would become a GET.
            allow_redirects=False,
            **content,
        )
    except requests.RequestException as error:
        if http.never_left(error):
            raise Down(str(error)) from error
        raise
    if answer.status_code == http.TOO_MANY_REQUESTS:
        raise http.slow_down(answer.headers)
    if requests.codes.bad_request <= answer.status_code < http.SERVER_ERROR:
        raise _refused(answer)
    answer.raise_for_status()
    return answer.json()["data"]


def _refused(answer: requests.Response) -> Refused:
    is_account = answer.status_code in ACCOUNT_STATUSES
    try:
        words = answer.json()["data"]["message"]
    except (ValueError, KeyError, TypeError):
        words = answer.reason
    trouble = Trouble.ACCOUNT if is_account else Trouble.OTHER
    return Refused(f"CALLR {answer.status_code} : {words}", is_temporary=is_account, trouble=trouble)


@lru_cache(maxsize=1)
def _session() -> requests.Session:
    """Return the connections that all threads share."""
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, http.adapter())
    return session
