"""What public pages say: places with what can be had there, and the first times."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from directory.enums import Language
from helpdesk.models import OpeningPeriod, Reason
from helpdesk.selectors import Need, Slot, first_slots, is_offered, next_slot_by_site
from helpdesk.selectors.alternatives import next_slots as slots_after
from helpdesk.selectors.queue import Queue, queues_now
from mediation.activity.enums import Theme
from mediation.territory.models import Quartier
from sites.enums import Equipment, WorkstationState
from sites.hours import DayHours
from sites.models import Site
from sites.selectors import PlaceCard, place_cards, week_of_hours
from workshops.models import Workshop
from workshops.selectors import WorkshopCard, next_workshop_by_site, upcoming_for_public

SLOTS_READ = 60
DAYS_SHOWN = 3
HELP_SHOWN = 3
WORKSHOPS_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A place as the list, the map and its own page show it to residents."""

    card: PlaceCard
    next_slot: Slot | None = None
    next_workshop: Workshop | None = None
    queue: Queue | None = None

    @property
    def site(self) -> Site:
        """The place itself."""
        return self.card.site

    @property
    def language_names(self) -> list[str]:
        """The languages that are spoken there besides French, which is spoken everywhere."""
        return [str(Language(code).label) for code in self.card.languages if code != Language.FR]


@dataclass(frozen=True)
class PlaceSheet:
    """Everything a resident may want to know of one place before going there."""

    place: Place
    week: list[DayHours]
    reasons: list[Reason]
    equipment: list[str]
    workshops: list[WorkshopCard]

    @property
    def what_to_bring(self) -> list[tuple[str, str]]:
        """What to bring, need by need."""
        return [(reason.label, reason.what_to_bring) for reason in self.reasons if reason.what_to_bring]


@dataclass(frozen=True)
class Day:
    """The free times of one day."""

    day: dt.date
    slots: list[Slot]


@dataclass(frozen=True)
class Times:
    """The first days with free times, and from when to look for later ones (None where there are none)."""

    days: list[Day]
    later_from: dt.date | None


def places(sites: QuerySet[Site], at: dt.datetime) -> list[Place]:
    """Return the places with what can be had there; the number of queries does not depend on how many."""
    cards = place_cards(sites, at)
    site_ids = [card.site.pk for card in cards]
    slots, workshops = next_slots(site_ids), next_workshop_by_site(site_ids)
    queues = queues_now(card.site for card in cards)
    return [
        _place(card, slots.get(card.site.pk), workshops.get(card.site.pk), queues.get(card.site.pk)) for card in cards
    ]


def _place(card: PlaceCard, slot: Slot | None, workshop: WorkshopCard | None, queue: Queue | None) -> Place:
    return Place(card, slot, workshop.workshop if workshop else None, queue)


def place_sheet(site: Site, at: dt.datetime) -> PlaceSheet:
    """Return one place with the hours of the coming seven days and what its computers can do."""
    (place,) = places(Site.objects.filter(pk=site.pk), at)
    working = site.workstations.exclude(state=WorkstationState.BROKEN).values_list("equipment", flat=True)
    found = {item for equipment in working for item in equipment}
    return PlaceSheet(
        place=place,
        week=week_of_hours(place.site, timezone.localdate(at)),
        reasons=list(reasons_of(site).order_by("is_any_need", "label")),
        equipment=[str(label) for value, label in Equipment.choices if value in found],
        workshops=upcoming_for_public(site_ids=[site.pk], limit=WORKSHOPS_SHOWN),
    )


def next_slots(site_ids: Iterable[int], reason: Reason | None = None) -> dict[int, Slot]:
    """Return the first time at each place. A place where nobody ever receives is not searched for weeks."""
    openings = OpeningPeriod.objects.filter(site__in=site_ids).values_list("site", flat=True)
    return next_slot_by_site(set(openings), reason)


def any_need() -> Reason | None:
    """Return the reason of those who cannot say what they need."""
    return Reason.objects.self_service().filter(is_any_need=True).first()


def reasons_of(site: Site) -> QuerySet[Reason]:
    """Return what residents may book at a place."""
    return Reason.objects.self_service().filter(opening_periods__site=site).distinct()


def reason_for_demarches() -> Reason | None:
    """Return the reason for doing a démarche with somebody, else the one for any need."""
    # Read here rather than by SQL: SQLite cannot look into a list.
    offered = Reason.objects.self_service()
    return next((reason for reason in offered if Theme.ADMIN in reason.themes), None) or any_need()


def offered_places(reason: Reason, quartier: Quartier | None = None) -> list[Slot]:
    """Return the first time at each place that receives for ``reason``, earliest place first."""
    sites = Site.objects.published().filter(opening_periods__reasons=reason)
    if quartier is not None:
        sites = sites.filter(quartier=quartier)
    slots = next_slot_by_site(set(sites.values_list("pk", flat=True)), reason)
    return sorted(slots.values(), key=lambda slot: (slot.starts_at, slot.site.name))


def nearest_help(reason: Reason) -> list[Slot]:
    """Return the first times of the three places that receive earliest."""
    return offered_places(reason)[:HELP_SHOWN]


def instead_of(slot: Slot) -> list[Slot] | None:
    """Return the times to propose where residents cannot have ``slot`` (any more), None where they can."""
    if is_offered(slot, for_self_service=True):
        return None
    # Beyond the last day that can be booked nothing follows: the first times do.
    from_now = replace(slot, starts_at=timezone.now())
    return slots_after(slot, for_self_service=True) or slots_after(from_now, for_self_service=True)


def times(reason: Reason, site: Site | None, quartier: Quartier | None, after: dt.date | None) -> Times:
    """Return the first days with free times at a place, in a quartier, or anywhere."""
    need = Need(
        reason=reason,
        sites=[site.pk] if site else None,
        quartier=quartier,
        first_day=after,
        for_self_service=True,
    )
    slots = first_slots(need, limit=SLOTS_READ)
    days = [Day(day, list(found)) for day, found in groupby(slots, lambda slot: timezone.localdate(slot.starts_at))]
    shown = days[:DAYS_SHOWN]
    # A day cut by the limit of what was read is shown whole or not at all.
    if len(slots) == SLOTS_READ and len(days) > 1 and len(days) <= DAYS_SHOWN:
        shown = days[:-1]
    return Times(shown, _later(shown, days, len(slots)))


def _later(shown: list[Day], days: list[Day], read: int) -> dt.date | None:
    if shown and (len(days) > len(shown) or read == SLOTS_READ):
        return shown[-1].day + dt.timedelta(days=1)
    return None
