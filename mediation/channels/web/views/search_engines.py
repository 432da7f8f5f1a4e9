"""What search engines ask for first: which pages there are, and which are nothing to search for."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw_sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mediation.activity.models import Demarche
from mediation.channels.web.selectors.quartiers import quartiers
from mediation.kernel.access import anyone, open_to
from mediation.kernel.addresses import whole
from mediation.kernel.languages import PLAIN_FRENCH
from mediation.kernel.pages import MOST_SECONDS
from mediation.territory.models import Quartier
from sites.models import Site
from workshops.models import Workshop

# Pages of one person, or that ask something; their addresses in other languages begin with the language.
NOT_SEARCHED = ("web:book", "web:call_back", "web:appointment", "web:computer")
BEHIND_A_DOOR = ("/agent/", "/borne/", "/compte/", "/calendriers/", "/messages/", "/telephone/")
FIXED = (
    "web:home",
    "web:places",
    "web:quartiers",
    "web:demarches",
    "web:workshops",
    "web:accessibility",
    "web:legal",
    "web:privacy",
)


class _Pages(Sitemap):
    """Pages in every language. Search engines know one French, so plain French is left to its readers."""

    i18n = alternates = x_default = True
    languages = [code for code, _name in settings.LANGUAGES if code != PLAIN_FRENCH]
    protocol = "https" if settings.IS_HTTPS else None
    # A city of three hundred pages in six languages fits the fifty thousand addresses that one file may hold.
    limit = 5000


class _Fixed(_Pages):
    def items(self) -> list[str]:
        return list(FIXED)

    def location(self, item: str) -> str:
        return reverse(item)


class _Places(_Pages):
    def items(self) -> QuerySet[Site]:
        return Site.objects.published().order_by("pk").only("uid", "updated_on")

    def location(self, item: Site) -> str:
        return reverse("web:place", args=[item.uid])


class _Quartiers(_Pages):
    def items(self) -> list[Quartier]:
        return quartiers()

    def location(self, item: Quartier) -> str:
        return reverse("web:quartier", args=[item.slug])


class _Demarches(_Pages):
    def items(self) -> QuerySet[Demarche]:
        return Demarche.objects.active().order_by("pk").only("slug")

    def location(self, item: Demarche) -> str:
        return reverse("web:demarche", args=[item.slug])


class _Workshops(_Pages):
    def items(self) -> QuerySet[Workshop]:
        return Workshop.objects.upcoming().filter(is_public=True, site__is_published=True).order_by("pk")

    def location(self, item: Workshop) -> str:
        return reverse("web:workshop", args=[item.uid])


SECTIONS = {
    "pages": _Fixed,
    "places": _Places,
    "quartiers": _Quartiers,
    "demarches": _Demarches,
    "workshops": _Workshops,
}


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=MOST_SECONDS)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, in every language."""
    return draw_sitemap(request, SECTIONS, template_name="web/sitemap.xml", content_type="application/xml")


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=MOST_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """Say which pages are nothing to search for, and where the others are listed."""
    asking = [reverse(name) for name in NOT_SEARCHED]
    context = {
        "closed": [*BEHIND_A_DOOR, *asking, *(f"/*{path}" for path in asking)],
        "sitemap": whole(request, reverse("sitemap")),
    }
    return render(request, "web/robots.txt", context, content_type="text/plain; charset=utf-8")
