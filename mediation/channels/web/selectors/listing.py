"""Places as the list and the map say them: the same words, since they are written here, once."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mediation.channels.web.selectors.memory import remembered
from mediation.channels.web.selectors.places import Place, places
from mediation.kernel.formats import dated_moment, listed
from sites.enums import Equipment
from sites.models import Site

SOON = dt.timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One thing to know of a place, beside its pictogram."""

    icon: str
    words: str


@dataclass(frozen=True)
class ListedPlace:
    """A place in words. ``is_open`` is None where nobody said its hours."""

    uid: UUID
    name: str
    address: str
    latitude: float | None
    longitude: float | None
    is_open: bool | None
    state: str
    tone: str
    lines: tuple[Line, ...]
    # Names of the boxes (web/filters.py) that it may be found by.
    suits: frozenset[str]


def listed_places(site_ids: Collection[int], at: dt.datetime) -> list[ListedPlace]:
    """Return the places in the order of their ids, as they were at most a minute ago."""
    found = remembered("listed", site_ids, lambda missing: _listed(missing, at))
    return [found[pk] for pk in site_ids if pk in found]


def ids_that_suit(site_ids: Collection[int], at: dt.datetime, boxes: Collection[str]) -> set[int]:
    """Return the places that suit every box, by what the list says of them: the database cannot read hours."""
    found = remembered("listed", site_ids, lambda missing: _listed(missing, at))
    return {pk for pk, place in found.items() if place.suits.issuperset(boxes)}


def _listed(site_ids: Collection[int], at: dt.datetime) -> dict[int, ListedPlace]:
    return {place.site.pk: _in_words(place, at) for place in places(Site.objects.filter(pk__in=site_ids), at)}


def _in_words(place: Place, at: dt.datetime) -> ListedPlace:
    site, status = place.site, place.card.status
    return ListedPlace(
        uid=site.uid,
        name=site.name,
        address=f"{site.address}, {site.postcode} {site.commune_name}",
        latitude=site.latitude,
        longitude=site.longitude,
        is_open=status.is_open,
        state=status.words,
        tone=status.tone,
        lines=tuple(_lines(place)),
        suits=frozenset(_boxes(place, timezone.localdate(at))),
    )


def _boxes(place: Place, today: dt.date) -> Iterator[str]:
    if place.card.status.is_open:
        yield "open_now"
    if place.card.free_computers:
        yield "computer_free"
    if place.card.hours.opens_on_saturdays(today):
        yield "saturday"
    if place.first_time and timezone.localdate(place.first_time) <= today + SOON:
        yield "soon"


def _lines(place: Place) -> Iterator[Line]:
    if place.queue:
        yield Line("ticket", place.queue.in_words)
    if place.first_time:
        when = dated_moment(place.first_time)
        yield Line("calendar-check", _("Premier rendez-vous : %(when)s") % {"when": when})
    if place.card.total_computers:
        yield Line("monitor", computers_in_words(place))
    yield from _printing(place)
    if workshop := place.next_workshop:
        words = {"title": _named(_(workshop.title)), "when": dated_moment(workshop.starts_at)}
        yield Line("graduation-cap", _("Prochain atelier : %(title)s, %(when)s") % words)
    if names := place.language_names:
        spoken = listed(_named(name) for name in names)
        yield Line("languages", _("On y parle aussi : %(languages)s") % {"languages": spoken})
    if place.site.step_free is not None:
        is_possible = _("Accessible en fauteuil roulant") if place.site.step_free else _("Pas accessible en fauteuil")
        yield Line("accessibility", is_possible)


def computers_in_words(place: Place) -> str:
    """Return how many computers there are; how many are free only where the place is not shut."""
    total, free = place.card.total_computers, place.card.free_computers
    if place.card.status.is_open is False:
        return ngettext("%(total)s ordinateur", "%(total)s ordinateurs", total) % {"total": total}
    if not free:
        return _("Aucun ordinateur libre en ce moment")
    words = ngettext("%(free)s ordinateur libre sur %(total)s", "%(free)s ordinateurs libres sur %(total)s", free)
    return words % {"free": free, "total": total}


def _printing(place: Place) -> Iterator[Line]:
    prints, scans = (item in place.card.equipment for item in (Equipment.PRINTER, Equipment.SCANNER))
    if prints and scans:
        yield Line("printer", _("On peut imprimer et scanner"))
    elif prints:
        yield Line("printer", _("On peut imprimer"))
    elif scans:
        yield Line("scan", _("On peut scanner"))


def _named(name: str) -> str:
    """Return a name kept apart from the sentence around it, which may run the other way."""
    return f"\u2068{name}\u2069"
