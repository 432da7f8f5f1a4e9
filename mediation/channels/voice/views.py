"""What the operator asks while somebody is on the line."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.rules import is_agent
from mediation.channels.models import Call
from mediation.channels.voice import services
from mediation.channels.voice.selectors import last_heard
from mediation.channels.voice.twiml import recording_of
from mediation.kernel.access import anyone, open_to
from mediation.kernel.phones import to_e164
from mediation.messaging.webhooks.signatures import from_twilio, webhook

XML = "text/xml"
LONGEST_SID = Call._meta.get_field("sid").max_length
# What stands in the place of a number that is hidden (www.twilio.com/docs/voice/twiml, "From").
NO_NUMBER = ("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253")
OVER = ("completed", "busy", "failed", "no-answer", "canceled")


@webhook(from_twilio)
def ring(request: HttpRequest) -> HttpResponse:
    """Somebody calls."""
    if not _is_call(request):
        return HttpResponseBadRequest()
    return HttpResponse(services.answer_call(sid=request.POST["CallSid"], caller=_caller(request)), content_type=XML)


@webhook(from_twilio)
def turn(request: HttpRequest, number: int) -> HttpResponse:
    """They pressed keys, or said nothing; or the desk's telephone has rung."""
    if not _is_call(request):
        return HttpResponseBadRequest()
    said = services.take_turn(
        sid=request.POST["CallSid"],
        caller=_caller(request),
        turn=number,
        keys=request.POST.get("Digits") or request.POST.get("DialCallStatus", ""),
    )
    return HttpResponse(said, content_type=XML)


@webhook(from_twilio)
def status(request: HttpRequest) -> HttpResponse:
    """They hung up."""
    if request.POST.get("CallStatus") in OVER:
        services.end_call(sid=request.POST.get("CallSid", ""))
    return HttpResponse(status=204)


@open_to(anyone)
@require_safe
def recording(request: HttpRequest, language: str, name: str) -> FileResponse:
    """A sentence as somebody spoke it: no secret, and the operator keeps it."""
    path = recording_of(language, name)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="audio/mpeg", headers={"Cache-Control": "public, max-age=3600"})


@open_to(is_agent)
@never_cache
@require_safe
def heard(request: HttpRequest) -> HttpResponse:
    """When the line last rang and the last text message came, as a fragment of the pages about messages."""
    return render(request, "voice/_heard.html", {"heard": last_heard(), "is_set_up": bool(settings.TWILIO_AUTH_TOKEN)})


def _is_call(request: HttpRequest) -> bool:
    return 0 < len(request.POST.get("CallSid", "")) <= LONGEST_SID


def _caller(request: HttpRequest) -> str:
    """Return who calls, or "" where they hide it."""
    number = request.POST.get("From", "")
    return "" if number in NO_NUMBER else to_e164(number)
