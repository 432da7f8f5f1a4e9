"""Pages with no domain in them."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mediation.kernel.access import anyone, open_to
from mediation.kernel.colours import colour_rules


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
