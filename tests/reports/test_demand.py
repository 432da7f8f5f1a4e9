"""Who found no slot, as the report counts it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helpdesk.enums import Cause, Outcome
from helpdesk.models import HelpRequest
from reports.selectors import coordination_report
from reports.tables import all_tables
from tests.cast import PARIS
from tests.reports import rows
from tests.reports.rows import NOVEMBER

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def asked(cast):
    """Return a function that writes a request of Lucette's in November."""

    def _asked(organisation=None, **what) -> HelpRequest:
        return rows.asked(organisation or cast.mairie, cast.lucette, **what)

    return _asked


def report_of(user):
    return coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=user)


def rows_of(report) -> dict[str, tuple]:
    tables = {table.key: table for table in all_tables(report)}
    return {row.values[0]: row.values[1:] for row in tables["demand"].rows} if "demand" in tables else {}


def test_each_request_is_received_once_and_answered_or_waiting(cast, asked):
    asked(called_after=1, outcome=Outcome.BOOKED)
    asked(cause=Cause.CALL_BACK, called_after=2)
    asked(cause=Cause.OUT_OF_HOURS, called_after=6, outcome=Outcome.UNREACHABLE)
    asked(cause=Cause.TURNED_AWAY)
    asked(cast.partner, called_after=0.5, outcome=Outcome.HELPED)
    # A slot was found once, or it is not of the period.
    asked(cause=Cause.NO_SHOW)
    asked(cause=Cause.MUST_MOVE)
    HelpRequest.objects.filter(pk=asked().pk).update(asked_at=dt.datetime(2026, 12, 1, tzinfo=PARIS))
    shown = rows_of(report_of(cast.sofia))
    assert shown["Mairie, médiation numérique"] == (4, 1, 1, 1, 1, 1, 2, 2.0)
    assert shown["Association Le Fil"] == (1, 1, 0, 0, 0, 1, 0, 0.5)
    # A median of all the calls, not of the medians.
    assert shown["Ville entière"] == (5, 2, 1, 1, 1, 2, 2, 1.5)


def test_where_nobody_asked_the_report_says_nothing(cast):
    assert rows_of(report_of(cast.sofia)) == {}


def test_where_nobody_was_called_there_is_no_median(cast, asked):
    asked()
    shown = rows_of(report_of(cast.sofia))
    assert shown["Ville entière"][-1].value == "–"


def test_others_read_the_city_and_their_own(cast, asked):
    asked()
    asked(cast.partner)
    # A mediator reads no report; an organisation's coordinator reads its own and the city's.
    cast.sofia.memberships.update(organisation=cast.partner)
    shown = rows_of(report_of(cast.sofia))
    assert "Mairie, médiation numérique" not in shown
    assert shown["Ville entière"][0] == 2


@pytest.mark.parametrize("many", [1, 20])
def test_one_query_however_many(cast, asked, many):
    report_of(cast.sofia)
    with CaptureQueriesContext(connection) as without:
        report_of(cast.sofia)
    for _number in range(many):
        asked(called_after=1)
    with CaptureQueriesContext(connection) as queries:
        report_of(cast.sofia)
    assert len(queries) == len(without)


def test_the_page_shows_it(cast, asked, sign_in):
    asked(called_after=1)
    client, url = sign_in(cast.sofia), reverse("reports:coordination")
    query = {"preset": "free", "first_day": "2026-11-01", "last_day": "2026-11-30"}
    assert "Demandes sans créneau" in client.get(url, query).content.decode()
