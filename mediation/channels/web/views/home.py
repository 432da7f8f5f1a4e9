"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediation.channels.web.selectors import any_need
from mediation.channels.web.structured import network_data
from mediation.kernel.access import anyone, open_to
from mediation.kernel.pages import written_for_everybody


@open_to(anyone)
@require_safe
@written_for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """Ask what is needed."""
    return render(
        request,
        "web/home.html",
        {"any_need": any_need(), "structured": network_data(request)},
    )
