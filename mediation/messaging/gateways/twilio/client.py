"""Twilio's client, pointed to where the settings say, with connections kept for all senders."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from mediation.messaging.gateways import http
from mediation.messaging.gateways.base import Down


class HttpClient(TwilioHttpClient):
    """The package's own, which knows no other address than Twilio's and tells nobody how long to wait after a 429."""

    def __init__(self, *, base_url: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.base_url = base_url
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, http.adapter())

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        """Make the request. Raises Down where it never left, Refused where Twilio wants us slower."""
        try:
            response = super().request(method, self._pointed(url), *args, **kwargs)
        except requests.RequestException as error:
            if http.never_left(error):
                raise Down(str(error)) from error
            raise
        if response.status_code == http.TOO_MANY_REQUESTS:
            raise http.slow_down(response.headers)
        return response

    def _pointed(self, url: str) -> str:
        if not self.base_url:
            return url
        parts = urlsplit(url)
        return f"{self.base_url}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def client() -> Client:
    """Return the client of the settings; the same for all threads, for its connections."""
    return _client(
        settings.TWILIO_ACCOUNT_SID,
        settings.TWILIO_AUTH_TOKEN,
        settings.TWILIO_BASE_URL,
        settings.GATEWAY_TIMEOUT_SECONDS,
    )


@lru_cache(maxsize=4)
def _client(sid: str, token: str, base_url: str, timeout: float) -> Client:
    return Client(sid, token, http_client=HttpClient(base_url=base_url, timeout=timeout))
