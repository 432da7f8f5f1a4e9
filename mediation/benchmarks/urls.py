"""The addresses of the application, and one that does nothing: what every answer costs before any work."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from mediation.kernel.access import anyone, open_to
from mediation.urls import urlpatterns as usual


@open_to(anyone)
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer at once."""
    return HttpResponse()


urlpatterns = [path("rien/", nothing), *usual]
