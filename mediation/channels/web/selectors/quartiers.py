"""The quartiers as pages name them."""

from django.http import Http404

from mediation.territory.models import Quartier
from sites.models import Site


def quartiers() -> list[Quartier]:
    """Return the quartiers by name, without their outlines."""
    return sorted(Quartier.objects.defer("outline"), key=lambda quartier: quartier.short_name)


def quartier_with_places(slug: str) -> tuple[Quartier, list[int]]:
    """Return the quartier whose page has this address, and its published places by name, by key.

    Raises Http404 where no quartier has it.
    """
    sites = Site.objects.published().filter(quartier__isnull=False).select_related("quartier").order_by("name", "pk")
    # The outline of a quartier weighs more than all the rest.
    placed = ((site.pk, site.quartier) for site in sites.defer("quartier__outline"))
    own = {pk: quartier for pk, quartier in placed if quartier and quartier.slug == slug}
    found = next(iter(own.values()), None) or next((one for one in quartiers() if one.slug == slug), None)
    if found is None:
        raise Http404
    return found, list(own)
