"""Totals of a month: counts, typed again without doubling."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.enums import Source
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, ActivityTheme, Assistance
from mediation.activity.services import MonthTotals, record_month

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NOVEMBER = dt.date(2026, 11, 1)
TOTALS = MonthTotals(individual=40, admin=25, workshops=3, participants=21)


@pytest.fixture
def record(cast):
    def _record(totals=TOTALS, month=NOVEMBER, **options):
        by = Actor.at_desk(cast.paul)
        return record_month(organisation=cast.partner, month=month, totals=totals, by=by, **options)

    return _record


def test_counts_every_activity_and_everybody(record):
    record()
    assert (Activity.objects.number(), Assistance.objects.total()) == (43, 61)
    admin = ActivityTheme.objects.get(theme=Theme.ADMIN)
    assert (admin.activity.times, f"{admin.activity.day}") == (25, "2026-11-30")


def test_typed_again_replaces(record):
    record()
    record(MonthTotals(individual=10))
    assert (Activity.objects.number(), Assistance.objects.total()) == (10, 10)


def test_one_mediator_stands_beside_the_organisation(cast, record):
    record(MonthTotals(individual=10))
    record(MonthTotals(individual=5), mediator=cast.paul_mediator)
    assert Activity.objects.number() == 15


def test_counted_only_where_declared(cast, record):
    record()
    assert Activity.objects.counted().number() == 0
    cast.partner.default_source = Source.MONTHLY
    cast.partner.save()
    assert Activity.objects.counted().number() == 43


@pytest.mark.parametrize(
    ("totals", "month", "says"),
    [
        (TOTALS, dt.date(2026, 12, 1), "pas fini"),
        (MonthTotals(individual=1, admin=2), NOVEMBER, "dépasser"),
        (MonthTotals(workshops=2, participants=1), NOVEMBER, "au moins un participant"),
        (MonthTotals(participants=4), NOVEMBER, "Combien d’ateliers"),
    ],
)
def test_refuses(record, totals, month, says):
    with pytest.raises(ValidationError, match=says):
        record(totals, month)


def test_refuses_a_mediator_of_another_organisation(cast, record):
    with pytest.raises(ValidationError, match="autre structure"):
        record(mediator=cast.amina_mediator)


def test_the_page_takes_a_month_and_proposes_to_mend_it(cast, sign_in):
    client = sign_in(cast.paul)
    numbers = {"individual": 40, "admin": 25, "individual_minutes": 30}
    numbers |= {"workshops": 3, "participants": 21, "workshop_minutes": 90}
    sent = {"organisation": cast.partner.uid, "mediator": "", "month": "2026-11", **numbers}
    assert client.post(reverse("activity:monthly"), sent).status_code == 302
    assert Activity.objects.number() == 43
    named = {"structure": cast.partner.uid, "mediateur": "", "mois": "2026-11"}
    form = client.get(reverse("activity:monthly"), named).context["form"]
    assert {name: form[name].value() for name in numbers} == numbers


def test_the_page_knows_only_the_organisations_of_its_reader(cast, sign_in):
    sent = {"organisation": cast.mairie.uid, "month": "2026-11", "individual": 1}
    page = sign_in(cast.paul).post(reverse("activity:monthly"), sent)
    assert "organisation" in page.context["form"].errors
