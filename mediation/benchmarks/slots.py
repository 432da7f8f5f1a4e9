"""The first slots for a need: ours beside plain psycopg and Python for the same question."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from helpdesk.selectors import Need, first_slots
from mediation.benchmarks import plain
from mediation.benchmarks.city import APPOINTMENTS, DAYS, MEDIATORS, City, build
from mediation.benchmarks.figures import Figure, against, milliseconds

RUNS = 25
MOST_QUERIES = 8
MOST_TIMES = 6
# More than one mediator can receive in four weeks.
ALL = 1000
HORIZON = dt.timedelta(days=90)


def run(url: str) -> Iterable[Figure]:
    """Yield the figures; a ratio is worth nothing where the two answers differ, so that is one of them."""
    today = timezone.localdate()
    city = build(today + dt.timedelta(days=7 - today.weekday()))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reason = city.found[MEDIATORS]
    everybody = Need(reason=reason, first_day=city.monday)
    last_day = city.monday + dt.timedelta(days=DAYS - 1)
    one = Need(reason=reason, mediator=city.mediator, first_day=city.monday, last_day=last_day)
    with psycopg.connect(url, autocommit=True) as limit:
        yield from _beside(limit, everybody, f"first slot, {MEDIATORS} mediators, {APPOINTMENTS:,} taken", 1)
        yield from _beside(limit, one, f"every slot, 1 mediator, {DAYS} days", ALL)
    yield from _queries(city)


def _beside(limit: psycopg.Connection, need: Need, label: str, number: int) -> Iterable[Figure]:
    ours = partial(first_slots, need, limit=number)
    theirs = partial(
        plain.first_slots,
        limit,
        reason=need.reason.pk,
        minutes=need.reason.duration_minutes,
        mediator=need.mediator and need.mediator.pk,
        first_day=need.first_day,
        last_day=need.last_day or timezone.localdate() + HORIZON,
        limit=number,
    )
    answers = [(slot.starts_at, slot.site.pk, slot.mediator.pk) for slot in ours()]
    yield Figure(f"{label}: answers that differ", len(set(answers) ^ set(theirs())), at_most=0)
    yield against(label, *milliseconds(ours, theirs, runs=RUNS), at_most=MOST_TIMES)


def _queries(city: City) -> Iterable[Figure]:
    """Yield how many queries it takes, the same for few and for many mediators."""
    for outcome, reasons in (("first slot", city.found), ("nothing in 90 days", city.nothing)):
        counts = [_count(Need(reason=reason, first_day=city.monday)) for reason in reasons.values()]
        for mediators, queries in zip(reasons, counts, strict=True):
            label = f"queries, {outcome}, {mediators} mediators"
            yield Figure(label, queries, beside="the same for all", at_most=min(MOST_QUERIES, *counts))
    any_need = _count(Need(reason=None, first_day=city.monday))
    yield Figure("queries, first slot, any reason", any_need, at_most=MOST_QUERIES)


def _count(need: Need) -> int:
    with CaptureQueriesContext(connection) as queries:
        first_slots(need, limit=1)
    return len(queries)
