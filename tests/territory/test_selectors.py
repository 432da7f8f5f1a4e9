"""Where a point lies, and which days are holidays."""

import datetime as dt

import pytest

from mediation.territory.models import Commune, Quartier, SchoolHoliday
from mediation.territory.selectors import SchoolCalendar, is_public_holiday, public_holiday, quartier_at
from mediation.territory.services import load_territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def territory() -> None:
    """The shipped territory."""
    load_territory()


@pytest.mark.usefixtures("territory")
def test_the_territory_is_loaded_once_however_often_it_is_asked():
    before = list(Quartier.objects.values_list("pk", "name"))
    Quartier.objects.filter(number=5).update(population=1)
    load_territory()
    assert list(Quartier.objects.values_list("pk", "name")) == before
    assert Quartier.objects.get(number=5).population == 34188
    assert Commune.objects.count() == 586
    assert Commune.objects.get(insee_code="31555").postcodes[0].startswith("31")


@pytest.mark.usefixtures("territory")
@pytest.mark.parametrize(
    ("latitude", "longitude", "number"),
    [(43.6043, 1.4437, 1), (43.5790, 1.4430, 5), (43.30, 1.40, None), (None, None, None)],
)
def test_a_point_lies_in_one_quartier_or_outside_the_city(latitude, longitude, number):
    found = quartier_at(latitude, longitude)
    assert (found.number if found else None) == number


def test_another_outline_is_found_at_once(cast):
    assert quartier_at(43.58, 1.44) == cast.empalot_quartier
    square = [[[1.50, 43.57], [1.51, 43.57], [1.51, 43.60], [1.50, 43.60], [1.50, 43.57]]]
    Quartier.objects.update(outline={"type": "Polygon", "coordinates": square})
    assert quartier_at(43.58, 1.44) is None


def test_public_holidays_have_their_french_names():
    assert public_holiday(dt.date(2026, 12, 25)) == "Noël"
    assert public_holiday(dt.date(2027, 5, 1)) == "Fête du Travail"
    assert public_holiday(dt.date(2027, 3, 29)) == "Lundi de Pâques"
    assert not is_public_holiday(dt.date(2026, 12, 24))


@pytest.mark.usefixtures("territory")
def test_school_holidays_hold_their_last_day_and_end_with_what_is_published():
    calendar = SchoolCalendar.read()
    assert not calendar.is_holiday(dt.date(2026, 12, 18))
    assert calendar.is_holiday(dt.date(2026, 12, 19))
    assert calendar.is_holiday(dt.date(2027, 1, 3))
    assert not calendar.is_holiday(dt.date(2027, 1, 4))
    assert calendar.knows(dt.date(2027, 8, 31))
    assert not calendar.knows(dt.date(2027, 9, 1))


def test_an_empty_calendar_knows_nothing():
    assert not SchoolHoliday.objects.exists()
    assert not SchoolCalendar.read().knows(dt.date(2026, 12, 1))
