"""The first screens, the last one, and the doors that never move: whoever needs somebody calls."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from helpdesk.models import Reason
from helpdesk.selectors.queue import queues_now
from mediation.channels.kiosk import selectors
from mediation.channels.kiosk.access import HELD, LANGUAGE, at_kiosk, doors, forget_everybody
from mediation.channels.kiosk.services import call_for_help
from mediation.channels.models import KioskDevice
from mediation.channels.web.holdings import held_by_name
from mediation.kernel.access import anyone, open_to


@open_to(anyone)
@at_kiosk
@require_safe
def start(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Which language? Nothing of the last person is left from here on."""
    context = {"tongues": selectors.tongues(), **doors(device, start=True)}
    return forget_everybody(render(request, "kiosk/start.html", context))


@open_to(anyone)
@at_kiosk
@require_POST
def language(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Keep the language that was touched, until somebody starts again."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return redirect("kiosk:start")
    response = redirect("kiosk:menu")
    LANGUAGE.give(response, code)
    return response


@open_to(anyone)
@at_kiosk
@require_safe
def menu(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What do you need?"""
    context = {
        "queue": queues_now([device.site]).get(device.site.pk),
        "has_workshops": bool(selectors.workshop_choice(device.site, nearby=False, skip=0).cards),
        "has_needs": Reason.objects.self_service().exists(),
        **doors(device, back=reverse("kiosk:start")),
    }
    return render(request, "kiosk/menu.html", context)


@open_to(anyone)
@at_kiosk
@require_safe
def done(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What to keep of an appointment or a seat, or that it is cancelled since; for two minutes at most."""
    name = HELD.read(request)
    held = held_by_name(name) if name else None
    if held is None:
        return redirect("kiosk:start")
    template = "kiosk/cancelled.html" if held.is_cancelled else "kiosk/done.html"
    return render(request, template, {"held": held, **doors(device)})


@open_to(anyone)
@at_kiosk
@require_POST
def call(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Somebody comes."""
    call_for_help(device=device)
    return redirect("kiosk:called")


@open_to(anyone)
@at_kiosk
@require_safe
def called(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Stay near: somebody comes."""
    return render(request, "kiosk/called.html", doors(device))
