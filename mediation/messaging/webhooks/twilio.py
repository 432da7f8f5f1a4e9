"""What Twilio tells: progress of messages and calls, texts that came in, keys that were pressed."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mediation.messaging import services
from mediation.messaging.enums import Medium
from mediation.messaging.gateways import TwilioGateway, addresses
from mediation.messaging.gateways.twilio import codes, speech
from mediation.messaging.models import Attempt, Reply
from mediation.messaging.selectors.questions import takes_answer
from mediation.messaging.webhooks.signatures import from_twilio, webhook

XML = "text/xml"
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
# The keys that mean something; any other is a slip, and the text is said again.
ANSWERS = set("01234")


@webhook(from_twilio)
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """Note how far a message or a call has come."""
    medium = Medium.VOICE if "CallSid" in request.POST else Medium.SMS
    word = request.POST.get("CallStatus" if medium == Medium.VOICE else "MessageStatus", "")
    state = codes.state_of(medium, word)
    if state:
        trouble, problem = codes.what_went_wrong(word, request.POST.get("ErrorCode", ""))
        services.note_progress(
            reference=reference,
            state=state,
            provider_id=request.POST.get("CallSid") or request.POST.get("MessageSid", ""),
            trouble=trouble,
            problem=problem,
        )
    return HttpResponse(status=204)


@webhook(from_twilio)
def incoming(request: HttpRequest) -> HttpResponse:
    """Take in a text message; what answers it is a message of its own."""
    services.receive(
        gateway=TwilioGateway.name,
        provider_id=request.POST.get("MessageSid", ""),
        sender=request.POST.get("From", ""),
        body=request.POST.get("Body", ""),
        medium=Medium.SMS,
        at=timezone.now(),
    )
    return HttpResponse(NOTHING_TO_SAY, content_type=XML)


@webhook(from_twilio)
def key(request: HttpRequest, reference: str) -> HttpResponse:
    """Take in the key that was pressed during a call, or say the text again."""
    attempt = Attempt.objects.named(reference).select_related("message").first()
    if attempt is None:
        return HttpResponse(NOTHING_TO_SAY, content_type=XML)
    language, pressed = attempt.message.language, request.POST.get("Digits", "")
    if pressed not in ANSWERS:
        answers_to = addresses.public("twilio_key", reference)
        names = attempt.message.names_said
        again = speech.reminder(text=attempt.said, names=names, language=language, answers_to=answers_to)
        return HttpResponse(again, content_type=XML)
    reply = services.receive(
        gateway=TwilioGateway.name,
        # One call may ask twice, and be answered the same twice.
        provider_id=f"{request.POST.get('CallSid', '')}-{attempt.pk}-{pressed}",
        sender=attempt.said_to,
        body=pressed,
        medium=Medium.VOICE,
        at=timezone.now(),
        question=attempt.message,
    )
    return HttpResponse(_answered(reply, language), content_type=XML)


def _answered(reply: Reply, language: str) -> str:
    """Return what the call says once a key was pressed; where that asks something, it listens again."""
    said = services.said_on_the_phone(reply)
    for attempt in said:
        if takes_answer(attempt.message) and len(said) == 1:
            answers_to = addresses.public("twilio_key", f"{attempt.message.uid}-{attempt.number}")
            names = attempt.message.names_said
            return speech.reminder(text=attempt.said, names=names, language=language, answers_to=answers_to)
    texts = [attempt.said for attempt in said]
    names = [name for attempt in said for name in attempt.message.names_said]
    return speech.goodbye(language=language, is_called_back=reply.needs_somebody, texts=texts, names=names)
