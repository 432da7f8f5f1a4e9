"""A kiosk opens its own pages and nothing else; it is known by a token in its cookie."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from mediation.accounts.actor import Actor, Door
from mediation.channels.grants import Grant
from mediation.channels.kiosk.services import device_of_token
from mediation.channels.models import KioskDevice
from mediation.kernel.languages import SOURCE, spoken

FIVE_YEARS = 5 * 366 * 24 * 3600
TWO_MINUTES = 120
A_VISIT = 15 * 60
FOLDER = "/borne/"

DEVICE = Grant(cookie="borne", path=FOLDER, seconds=FIVE_YEARS)
# The language of whoever stands there; each screen prolongs it.
LANGUAGE = Grant(cookie="borne-langue", path=FOLDER, seconds=A_VISIT)
# What the last screen shows is over after two minutes, also where the page's own countdown does not run.
HELD = Grant(cookie="borne-rendez-vous", path=FOLDER, seconds=TWO_MINUTES)
TICKET = Grant(cookie="borne-ticket", path=FOLDER, seconds=TWO_MINUTES)
ASKED = Grant(cookie="borne-rappel", path=FOLDER, seconds=TWO_MINUTES)
OF_ONE_PERSON = (LANGUAGE, HELD, TICKET, ASKED)


def at_kiosk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give ``view`` the kiosk that asks, in its visitor's language; say in words that it is not paired where it is not.

    Nothing is kept by the browser, so that nobody finds the last person's screens with the back gesture.
    """

    @wraps(view)
    @never_cache
    def with_device(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = LANGUAGE.read(request)
        with translation.override(language if language in dict(settings.LANGUAGES) else SOURCE):
            device = device_of_token(DEVICE.read(request))
            if device is None:
                return render(request, "kiosk/unpaired.html", status=403)
            response = view(request, device, *args, **kwargs)
            response["Content-Language"] = spoken()
        if language and LANGUAGE.cookie not in response.cookies:
            LANGUAGE.give(response, language)
        return response

    return with_device


def prolong(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep for as long again what the last screen shows: somebody touched "Plus de temps"."""
    for grant in OF_ONE_PERSON:
        if name := grant.read(request):
            grant.give(response, name)
    return response


def forget_everybody(response: HttpResponse) -> HttpResponse:
    """Leave nothing of whoever was here, but which screen this is."""
    for grant in OF_ONE_PERSON:
        grant.take_back(response)
    return response


def actor(device: KioskDevice) -> Actor:
    """Return who acts when somebody touches this screen."""
    return Actor(door=Door.KIOSK, label=device.name)


def doors(device: KioskDevice, *, start: bool = False, back: str = "") -> dict[str, Any]:
    """Return what every screen has: its place, and the buttons that never move. ``back``: the question before."""
    return {
        "device": device,
        "site": device.site,
        "back_url": back,
        "restart_url": "" if start else reverse("kiosk:start"),
        "call_url": reverse("kiosk:call"),
    }
