"""Text messages and calls by Twilio."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import requests
from django.conf import settings
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.gateways import addresses, http
from mediation.messaging.gateways.base import Down, Outgoing, Receipt, Refused
from mediation.messaging.gateways.twilio import codes, speech
from mediation.messaging.gateways.twilio.client import client

# What Twilio takes for ValidityPeriod, in seconds.
SHORTEST, LONGEST = 1, 36_000
# Twilio's clock and ours may differ; shorter than the pause before the next attempt, which says the same text.
CLOCKS_DIFFER = timedelta(seconds=30)
# More than one number gets in the days that reconciling looks back to; the newest come first.
LOOKED_AT = 50
MESSAGE_SID = "SM"
TwilioError = TwilioRestException | TwilioServiceException


class TwilioGateway:
    """Sends through Twilio, which calls back with our reference in the path."""

    name = "twilio"

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the text to Twilio, to send or to read out."""
        try:
            taken = self._call(outgoing) if outgoing.medium == Medium.VOICE else self._write(outgoing)
        except (TwilioRestException, TwilioServiceException) as error:
            raise _refused(error) or error from error
        return _receipt(outgoing.medium, taken)

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Look for the text among what Twilio took for this number; by its creation, as what waits has no DateSent."""
        is_call = outgoing.medium == Medium.VOICE
        listed = client().calls if is_call else client().messages
        oldest = since.astimezone(UTC) - CLOCKS_DIFFER
        try:
            taken = listed.list(to=outgoing.recipient, limit=LOOKED_AT, page_size=LOOKED_AT)
        except (TwilioException, requests.RequestException, Refused) as error:
            raise Down(str(error)) from error
        ours = [one for one in taken if one.date_created >= oldest and _is_ours(outgoing, one)]
        return _receipt(outgoing.medium, ours[-1]) if ours else None

    def forget(self, provider_id: str) -> None:
        """Have Twilio empty the body. Of a call it keeps no text."""
        if not provider_id.startswith(MESSAGE_SID):
            return
        try:
            client().messages(provider_id).update(body="")
        except (TwilioRestException, TwilioServiceException) as error:
            raise _refused(error) or error from error

    def _write(self, outgoing: Outgoing) -> Any:
        return client().messages.create(
            to=outgoing.recipient,
            from_=settings.SMS_FROM,
            body=outgoing.body,
            **_present(
                validity_period=_validity(outgoing.valid_for),
                status_callback=addresses.public("twilio_status", outgoing.reference),
            ),
        )

    def _call(self, outgoing: Outgoing) -> Any:
        answers_to = addresses.public("twilio_key", outgoing.reference)
        return client().calls.create(
            to=outgoing.recipient,
            from_=settings.TWILIO_VOICE_FROM,
            twiml=speech.reminder(
                text=outgoing.body, names=outgoing.names, language=outgoing.language, answers_to=answers_to
            ),
            **_present(status_callback=addresses.public("twilio_status", outgoing.reference)),
        )


def _present(**options: Any) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value}


def _validity(valid_for: timedelta | None) -> int | None:
    return None if valid_for is None else min(max(int(valid_for.total_seconds()), SHORTEST), LONGEST)


def _is_ours(outgoing: Outgoing, taken: Any) -> bool:
    if outgoing.medium == Medium.VOICE:
        # The package names the same field otherwise here.
        return bool(taken._from == settings.TWILIO_VOICE_FROM)
    return bool(taken.from_ == settings.SMS_FROM and taken.body == outgoing.body)


def _receipt(medium: str, taken: Any) -> Receipt:
    parts = getattr(taken, "num_segments", None)
    is_in_euros = taken.price and taken.price_unit == "EUR"
    return Receipt(
        state=_standing(medium, taken.status),
        provider_id=taken.sid,
        parts=int(parts) or None if parts else None,
        # Twilio writes what it took from the account: below zero.
        cost=abs(Decimal(taken.price)) if is_in_euros else None,
    )


def _standing(medium: str, status: str) -> AttemptState:
    """Return where it stands as a receipt may say it: what failed afterwards was taken all the same."""
    state = codes.state_of(medium, status)
    return state if state in {AttemptState.SENT, AttemptState.DELIVERED} else AttemptState.ACCEPTED


def _refused(error: TwilioError) -> Refused | None:
    """Return what Twilio refused; None where it failed itself, so that nobody knows what it took."""
    if error.status >= http.SERVER_ERROR:
        return None
    trouble = codes.trouble_of(error.code)
    return Refused(f"Twilio {error.code} : {_words(error)}", is_temporary=trouble in codes.TEMPORARY, trouble=trouble)


def _words(error: TwilioError) -> str:
    return error.msg if isinstance(error, TwilioRestException) else error.title
