"""What pages and files say about places."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils import timezone

from directory.models import Mediator
from mediation.kernel.aggregates import Lists, items_of
from mediation.kernel.formats import searchable
from mediation.territory.selectors import SchoolCalendar
from sites.geography import Point, distance_km
from sites.hours import DayHours, OpeningStatus, Timetable
from sites.models import Closure, Site, Workstation
from sites.querysets import SHORTEST_SESSION


@dataclass(frozen=True)
class PlaceCard:
    """A place as lists and maps show it."""

    site: Site
    hours: Timetable
    status: OpeningStatus
    free_computers: int
    total_computers: int
    languages: tuple[str, ...]
    equipment: frozenset[str] = frozenset()
    distance_km: float | None = None


def timetable(site: Site, calendar: SchoolCalendar | None = None) -> Timetable:
    """Return a site's hours with its closures (prefetched ones where there are)."""
    return Timetable(site.opening_hours, tuple(site.closures.all()), calendar or SchoolCalendar.read())


def with_what_lists_show(sites: QuerySet[Site], on: dt.date) -> QuerySet[Site]:
    """Fetch, in a constant number of queries, what a list of places shows on ``on``."""
    return (
        sites.with_workstations()  # type: ignore[attr-defined]
        .select_related("quartier", "organisation")
        # The outline of a quartier weighs more than all the rest.
        .defer("quartier__outline")
        # Counting groups rows, and a grouped query forgets the model's own order.
        .order_by(*(sites.query.order_by or Site._meta.ordering))
        .prefetch_related(Prefetch("closures", Closure.objects.filter(ends_on__gte=on)))
    )


def place_cards(
    sites: QuerySet[Site], at: dt.datetime, near: Point | None = None, calendar: SchoolCalendar | None = None
) -> list[PlaceCard]:
    """Return the places as cards: nearest first where ``near`` is known, else in the queryset's order.

    Two queries, however many places there are, and one for the school holidays where nobody has read them.
    """
    calendar = calendar or SchoolCalendar.read()
    shown = with_what_lists_show(sites, timezone.localdate(at)).annotate(
        spoken=Lists("mediators__languages", filter=Q(mediators__in=Mediator.objects.active())),
        equipment=Lists("workstations__equipment", filter=Q(workstations__in=Workstation.objects.working())),
    )
    cards = [_card(site, at, near, calendar) for site in shown]
    if near:
        # A place without coordinates may be next door: it stands after those whose distance is known.
        cards.sort(key=lambda card: (card.distance_km is None, card.distance_km or 0, card.site.name))
    return cards


def _card(site: Site, at: dt.datetime, near: Point | None, calendar: SchoolCalendar) -> PlaceCard:
    has_point = site.latitude is not None and site.longitude is not None
    hours = timetable(site, calendar)
    status = hours.status(at)
    return PlaceCard(
        site=site,
        hours=hours,
        status=status,
        free_computers=site.free_count if _may_sit_down(status, at) else 0,  # type: ignore[attr-defined]
        total_computers=site.workstation_count - site.broken_count,  # type: ignore[attr-defined]
        languages=tuple(sorted(items_of(site.spoken))),  # type: ignore[attr-defined]
        equipment=items_of(site.equipment),  # type: ignore[attr-defined]
        distance_km=distance_km(near, (site.latitude, site.longitude)) if near and has_point else None,  # type: ignore[arg-type]
    )


def _may_sit_down(status: OpeningStatus, at: dt.datetime) -> bool:
    """Say whether a session is worth beginning; where nobody knows the hours it may be."""
    return status.is_open is not False and (status.changes_at is None or status.changes_at - at >= SHORTEST_SESSION)


def ordinary_week(hours: str, today: dt.date) -> list[DayHours]:
    """Return seven days of the hours without holiday or closure; [] where they cannot be read."""
    return Timetable(hours, (), SchoolCalendar.read()).ordinary_week(today)


def listing(field: str, label: str) -> Q:
    """Return what holds where a list of labels names ``label``; SQLite cannot look into a list, but reads it as text.

    One engine keeps accents as they are, the other as escapes.
    """
    text = Cast(field, TextField())
    return Q(Contains(text, json.dumps(label))) | Q(Contains(text, json.dumps(label, ensure_ascii=False)))


def where_spoken(language: str) -> Exists:
    """Return what holds where some active mediator speaks a language."""
    speakers = Mediator.objects.active().filter(listing("languages", language))
    return Exists(speakers.filter(sites=OuterRef("pk")))


def ids_open_on_saturdays(sites: QuerySet[Site], today: dt.date) -> list[int]:
    """Return the places that open on ordinary Saturdays."""
    calendar = SchoolCalendar.read()
    hours = sites.order_by().values_list("pk", "opening_hours")
    return [pk for pk, said in hours if Timetable(said, (), calendar).opens_on_saturdays(today)]


def ids_named(sites: QuerySet[Site], text: str) -> list[int]:
    """Return the places whose own name holds every word of ``text``, accents ignored."""
    wanted = searchable(text).split()
    return [pk for pk, name in sites.values_list("pk", "name") if _holds([name], wanted)] if wanted else []


def ids_matching(sites: QuerySet[Site], text: str) -> list[int]:
    """Return the places whose name, address or quartier hold every word of ``text``, accents ignored."""
    wanted = searchable(text).split()
    columns = ("pk", "name", "address", "address_extra", "commune_name", "postcode", "quartier__name")
    return [pk for pk, *texts in sites.values_list(*columns) if _holds(texts, wanted)]


def _holds(texts: Iterable[str | None], wanted: list[str]) -> bool:
    held = searchable(" ".join(filter(None, texts)))
    return all(word in held for word in wanted)


def longest_place_in_messages() -> str:
    """Return the name of a place that takes most room in a message; empty where there is no place."""
    names = (site.place_in_messages for site in Site.objects.only("short_name", "name").order_by())
    return max(names, key=len, default="")
