"""« J’ai rendez-vous »: whoever receives learns that somebody has come; the screen never says whom or what it knows."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mediation.channels.enums import CallReason
from mediation.channels.kiosk import limits
from mediation.channels.kiosk.access import actor, at_kiosk, doors
from mediation.channels.kiosk.forms import HourForm, ReferenceForm, SecretForm
from mediation.channels.kiosk.selectors import hours_around
from mediation.channels.kiosk.services import call_for_help, tell_arrival
from mediation.channels.models import KioskDevice
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """The reference, then the code: two questions sent to one address, so that neither stands in it."""
    asked = ReferenceForm(request.POST if request.method == "POST" else None)
    if not asked.is_valid():
        context = {"form": asked, **doors(device, back=reverse("kiosk:menu"))}
        return render(request, "kiosk/arrival_reference.html", context)
    reference = asked.cleaned_data["reference"]
    form = SecretForm(request.POST if "secret" in request.POST else None)
    if not form.is_valid():
        context = {"form": form, "reference": reference, **doors(device, back=reverse("kiosk:arrival"))}
        return render(request, "kiosk/arrival_secret.html", context)
    attempts = limits.arrivals(device, reference=reference)
    if wait := attempts.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    attempts.count()
    tell_arrival(device=device, reference=reference, secret=form.cleaned_data["secret"], by=actor(device))
    return redirect("kiosk:arrived")


@open_to(anyone)
@at_kiosk
@require_safe
def told(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Thank you: the same words for everybody."""
    return render(request, "kiosk/arrived.html", doors(device))


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def without_code(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Towards what hour? Then somebody comes and finds the appointment."""
    form = HourForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"hours": hours_around(timezone.now()), **doors(device, back=reverse("kiosk:arrival"))}
        return render(request, "kiosk/arrival_hour.html", context)
    hour = form.cleaned_data["hour"]
    day = timezone.localdate()
    expected_at = timezone.make_aware(dt.datetime.combine(day, hour)) if hour else None
    call_for_help(device=device, reason=CallReason.NO_CODE, expected_at=expected_at)
    return redirect("kiosk:called")
