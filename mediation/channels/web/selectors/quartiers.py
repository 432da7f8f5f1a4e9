"""The quartiers as pages name them."""

from django.http import Http404

from mediation.territory.models import Quartier


def quartiers() -> list[Quartier]:
    """Return the quartiers by name, without their outlines."""
    return sorted(Quartier.objects.defer("outline"), key=lambda quartier: quartier.short_name)


def quartier_named(slug: str) -> Quartier:
    """Return the quartier whose page has this address. Raises Http404 where none has."""
    found = next((quartier for quartier in quartiers() if quartier.slug == slug), None)
    if found is None:
        raise Http404
    return found
