"""Tickets on the screen: priority or not, the number, and its text message for those who wish.

Where none is given, a slot or a call. Nothing remains.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.enums import Cause, TicketState
from helpdesk.models import HelpRequest, Ticket
from helpdesk.selectors.queue import queue_of
from helpdesk.services.queue import take_ticket
from mediation.channels import attempts
from mediation.channels.kiosk import limits
from mediation.channels.kiosk.access import ASKED, TICKET, actor, at_kiosk, doors
from mediation.channels.kiosk.forms import CallBackForm, MobileForm, OnceForm
from mediation.channels.kiosk.selectors import text_in_words
from mediation.channels.kiosk.services import call_back_from_here, text_ticket
from mediation.channels.models import KioskDevice
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Do you need to go first? Then the number. Whoever touched the key when no ticket is given is counted."""
    if request.method != "POST":
        return _ask_priority(request, device)
    if wait := limits.TICKETS_AT.wait(str(device.pk)):
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    limits.TICKETS_AT.count(str(device.pk))
    try:
        ticket = take_ticket(
            site=device.site,
            by=actor(device),
            is_priority=request.POST.get("priority") == "yes",
            request_key=OnceForm(request.POST).sent_key(),
        )
    except ValidationError as refusal:
        context = {"problem": " ".join(refusal.messages), **doors(device, back=reverse("kiosk:menu"))}
        return render(request, "kiosk/ticket_closed.html", context)
    return _keep(ticket, redirect("kiosk:ticket_number"))


@open_to(anyone)
@at_kiosk
@require_safe
def number(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """The number in huge digits, or that it is over since; for two minutes at most."""
    ticket = _held(request, device)
    if ticket is None:
        return redirect("kiosk:start")
    if ticket.state != TicketState.WAITING and not ticket.is_under_way:
        return render(request, "kiosk/ticket_over.html", doors(device))
    context = {
        "ticket": ticket,
        "turn": queue_of(device.site).turn_of(ticket),
        "sent": text_in_words(ticket),
        **doors(device),
    }
    return render(request, "kiosk/ticket_number.html", context)


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """To which telephone? Then the number is texted there, and shown again: a text message may be late."""
    ticket = _held(request, device)
    if ticket is None:
        return redirect("kiosk:start")
    shown = doors(device, back=reverse("kiosk:ticket_number"))
    form = MobileForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _keep(ticket, render(request, "kiosk/ticket_text.html", {"form": form, **shown}))
    phone = form.cleaned_data["phone"]
    texts = limits.texts(device, phone=phone)
    if wait := texts.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **shown)
    try:
        text_ticket(ticket=ticket, phone=phone, language=get_language(), by=actor(device))
    except ValidationError as refusal:
        form.add_error("phone", refusal)
        return render(request, "kiosk/ticket_text.html", {"form": form, **shown})
    texts.count()
    return _keep(ticket, redirect("kiosk:ticket_number"))


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """At which number shall we call? The only screen that needs one. ``?no_slot=1`` where no time suited."""
    form = CallBackForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(
            request, "kiosk/ticket_call_back.html", {"form": form, **doors(device, back=reverse("kiosk:menu"))}
        )
    phone = form.cleaned_data["phone"]
    calls = attempts.call_backs(device, phone=phone)
    if wait := calls.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    try:
        cause = Cause.NO_SLOT if request.GET.get("no_slot") else Cause.TURNED_AWAY
        asked = call_back_from_here(
            site=device.site,
            phone=phone,
            cause=cause,
            by=actor(device),
            language=get_language(),
            request_key=form.cleaned_data["key"],
        )
    except ValidationError as refusal:
        context = {"problem": " ".join(refusal.messages), **doors(device, back=reverse("kiosk:menu"))}
        return render(request, "kiosk/ticket_closed.html", context)
    calls.count()
    response = redirect("kiosk:ticket_called_back")
    ASKED.give(response, asked.uid.hex)
    return response


@open_to(anyone)
@at_kiosk
@require_safe
def called_back(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """The number of the request, and until when somebody calls; for two minutes at most."""
    name = ASKED.read(request)
    asked = HelpRequest.objects.filter(uid=UUID(name)).first() if name else None
    if asked is None:
        return redirect("kiosk:start")
    return render(request, "kiosk/ticket_called_back.html", {"asked": asked, **doors(device)})


def _held(request: HttpRequest, device: KioskDevice) -> Ticket | None:
    """Return the ticket that was taken on this screen."""
    name = TICKET.read(request)
    return Ticket.objects.for_pages().filter(uid=UUID(name), drop_in__site=device.site).first() if name else None


def _keep(ticket: Ticket, response: HttpResponse) -> HttpResponse:
    """Let this screen show the ticket for two minutes more."""
    TICKET.give(response, ticket.uid.hex)
    return response


def _ask_priority(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    queue = queue_of(device.site)
    if not queue.is_open:
        return redirect("kiosk:menu")
    context = {"queue": queue, "form": OnceForm(), **doors(device, back=reverse("kiosk:menu"))}
    return render(request, "kiosk/ticket.html", context)
