"""Somebody at a telephone: dials, presses keys, and hears what the operator would say."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from itertools import count

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from twilio.request_validator import RequestValidator

PUBLIC = "https://aide.example.org"
TOKEN = "a token of nobody"
LUCETTE = "+33639980001"
LANDLINE = "+33536490012"
HIDDEN = "anonymous"
numbers = count(1)


@dataclass
class Caller:
    """One call, each request signed as the operator signs."""

    client: Client
    number: str = LUCETTE
    sid: str = field(default_factory=lambda: f"CA{next(numbers):032}")
    response: HttpResponse | None = None

    def dial(self) -> list[str]:
        """Call, and return what is heard first."""
        return self.request(reverse("voice:ring"))

    def press(self, keys: str) -> list[str]:
        """Press keys where the call asks for them, and return what is heard next."""
        return self.request(self.next_address, Digits=keys)

    def say_nothing(self) -> list[str]:
        """Let the time to answer pass."""
        return self.request(self.next_address, Digits="")

    def desk_rang(self, outcome: str) -> list[str]:
        """Have the desk's telephone ring, and return what is heard then."""
        return self.request(self.next_address, DialCallStatus=outcome)

    def hang_up(self) -> None:
        """End the call."""
        self.post(reverse("voice:status"), CallStatus="completed")

    def request(self, address: str, **said: str) -> list[str]:
        """Make one request of the call, and return the sentences of its answer."""
        self.post(address, **said)
        assert self.response.status_code == 200, self.response.content
        return self.heard

    def post(self, address: str, *, token: str = TOKEN, **said: str) -> HttpResponse:
        """Make one signed request."""
        body = {"CallSid": self.sid, "From": self.number, "To": "+33536490000", **said}
        signature = RequestValidator(token).compute_signature(f"{PUBLIC}{address}", body)
        self.response = self.client.post(address, body, headers={"X-Twilio-Signature": signature})
        return self.response

    @property
    def xml(self) -> ET.Element:
        """What the operator was told last."""
        return ET.fromstring(self.response.content)

    @property
    def heard(self) -> list[str]:
        """The sentences of it, in order; a recording by its address."""
        return [one.text or "" for one in self.xml.iter() if one.tag in {"Say", "Play"}]

    @property
    def voices(self) -> list[str]:
        """In which language each sentence is said."""
        return [one.get("language", "") for one in self.xml.iter("Say")]

    @property
    def next_address(self) -> str:
        """Where the next keys go; there is none once the call is over."""
        waits = self.xml.find("Gather") if self.xml.find("Gather") is not None else self.xml.find("Dial")
        assert waits is not None, f"The call is over: {self.heard}"
        return waits.get("action", "")

    @property
    def rings(self) -> str:
        """The number that the call is passed on to."""
        dial = self.xml.find("Dial")
        return "" if dial is None else dial.text or ""

    @property
    def is_over(self) -> bool:
        """Whether the operator hangs up."""
        return self.xml.find("Hangup") is not None
