"""Public pages a second through HTTP, beside a bare Django page with a template of a hundred rows in the same run."""

import datetime as dt
import threading
import time
from collections.abc import Iterable, Sequence
from http.client import HTTPConnection
from itertools import count, cycle, islice
from urllib.parse import urlencode

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mediation.benchmarks.city import build
from mediation.benchmarks.figures import Figure
from mediation.benchmarks.serving import WORKERS, serve
from mediation.channels.web.selectors.memory import KEPT
from mediation.kernel.pages import WRITTEN
from mediation.territory.services import load_territory
from sites.enums import Fee, Service
from sites.models import Site, Workstation

BARE = "django.core.wsgi:get_wsgi_application()"
ROUNDS, ASKED_A_ROUND, WARM_UP = 8, 40, 40
MOST_QUERIES = 12
LEAST = {"home": 0.4, "results": 0.15, "site sheet": 0.15}
COMPUTERS = 3
OK = 200
# Whoever brings a cookie gets a page that is written for them.
OWN_PAGE = "with a cookie"
# Each visitor comes from an address of their own, as the proxy of a deployment tells.
VISITORS = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in count(1))


def run(url: str) -> Iterable[Figure]:
    """Yield how many times a bare page's throughput each page has, and how many queries it costs."""
    _write_city()
    addresses = _addresses()
    with (
        serve(url, BARE, DJANGO_SETTINGS_MODULE="mediation.benchmarks.bare") as bare,
        serve(url, BEHIND_PROXY="true") as ours,
    ):
        asked = {"bare": (bare, ["/"], "")}
        asked |= {page: (ours, found, "") for page, found in addresses.items()}
        asked |= {f"{page}, {OWN_PAGE}": (ours, found, "a=b") for page, found in addresses.items()}
        for port, found, cookie in asked.values():
            _ask(port, list(islice(cycle(found), WARM_UP * WORKERS)), cookie)
        rates, refused = _in_turns(asked)
    yield Figure("a bare Django page, 100 rows", rates["bare"], "/s")
    for page, least in LEAST.items():
        beside = f"{rates[page]:.0f} /s, {len(addresses[page])} addresses in turn"
        yield Figure(page, rates[page] / rates["bare"], "×", beside=beside, at_least=least)
        own = f"{page}, {OWN_PAGE}"
        yield Figure(f"{page}, written for one visitor", rates[own] / rates["bare"], "×", beside=f"{rates[own]:.0f} /s")
    yield Figure("answers that are no page", refused, at_most=0)
    yield from _queries(addresses)


def _in_turns(asked: dict[str, tuple[int, Sequence[str], str]]) -> tuple[dict[str, float], int]:
    """Return the pages a second of each, asked for in turns: a slow minute is not one page's alone."""
    seconds = dict.fromkeys(asked, 0.0)
    refused = 0
    for number in range(ROUNDS):
        for page, (port, found, cookie) in asked.items():
            start = number * ASKED_A_ROUND
            paths = list(islice(cycle(found), start, start + ASKED_A_ROUND))
            taken, statuses = _ask(port, paths, cookie)
            seconds[page] += taken
            refused += sum(status != OK for status in statuses)
    return {page: ROUNDS * ASKED_A_ROUND / taken for page, taken in seconds.items()}, refused


def _ask(port: int, paths: Sequence[str], cookie: str = "") -> tuple[float, list[int]]:
    """Let as many visitors as there are workers share the pages; return the seconds and the answers."""
    statuses: list[int] = []

    def visit(mine: Sequence[str]) -> None:
        for path in mine:
            web = HTTPConnection("127.0.0.1", port, timeout=60)
            said = {"X-Forwarded-For": next(VISITORS), "X-Forwarded-Proto": "http"}
            web.request("GET", path, headers=said | ({"Cookie": cookie} if cookie else {}))
            response = web.getresponse()
            response.read()
            web.close()
            statuses.append(response.status)

    threads = [threading.Thread(target=visit, args=[paths[number::WORKERS]]) for number in range(WORKERS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start, statuses


def _queries(addresses: dict[str, list[str]]) -> Iterable[Figure]:
    """Yield the most queries that a page costs, then what it costs whoever comes first in a minute."""
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for page, found in addresses.items():
            first = max(_count(path, is_first=True) for path in found)
            yield Figure(f"queries, {page}", max(map(_count, found)), at_most=MOST_QUERIES)
            yield Figure(f"queries, {page}, first in a minute", first, at_most=MOST_QUERIES)


def _count(path: str, *, is_first: bool = False) -> int:
    client = Client()
    if is_first:
        KEPT.clear()
        WRITTEN.clear()
    else:
        client.cookies["a"] = "b"
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def _addresses() -> dict[str, list[str]]:
    places = reverse("web:places")
    asked: list[dict[str, str | int]] = [
        {},
        {"page": 2},
        {"page": 3},
        {"near": "31400"},
        {"near": "31200", "page": 2},
        {"service": Service.ADMIN.value},
        {"step_free": "on", "saturday": "on"},
        {"open_now": "on", "computer_free": "on"},
    ]
    return {
        "home": [reverse("web:home")],
        "results": [f"{places}?{urlencode(query)}" for query in asked],
        "site sheet": [reverse("web:place", args=[site.uid]) for site in Site.objects.order_by("pk")],
    }


def _write_city() -> None:
    """Write the city of the search for slots, with what its places say to residents."""
    today = timezone.localdate()
    load_territory()
    build(today + dt.timedelta(days=7 - today.weekday()))
    Site.objects.update(
        address="1 rue des Lois",
        opening_hours="Mo-Sa 08:00-22:00",
        services=[Service.ADMIN.value, Service.ACCESS.value],
        fees=[Fee.FREE.value],
        step_free=True,
    )
    sites = list(Site.objects.order_by("pk"))
    Workstation.objects.bulk_create(
        Workstation(site=site, label=f"Poste {number}", equipment=["printer", "scanner"])
        for site in sites
        for number in range(COMPUTERS)
    )
    for site, mediators in _who_receives():
        site.mediators.set(mediators)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _who_receives() -> Iterable[tuple[Site, list[int]]]:
    for site in Site.objects.all():
        yield site, list(site.opening_periods.values_list("mediator", flat=True).distinct())
