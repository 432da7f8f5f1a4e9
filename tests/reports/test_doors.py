"""By which door people came, as the report counts it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from helpdesk.enums import AttendeeStatus, Cause
from helpdesk.models import Appointment, HelpRequest
from mediation.accounts.actor import Door
from reports.selectors import coordination_report
from reports.tables import Absent, all_tables
from tests.cast import PARIS
from tests.reports.rows import NOVEMBER, appointment, asked, workshop
from workshops.models import Registration

pytestmark = pytest.mark.usefixtures("now")

IN_NOVEMBER = dt.datetime(2026, 11, 10, 10, tzinfo=PARIS)


def came(model, door, *rows):
    """Have these rows come by a door in November."""
    when, through = ("booked_at", "booked_through") if model is Appointment else ("asked_at", "booked_through")
    through = "asked_through" if model is HelpRequest else through
    model.objects.filter(pk__in=[row.pk for row in rows]).update(**{when: IN_NOVEMBER, through: door})


def appointments(cast, door, number):
    rows = [appointment(cast, AttendeeStatus.EXCUSED, day=1 + index, hour=8) for index in range(number)]
    came(Appointment, door, *rows)


def report_of(user):
    return coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=user)


def rows_of(report) -> dict[str, tuple]:
    tables = {table.key: table for table in all_tables(report)}
    return {row.values[0]: row.values[1:] for row in tables["doors"].rows} if "doors" in tables else {}


def test_what_was_asked_for_is_counted_by_its_door_even_if_cancelled(cast):
    appointments(cast, Door.WEB, 6)
    appointments(cast, Door.VOICE, 5)
    came(HelpRequest, Door.SMS, *(asked(cast.mairie, cast.lucette) for _time in range(7)))
    # Whoever missed an appointment asked for nothing; another month is another report.
    came(HelpRequest, Door.SMS, asked(cast.mairie, cast.lucette, cause=Cause.NO_SHOW))
    Appointment.objects.filter(pk=appointment(cast, day=28).pk).update(
        booked_at=dt.datetime(2026, 10, 30, tzinfo=PARIS)
    )
    assert rows_of(report_of(cast.sofia)) == {
        "Site public": (6, 0, 0),
        "Téléphone automatique": (5, 0, 0),
        "SMS": (0, 0, 7),
        "Ville entière": (11, 0, 7),
    }


def test_a_few_are_hidden_and_cannot_be_found_by_subtracting(cast):
    appointments(cast, Door.WEB, 9)
    appointments(cast, Door.KIOSK, 2)
    workshop(cast, seats=4, taken=2)
    came(Registration, Door.DESK, *Registration.objects.all())
    shown = rows_of(report_of(cast.sofia))
    assert shown["Ville entière"] == (11, Absent.HIDDEN, 0)
    assert shown["Borne"][0] is shown["Site public"][0] is Absent.HIDDEN
    assert shown["Accueil"][1] is Absent.HIDDEN


def test_a_door_alone_is_not_told_by_the_sum(cast):
    appointments(cast, Door.KIOSK, 2)
    hidden = (Absent.HIDDEN, 0, 0)
    assert rows_of(report_of(cast.sofia)) == {"Borne": hidden, "Ville entière": hidden}


def test_a_door_is_not_told_by_the_table_of_requests_either(cast):
    appointments(cast, Door.WEB, 6)
    came(HelpRequest, Door.SMS, *(asked(cast.mairie, cast.lucette) for _time in range(3)))
    report = report_of(cast.sofia)
    assert report.demand[""].received == 3, "their sum is read there"
    assert rows_of(report) == {
        "Site public": (6, 0, Absent.HIDDEN),
        "SMS": (0, 0, Absent.HIDDEN),
        "Ville entière": (6, 0, Absent.HIDDEN),
    }


def test_where_nobody_asked_the_report_says_nothing(cast):
    assert rows_of(report_of(cast.sofia)) == {}


def test_an_organisation_reads_those_of_the_city(cast):
    appointments(cast, Door.WEB, 6)
    cast.sofia.memberships.update(organisation=cast.partner)
    assert rows_of(report_of(cast.sofia))["Ville entière"] == (6, 0, 0)


@pytest.mark.parametrize("many", [1, 20])
def test_three_queries_however_many(cast, many):
    report_of(cast.sofia)
    with CaptureQueriesContext(connection) as without:
        report_of(cast.sofia)
    appointments(cast, Door.WEB, many)
    with CaptureQueriesContext(connection) as queries:
        report_of(cast.sofia)
    assert len(queries) == len(without)
