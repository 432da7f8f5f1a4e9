"""The agenda as a table."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk import selectors, services
from helpdesk.enums import Recurrence
from helpdesk.models import Absence, ExternalCalendar, OpeningPeriod
from mediation.accounts.actor import Actor
from sites.models import Closure, Site
from tests.cast import TODAY, at
from tests.helpdesk.steps import slot_at
from workshops.services import open_workshop

pytestmark = pytest.mark.usefixtures("now")
AGENDA = "helpdesk:agenda"


@pytest.fixture
def paul_at_empalot(cast) -> OpeningPeriod:
    """The partner's mediator receives at the Mairie's library, the same mornings."""
    period = OpeningPeriod.objects.create(
        mediator=cast.paul_mediator,
        site=cast.empalot,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(12),
    )
    period.reasons.add(cast.admin_help)
    return period


def day_of(cast, user, day: dt.date = TODAY, *, site=None) -> selectors.AgendaDay:
    mediator = None if site else cast.amina_mediator
    return selectors.agenda(user=user, first_day=day, last_day=day, mediator=mediator, site=site)[0]


def kinds(day: selectors.AgendaDay) -> list[tuple[str, str]]:
    return [(entry.kind, entry.hours.replace("\u00a0", " ").replace("\u2060", "")) for entry in day.entries]


def test_a_day_holds_what_is_taken_free_and_led(cast, booked):
    open_workshop(
        title="Premiers clics",
        starts_at=at(14),
        ends_at=at(16),
        mediator=cast.amina_mediator,
        site=cast.empalot,
        capacity=2,
        themes=["hardware"],
        by=Actor.at_desk(cast.amina),
    )
    assert kinds(day_of(cast, cast.amina)) == [
        ("free", "9 h – 9 h 30"),
        ("appointment", "9 h 30 – 10 h"),
        ("free", "10 h – 12 h"),
        ("workshop", "14 h – 16 h"),
    ]


def test_what_is_past_is_not_free_any_more(cast, now):
    now.move_to(at(10, 12))
    assert kinds(day_of(cast, cast.amina)) == [("free", "10 h 15 – 12 h")]
    now.move_to(at(12))
    assert kinds(day_of(cast, cast.amina)) == []


def test_an_absence_that_comes_back_takes_the_time_each_week(cast):
    Absence.objects.create(
        mediator=cast.amina_mediator, starts_at=at(10), ends_at=at(11), recurrence=Recurrence.WEEKLY, label="Réunion"
    )
    for weeks in (0, 1, 2):
        day = day_of(cast, cast.amina, TODAY + dt.timedelta(weeks=weeks))
        assert ("absence", "10 h – 11 h") in kinds(day)
        assert ("free", "9 h – 12 h") not in kinds(day)


def test_what_overlaps_in_a_calendar_kept_elsewhere_is_one_absence(cast):
    elsewhere = ExternalCalendar.objects.create(mediator=cast.amina_mediator, label="Google")
    for number, (start, end) in enumerate([(9, 11), (9, 11), (10, 12), (14, 15)]):
        Absence.objects.create(
            mediator=cast.amina_mediator,
            starts_at=at(start),
            ends_at=at(end),
            calendar=elsewhere,
            external_uid=str(number),
        )
    away = [words for kind, words in kinds(day_of(cast, cast.amina)) if kind == "absence"]
    assert away == ["9 h – 12 h", "14 h – 15 h"]


def test_a_period_with_tickets_alone_is_no_time_to_book(cast):
    OpeningPeriod.objects.filter(pk=cast.opening.pk).update(takes_appointments=False, takes_tickets=True)
    assert kinds(day_of(cast, cast.amina)) == [("queue", "9 h – 12 h")]


def test_time_that_two_periods_offer_is_shown_once(cast):
    OpeningPeriod.objects.filter(pk=cast.opening.pk).update(takes_tickets=True)
    OpeningPeriod.objects.create(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        first_day=TODAY,
        start_time=dt.time(8, 30),
        end_time=dt.time(13),
        takes_appointments=False,
        takes_tickets=True,
    )
    shown = [("queue", "8 h 30 – 9 h"), ("free", "9 h – 12 h"), ("queue", "12 h – 13 h")]
    assert [one for one in kinds(day_of(cast, cast.amina)) if one[1] != "8 h 30 – 9 h"] == shown[1:]
    assert kinds(day_of(cast, cast.amina, TODAY + dt.timedelta(days=7))) == shown


def test_an_absence_until_midnight_ends_with_the_day(cast):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(10), ends_at=at(0, days=1))
    assert ("absence", "de 10 h à la fin de la journée") in kinds(day_of(cast, cast.amina))


def test_a_closure_and_a_holiday_say_why_and_what_must_move(cast, booked, sign_in):
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY, reason="dégât des eaux")
    day = day_of(cast, cast.amina)
    assert day.notes == ["Médiathèque Empalot fermé : dégât des eaux"]
    assert kinds(day) == [("appointment", "9 h 30 – 10 h")]
    page = sign_in(cast.amina).get(reverse(AGENDA)).content.decode()
    assert "À déplacer" in page
    assert "1 rendez-vous à déplacer" in " ".join(page.split())
    christmas = day_of(cast, cast.amina, dt.date(2026, 12, 25))
    assert christmas.notes == ["Jour férié : Noël"]


def test_a_place_has_a_column_for_each_mediator(cast, booked, paul_at_empalot, sign_in):
    day = day_of(cast, cast.claire, site=cast.empalot)
    assert day.mediators == [cast.amina_mediator, cast.paul_mediator]
    # The line of "now" is the hour at which the day begins here.
    assert [[cell.rows for cell in row.cells] for row in day.rows] == [[1, 3], [1], [1]]
    page = sign_in(cast.claire).get(reverse(AGENDA), {"qui": f"s-{cast.empalot.uid}"}).content.decode()
    assert re.search(r'<th scope="col" role="columnheader">\s*Paul Rivière', page)
    assert '<td role="cell" rowspan="3">' in page


def test_who_has_no_agenda_begins_where_somebody_is_expected(cast, booked, sign_in):
    quiet = Site.objects.create(national_id="annexe", name="Annexe", commune_name="Toulouse", postcode="31400")
    quiet.mediators.add(cast.amina_mediator)
    page = sign_in(cast.claire).get(reverse(AGENDA)).content.decode()
    assert f'value="s-{cast.empalot.uid}" selected' in page


def test_things_at_the_same_hour_share_a_cell_and_now_is_a_line(cast, booked, now):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(9, 45), ends_at=at(11))
    now.move_to(at(10, 30))
    rows = day_of(cast, cast.amina).rows
    assert [(row.at, row.is_now) for row in rows] == [(at(9, 30), False), (at(10, 30), True), (at(11), False)]
    assert [entry.kind for entry in rows[0].cells[0].entries] == ["appointment", "absence"]
    assert rows[1].cells == ()


def test_a_whole_day_away_stands_above_the_hours(cast, booked):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0), ends_at=at(0, days=1))
    rows = day_of(cast, cast.amina).rows
    assert rows[0].at is None
    assert rows[0].cells[0].entries[0].hours == "toute la journée"
    appointment = rows[2].cells[0].entries[0]
    assert appointment.must_move == "Absence : Amina Benali"


def test_hours_stay_by_the_clock_when_the_clocks_change(cast, now):
    now.move_to(dt.datetime(2026, 10, 1, 9, tzinfo=at(9).tzinfo))
    OpeningPeriod.objects.filter(pk=cast.opening.pk).update(first_day=dt.date(2026, 10, 20))
    for day in (dt.date(2026, 10, 20), dt.date(2026, 10, 27)):
        assert kinds(day_of(cast, cast.amina, day)) == [("free", "9 h – 12 h")]


@pytest.mark.parametrize("view", ["jour", "semaine"])
@pytest.mark.parametrize("whose", ["mediator", "site"])
@pytest.mark.parametrize("rows", [1, 20])
def test_the_agenda_costs_the_same_for_one_row_or_twenty(
    cast, sign_in, rows, view, whose, paul_at_empalot, django_assert_num_queries
):
    OpeningPeriod.objects.update(end_time=dt.time(20))
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}")
        start = at(9) + dt.timedelta(minutes=30 * number)
        services.book(slot=slot_at(cast, start), people=[person], by=Actor.at_desk(cast.claire))
    shown = f"m-{cast.amina_mediator.uid}" if whose == "mediator" else f"s-{cast.empalot.uid}"
    client = sign_in(cast.amina)
    with django_assert_num_queries(17):
        assert client.get(reverse(AGENDA), {"vue": view, "qui": shown}).status_code == 200
