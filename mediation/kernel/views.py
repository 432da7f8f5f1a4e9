"""Pages with no domain in them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mediation.kernel.access import anyone, open_to
from mediation.kernel.colours import colour_rules
from mediation.kernel.formats import duration
from mediation.kernel.limits import Limit, address_of
from mediation.kernel.phones import to_e164


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=3600)
def network_colours(request: HttpRequest) -> HttpResponse:
    """Return the network's two colours as a style sheet: the content policy allows no inline style."""
    css = colour_rules(accent=settings.NETWORK_COLOUR_ACCENT, primary=settings.NETWORK_COLOUR_PRIMARY)
    return HttpResponse(css, content_type="text/css")


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the brand mark whoever asks for it at the address that browsers know by heart."""
    return HttpResponseRedirect(static("kernel/mark.svg"))


@open_to(anyone)
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say that the application and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the application has failed, in the language of the address, and whom to call; it reads no database."""
    network = {
        "phone": settings.NETWORK_PHONE,
        "phone_href": f"tel:{to_e164(settings.NETWORK_PHONE)}",
        "relay_url": settings.NETWORK_RELAY_URL,
    }
    return HttpResponse(render_to_string("500.html", {"network": network}), status=500)


def too_often(request: HttpRequest, *, wait: int, template: str = "429.html", **context: Any) -> HttpResponse:
    """Say that it was done too often, for how long to wait (``wait`` seconds), and whom to call instead."""
    in_words = duration(-(-wait // 60))
    if request.path.endswith(".json"):
        response: HttpResponse = JsonResponse({"wait_seconds": wait}, status=429)
    else:
        response = render(request, template, {"wait": in_words, **context}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


def limited(limit: Limit) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let each address ask for a page as often as ``limit`` says, all such pages together."""

    def declare(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = address_of(request)
            if wait := limit.wait(who):
                return too_often(request, wait=wait)
            limit.count(who)
            return view(request, *args, **kwargs)

        return counted

    return declare
