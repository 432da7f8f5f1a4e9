"""Places as public pages show them: with what can be had there."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from directory.enums import Language
from helpdesk.models import Reason
from helpdesk.selectors.queue import Queue
from helpdesk.selectors.reception import receptions
from mediation.channels.web.selectors.memory import remembered
from mediation.channels.web.selectors.needs import reasons_of
from mediation.channels.web.selectors.visits import Visit, visit
from mediation.territory.selectors import SchoolCalendar
from sites.enums import Equipment
from sites.hours import DayHours
from sites.models import Site
from sites.selectors import PlaceCard, place_cards
from workshops.models import Workshop
from workshops.selectors import WorkshopCard, upcoming_for_public

WORKSHOPS_SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A place as the list, the map and its own page show it to residents; ``workshops`` are those to come there."""

    card: PlaceCard
    first_time: dt.datetime | None = None
    workshops: tuple[WorkshopCard, ...] = ()
    queue: Queue | None = None

    @property
    def site(self) -> Site:
        """The place itself."""
        return self.card.site

    @property
    def next_workshop(self) -> Workshop | None:
        """The first workshop to come."""
        return self.workshops[0].workshop if self.workshops else None

    @property
    def language_names(self) -> list[str]:
        """The languages that are spoken there besides French, which is spoken everywhere."""
        return [str(Language(code).label) for code in self.card.languages if code != Language.FR]

    @property
    def equipment_names(self) -> list[str]:
        """What its computers are equipped with."""
        return [str(label) for value, label in Equipment.choices if value in self.card.equipment]


@dataclass(frozen=True)
class PlaceSheet:
    """Everything a resident may want to know of one place before going there."""

    place: Place
    week: list[DayHours]
    visit: Visit
    reasons: list[Reason]
    equipment: list[str]
    workshops: list[WorkshopCard]

    @property
    def what_to_bring(self) -> list[tuple[str, list[str]]]:
        """What to bring, each text once, and for which needs; for none in particular where it holds for all."""
        needs: dict[str, list[str]] = {}
        for reason in self.reasons:
            needs.setdefault(reason.what_to_bring, []).append(reason.label)
        return [(text, labels if len(needs) > 1 else []) for text, labels in needs.items() if text]


def places(sites: QuerySet[Site], at: dt.datetime) -> list[Place]:
    """Return published places with what can be had there, in nine queries at most, however many places there are."""
    calendar = SchoolCalendar.read()
    cards = place_cards(sites, at, calendar=calendar)
    workshops = upcoming_for_public(site_ids=[card.site.pk for card in cards])
    received = receptions((card.site for card in cards), calendar)
    return [
        Place(
            card,
            first_time=received[card.site.pk].first_time,
            workshops=tuple(found for found in workshops if found.workshop.site_id == card.site.pk),
            queue=received[card.site.pk].queue,
        )
        for card in cards
    ]


def place_sheet(site: Site, at: dt.datetime) -> PlaceSheet:
    """Return one place with the hours of the coming seven days; what it says may be a minute old."""
    return remembered("sheet", [site.pk], lambda _missing: {site.pk: _sheet(site, at)})[site.pk]


def _sheet(site: Site, at: dt.datetime) -> PlaceSheet:
    (place,) = places(Site.objects.filter(pk=site.pk), at)
    today = timezone.localdate(at)
    return PlaceSheet(
        place=place,
        week=place.card.hours.week(today),
        visit=visit(place.card, today),
        reasons=list(reasons_of(site).order_by("is_any_need", "label")),
        equipment=place.equipment_names,
        workshops=list(place.workshops[:WORKSHOPS_SHOWN]),
    )
