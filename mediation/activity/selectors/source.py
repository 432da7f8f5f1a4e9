"""Where mediators report their activity."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from directory.enums import Source
from directory.models import Mediator, Organisation
from mediation.activity.models import DeclaredSource


@dataclass(frozen=True)
class MediatorSources:
    """A mediator, where they report today, and the periods that say otherwise than their organisation."""

    mediator: Mediator
    today: Source
    periods: list[DeclaredSource]


def declared_source(mediator: Mediator, day: dt.date) -> Source:
    """Return where ``mediator`` reports what was done on ``day``: the only entries that are counted."""
    standing = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    period = mediator.declared_sources.filter(standing).first()
    return Source(period.source if period else mediator.organisation.default_source)


def sources_of(organisations: QuerySet[Organisation], day: dt.date) -> list[MediatorSources]:
    """Return the active mediators of ``organisations`` with their periods; two queries."""
    mediators = Mediator.objects.active().filter(organisation__in=organisations)
    rows = mediators.select_related("organisation").prefetch_related("declared_sources")
    return [_sources(one, day) for one in rows.order_by("organisation__name", "last_name", "first_name", "pk")]


def _sources(mediator: Mediator, day: dt.date) -> MediatorSources:
    periods = list(mediator.declared_sources.all())
    standing = _at(periods, day)
    return MediatorSources(mediator, Source(standing or mediator.organisation.default_source), periods)


def _at(periods: Iterable[DeclaredSource], day: dt.date) -> str:
    covers = (one for one in periods if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on))
    return next((one.source for one in covers), "")
