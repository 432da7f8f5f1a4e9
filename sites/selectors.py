"""What pages and files say about places."""

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils import timezone

from directory.models import Mediator
from mediation.kernel.formats import searchable
from mediation.territory.selectors import SchoolCalendar, is_public_holiday
from sites.geography import Point, distance_km
from sites.hours import ONE_DAY, DayHours, OpeningStatus, Timetable
from sites.models import Closure, Site, Workstation
from sites.querysets import SHORTEST_SESSION

SATURDAY = 5


@dataclass(frozen=True)
class PlaceCard:
    """A place as lists and maps show it."""

    site: Site
    status: OpeningStatus
    free_computers: int
    total_computers: int
    languages: tuple[str, ...]
    equipment: frozenset[str] = frozenset()
    distance_km: float | None = None


def timetable(site: Site, calendar: SchoolCalendar | None = None) -> Timetable:
    """Return a site's hours with its closures (prefetched ones where there are)."""
    return Timetable(site.opening_hours, tuple(site.closures.all()), calendar or SchoolCalendar.read())


def week_of_hours(site: Site, first_day: dt.date) -> list[DayHours]:
    """Return the hours of seven days; [] where the site's hours are unknown."""
    hours = timetable(site)
    return [hours.day(day) for day in _seven_days(first_day)] if hours.is_readable else []


def with_what_lists_show(sites: QuerySet[Site], on: dt.date) -> QuerySet[Site]:
    """Fetch, in a constant number of queries, what a list of places shows on ``on``."""
    return (
        sites.with_workstations()  # type: ignore[attr-defined]
        .select_related("quartier", "organisation")
        # Counting groups rows, and a grouped query forgets the model's own order.
        .order_by(*(sites.query.order_by or Site._meta.ordering))
        .prefetch_related(
            Prefetch("closures", Closure.objects.filter(ends_on__gte=on)),
            Prefetch("mediators", Mediator.objects.active()),
        )
    )


def place_cards(sites: QuerySet[Site], at: dt.datetime, near: Point | None = None) -> list[PlaceCard]:
    """Return the places as cards: nearest first where ``near`` is known, else in the queryset's order.

    The number of queries does not depend on the number of places.
    """
    calendar = SchoolCalendar.read()
    working = Prefetch("workstations", Workstation.objects.working().only("site", "equipment"))
    shown = with_what_lists_show(sites, at.date()).prefetch_related(working)
    cards = [_card(site, at, near, calendar) for site in shown]
    if near:
        # A place without coordinates may be next door: it stands after those whose distance is known.
        cards.sort(key=lambda card: (card.distance_km is None, card.distance_km or 0, card.site.name))
    return cards


def _seven_days(first_day: dt.date) -> list[dt.date]:
    return [first_day + offset * ONE_DAY for offset in range(7)]


def _card(site: Site, at: dt.datetime, near: Point | None, calendar: SchoolCalendar) -> PlaceCard:
    has_point = site.latitude is not None and site.longitude is not None
    status = timetable(site, calendar).status(at)
    return PlaceCard(
        site=site,
        status=status,
        free_computers=site.free_count if _may_sit_down(status, at) else 0,  # type: ignore[attr-defined]
        total_computers=site.workstation_count - site.broken_count,  # type: ignore[attr-defined]
        languages=tuple(sorted({language for mediator in site.mediators.all() for language in mediator.languages})),
        equipment=frozenset(item for workstation in site.workstations.all() for item in workstation.equipment),
        distance_km=distance_km(near, (site.latitude, site.longitude)) if near and has_point else None,  # type: ignore[arg-type]
    )


def _may_sit_down(status: OpeningStatus, at: dt.datetime) -> bool:
    """Say whether a session is worth beginning; where nobody knows the hours it may be."""
    return status.is_open is not False and (status.changes_at is None or status.changes_at - at >= SHORTEST_SESSION)


def ordinary_week(hours: str, today: dt.date) -> list[DayHours]:
    """Return seven days of the hours without holiday or closure; [] where they cannot be read."""
    calendar = SchoolCalendar.read()
    week = Timetable(hours, (), calendar)
    if not week.is_readable:
        return []
    monday = today - today.weekday() * ONE_DAY
    while any(is_public_holiday(day) or calendar.is_holiday(day) for day in _seven_days(monday)):
        monday += 7 * ONE_DAY
    return [week.day(day) for day in _seven_days(monday)]


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


def ids_open(sites: QuerySet[Site], at: dt.datetime, asked: Collection[str]) -> list[int]:
    """Return the places that are open as ``asked``: "open_now", "saturday" (ordinary ones), "computer_free".

    A computer is free where one may sit down at it: not behind a door that is closed, or closes at once.
    """
    calendar = SchoolCalendar.read()
    saturday = _ordinary_saturday(timezone.localdate(at), calendar)
    found = []
    for site in with_what_lists_show(sites, timezone.localdate(at)):
        hours = timetable(site, calendar)
        status = hours.status(at)
        holds = {
            "open_now": status.is_open is True,
            "saturday": bool(site.opening_hours and Timetable(site.opening_hours, (), calendar).day(saturday).periods),
            "computer_free": site.free_count > 0 and _may_sit_down(status, at),  # type: ignore[attr-defined]
        }
        if all(holds[name] for name in asked):
            found.append(site.pk)
    return found


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


def _ordinary_saturday(today: dt.date, calendar: SchoolCalendar) -> dt.date:
    """Return the next Saturday without any holiday."""
    day = today + (SATURDAY - today.weekday()) % 7 * ONE_DAY
    while is_public_holiday(day) or calendar.is_holiday(day):
        day += 7 * ONE_DAY
    return day


def longest_place_in_messages() -> str:
    """Return the name of a place that takes most room in a message; empty where there is no place."""
    names = (site.place_in_messages for site in Site.objects.only("short_name", "name").order_by())
    return max(names, key=len, default="")
