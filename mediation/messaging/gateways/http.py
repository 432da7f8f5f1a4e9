"""What all operators that are reached by HTTP have in common: when it is certain that nothing left this machine."""

import email.utils
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from mediation.messaging.enums import Trouble
from mediation.messaging.gateways.base import Refused

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
# Where an operator asks to slow down without saying for how long.
USUAL_PAUSE = timedelta(seconds=5)


def adapter() -> HTTPAdapter:
    """Return connections enough for every sender of this process; nothing is ever repeated by itself."""
    return HTTPAdapter(pool_maxsize=settings.SENDERS_PER_WORKER, max_retries=0)


def never_left(error: requests.RequestException) -> bool:
    """Say whether no byte of the request can have reached the operator: no connection, or not to whom we meant."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError | ConnectTimeoutError):
        return True
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(reason))


def slow_down(headers: Mapping[str, str]) -> Refused:
    """Return the refusal of an operator that gets too much at once, with the pause that it asks for."""
    return Refused(
        "HTTP 429",
        is_temporary=True,
        trouble=Trouble.SLOW_DOWN,
        retry_after=_pause(headers.get("Retry-After", "")) or USUAL_PAUSE,
    )


def _causes(error: BaseException | None) -> list[object]:
    return [*error.args, error.__cause__, error.__context__] if error else []


def _pause(header: str) -> timedelta | None:
    """Read Retry-After, which is a number of seconds or a date."""
    if header.isdecimal():
        return timedelta(seconds=int(header))
    try:
        until = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(timedelta(), until - datetime.now(UTC))
