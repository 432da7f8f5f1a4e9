"""The first page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mediation.channels.web.selectors import any_need
from mediation.kernel.access import anyone, open_to
from sites.enums import Service


@open_to(anyone)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask what is needed."""
    return render(request, "web/home.html", {"any_need": any_need(), "computer_url": _computer_url()})


def _computer_url() -> str:
    return f"{reverse('web:places')}?{urlencode({'service': Service.ACCESS.value})}"
