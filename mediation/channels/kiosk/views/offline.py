"""What the screen keeps for when the server is away, and how it learns that all is well."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mediation.channels.kiosk.access import at_kiosk, prolong
from mediation.channels.kiosk.selectors import away_words
from mediation.channels.models import KioskDevice
from mediation.kernel.access import anyone, open_to


@open_to(anyone)
@at_kiosk
@require_safe
def alive(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Say that the server answers, and that this kiosk is in service: a screen that is not learns it at once.

    With ``?more`` somebody asks for time: only then is anything of theirs kept longer.
    """
    response = HttpResponse("ok", content_type="text/plain")
    return prolong(request, response) if "more" in request.GET else response


@open_to(anyone)
@never_cache
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """The page of when the server is away: kept by the worker, it says whom to telephone and comes back by itself."""
    return render(request, "kiosk/away.html", {"words": away_words()})


@open_to(anyone)
@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that shows it. It stands in the kiosk's folder, so that it sees the kiosk's pages and no other."""
    return render(request, "kiosk/worker.js", content_type="text/javascript; charset=utf-8")
