"""What CALLR tells at the one address of the account: progress of messages, and texts that came in."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mediation.messaging import services
from mediation.messaging.enums import Medium
from mediation.messaging.gateways import CallrGateway
from mediation.messaging.gateways import callr as interface
from mediation.messaging.webhooks.signatures import from_callr, webhook

PROGRESS, INCOMING = "sms.mt.status_update", "sms.mo"


@webhook(from_callr)
def event(request: HttpRequest) -> HttpResponse:
    """Take in one event; those of other kinds are none of our business."""
    told = json.loads(request.body)
    if told.get("type") == PROGRESS:
        _note(told["data"])
    elif told.get("type") == INCOMING:
        _receive(told["data"])
    return HttpResponse(status=204)


def _note(sms: dict) -> None:
    state = interface.state_of(sms)
    if state is None:
        return
    parts, cost = interface.parts_and_cost(sms)
    trouble = interface.trouble_of(sms)
    services.note_progress(
        reference=interface.reference_of(sms),
        state=state,
        provider_id=str(sms.get("hash", "")),
        trouble=trouble,
        problem=f"CALLR {sms.get('status')} {sms.get('status_error') or ''}".strip() if trouble else "",
        parts=parts,
        cost=cost,
    )


def _receive(sms: dict) -> None:
    services.receive(
        gateway=CallrGateway.name,
        provider_id=str(sms["hash"]),
        sender=str(sms["from"]),
        body=str(sms["text"]),
        medium=Medium.SMS,
        at=timezone.now(),
    )
