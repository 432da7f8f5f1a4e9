"""What public pages cost: few queries, as many for one place as for twenty, also where nothing is remembered."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from helpdesk.models import Absence, DropIn, OpeningPeriod, Ticket
from mediation.accounts.actor import Actor, Door
from mediation.channels.web.selectors.memory import KEPT
from mediation.kernel.pages import WRITTEN
from mediation.territory.models import SchoolHoliday
from sites.enums import Fee
from sites.models import Closure, Reservation, Site, Workstation
from tests.cast import TODAY, at
from tests.channels.lists import more_places
from workshops.services import open_workshop

MOST_QUERIES = 12
DAY = dt.timedelta(days=1)
HOURS = "Mo-Sa 09:00-18:00; SH off"
PAGES = {
    "home": {},
    "places": {},
    "places, page 2": {"page": 2},
    "places, by postcode": {"near": "31400"},
    "places, by quartier": {"near": "Empalot"},
    "places, of a quartier": {"quartier": "own"},
    "places, by name": {"text": "empalot"},
    "places, of the hour": {"open_now": "on", "computer_free": "on", "saturday": "on", "soon": "on"},
    "places, filtered": {"step_free": "on", "free_of_charge": "on", "language": "ar", "service": "", "near": "31400"},
    "place": {},
    "demarche": {},
    "demarche, of a quartier": {},
    "quartier": {},
}


@pytest.fixture
def addresses(cast, now):
    """The pages by name, when the library is open and tickets are given."""
    now.move_to(at(10, 30))
    slug = cast.empalot_quartier.slug
    one = {
        "home": reverse("web:home"),
        "place": reverse("web:place", args=[cast.empalot.uid]),
        "demarche": reverse("web:demarche", args=["caf"]),
        "demarche, of a quartier": reverse("web:demarche", args=["caf"], query={"quartier": slug}),
        "quartier": reverse("web:quartier", args=[slug]),
    }
    own = {"quartier": cast.empalot_quartier.pk}
    lists = {name: query | (own if query.get("quartier") else {}) for name, query in PAGES.items()}
    return {name: one.get(name) or reverse("web:places", query=query) for name, query in lists.items()}


def furnish(cast, site, number):
    """Put at a place all that a page may say of one."""
    mediator = Mediator.objects.create(
        organisation=cast.mairie, first_name="Ana", last_name=f"N{number:02}", languages=["fr", "ar", "es"]
    )
    site.mediators.add(mediator)
    for days, hours in ((0, (9, 12)), (35, (14, 15))):
        period = OpeningPeriod.objects.create(
            mediator=mediator,
            site=site,
            takes_tickets=True,
            outside_school_holidays=True,
            first_day=TODAY + days * DAY,
            start_time=dt.time(hours[0]),
            end_time=dt.time(hours[1]),
        )
        period.reasons.set([cast.admin_help, cast.any_need])
    Engagement.objects.create(mediator=mediator, starts_at=at(11), ends_at=at(11, 30), kind=EngagementKind.APPOINTMENT)
    Absence.objects.create(mediator=mediator, starts_at=at(8, days=1), ends_at=at(18, days=8))
    Closure.objects.create(site=site, starts_on=TODAY + 10 * DAY, ends_on=TODAY + 12 * DAY, reason="Travaux")
    computers = [Workstation.objects.create(site=site, label=f"P{n}", equipment=["printer"]) for n in range(2)]
    Reservation.objects.create(
        workstation=computers[0],
        starts_at=at(11),
        ends_at=at(11, 45),
        reference=f"{number:08}",
        booked_through=Door.WEB,
    )
    day = DropIn.objects.create(site=site, day=TODAY)
    for rank in (1, 2):
        Ticket.objects.create(
            drop_in=day, number=rank, taken_through=Door.KIOSK, mediator=mediator, reason=cast.any_need
        )
    for days in (3, 4, 5):
        open_workshop(
            title="Premiers clics",
            starts_at=at(14, days=days),
            ends_at=at(16, days=days),
            mediator=mediator,
            site=site,
            capacity=8,
            themes=["hardware"],
            by=Actor.at_desk(cast.claire),
        )


def cost(client, address, *, is_cold):
    """Return what a page asks the database: of somebody who comes first, or soon after somebody else."""
    if is_cold:
        KEPT.clear()
    WRITTEN.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def costs(client, addresses):
    return {
        (name, is_cold): cost(client, address, is_cold=is_cold)
        for name, address in addresses.items()
        for is_cold in (True, False)
    }


def test_a_page_costs_few_queries_also_where_nothing_is_remembered(client, cast, addresses):
    """As many for one place as for twenty, with all that a page may say of them."""
    SchoolHoliday.objects.create(label="Noël", starts_on=TODAY + 18 * DAY, ends_on=TODAY + 34 * DAY)
    Site.objects.exclude(pk=cast.empalot.pk).update(is_published=False)
    Site.objects.update(fees=[Fee.FREE], opening_hours=HOURS)
    furnish(cast, cast.empalot, 0)
    few = costs(client, addresses)
    assert {page: asked for page, asked in few.items() if asked > MOST_QUERIES} == {}
    for number, site in enumerate(more_places(19), 1):
        site.quartier, site.step_free = cast.empalot_quartier, True
        site.fees, site.opening_hours = [Fee.FREE], HOURS
        site.save()
        furnish(cast, site, number)
    assert costs(client, addresses) == few
