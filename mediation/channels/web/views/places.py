"""Places: the list."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mediation.channels.attempts import ADDRESS_SEARCHES, SEARCHES
from mediation.channels.web.distances import distance_in_words
from mediation.channels.web.search import PlaceSearch
from mediation.channels.web.selectors import ListedPlace, listed_places
from mediation.kernel.access import anyone, open_to
from mediation.kernel.limits import address_of
from mediation.kernel.pages import written_for_everybody
from mediation.kernel.views import limited

PER_PAGE = 12


@dataclass(frozen=True)
class Found:
    """A place of the list, and how far it is, in words."""

    place: ListedPlace
    distance: str


@open_to(anyone)
# It changes nothing, and a token would need a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited(SEARCHES)
@written_for_everybody
def place_list(request: HttpRequest) -> HttpResponse:
    """The places that suit, twelve at a time; the map shows the same ones all at once."""
    search = PlaceSearch(request, may_ask=_may_ask(request))
    address = f"{reverse('web:places')}?{search.query}" if search.query else reverse("web:places")
    if search.is_sent and not search.is_private:
        return redirect(address)
    page = Paginator(search.sites(), PER_PAGE).get_page(search.asked.get("page"))
    context = {
        "search": search,
        "form": search.filters.form,
        "page": page,
        "places": _found(page),
        "notice": _notice(search),
        "address": address,
        "map_url": f"{reverse('web:map_places')}?{search.query}",
    }
    response = render(request, "web/places.html", context)
    if search.is_private:
        response["Cache-Control"] = "no-store"
    return response


def _may_ask(request: HttpRequest) -> bool:
    """Say whether the address service may be asked for this visitor, who then asked once more."""
    if request.method != "POST" or ADDRESS_SEARCHES.is_reached(address_of(request)):
        return False
    ADDRESS_SEARCHES.count(address_of(request))
    return True


def _found(page: Page) -> list[Found]:
    distances = dict(page.object_list)
    ids = list(distances)
    listed = listed_places(ids, timezone.now())
    return [Found(place, distance_in_words(distances[pk])) for pk, place in zip(ids, listed, strict=True)]


def _notice(search: PlaceSearch) -> str:
    """Say what was not understood of the place, and what to do."""
    found = search.found
    if not search.typed or search.named or (found.spot and not found.is_partly):
        return ""
    if found.is_partly:
        return _("Nous n’avons pas trouvé cette adresse. Voici les lieux autour de ce point : %(place)s.") % {
            "place": found.spot.label if found.spot else ""
        }
    if found.is_down:
        return _("La recherche d’adresses ne répond pas en ce moment. Écrivez votre quartier ou votre code postal.")
    return _("Nous ne connaissons pas cet endroit. Écrivez votre quartier ou votre code postal, ou appelez-nous.")
