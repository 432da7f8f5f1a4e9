"""What the law and courtesy ask us to say."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.models import Organisation
from mediation.kernel.access import anyone, open_to


@open_to(anyone)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how far the service is accessible, and whom to tell where it is not."""
    return render(request, "web/accessibility.html")


@open_to(anyone)
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes the service."""
    return render(request, "web/legal.html")


@open_to(anyone)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of people, why, how long, and whom to ask."""
    return render(
        request,
        "web/privacy.html",
        {"organisations": Organisation.objects.active(), "asks_addresses": bool(settings.GEOCODER)},
    )
