"""When places are open: hours, closures, public and school holidays."""

import datetime as dt
from dataclasses import dataclass

import pytest

from mediation.territory.selectors import SchoolCalendar
from sites.hours import Timetable
from sites.models import Closure
from sites.selectors import timetable
from tests.cast import NOW, PARIS, TODAY

# Christmas holidays, and the autumn's before: what lies between is known to have class.
CALENDAR = SchoolCalendar(((dt.date(2026, 10, 17), dt.date(2026, 11, 1)), (dt.date(2026, 12, 19), dt.date(2027, 1, 3))))
LIBRARY = "Tu-Sa 10:00-18:00"


@dataclass
class Shut:
    """Days on which a place is shut."""

    starts_on: dt.date
    ends_on: dt.date
    reason: str = ""


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> dt.datetime:
    """Return an instant of the end of 2026."""
    return dt.datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def table(hours: str, *closures: Shut) -> Timetable:
    """Return a timetable with the calendar above."""
    return Timetable(hours, closures, CALENDAR)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open", "words"),
    [
        (LIBRARY, at(1, 9), False, "Fermé · ouvre à 10 h"),
        (LIBRARY, at(1, 10), True, "Ouvert jusqu’à 18 h"),
        (LIBRARY, at(1, 18), False, "Fermé · ouvre mer. 2 déc., 10 h"),
        (LIBRARY, at(5, 20), False, "Fermé · ouvre mar. 8 déc., 10 h"),
        ("Mo-Fr 09:00-12:30,14:00-17:00", at(1, 12, 45), False, "Fermé · ouvre à 14 h"),
        ("Mo-Fr 09:00-12:30,14:00-17:00", at(1, 11), True, "Ouvert jusqu’à 12 h 30"),
        ("", at(1, 9), None, "Horaires non renseignés"),
        ("le matin", at(1, 9), None, "Horaires à vérifier"),
        ("24/7", at(25, 9), True, "Ouvert jour et nuit"),
        ("Fr-Sa 20:00-02:00", at(5, 1), True, "Ouvert jusqu’à 2 h"),
        ("Fr-Sa 20:00-02:00", at(4, 23), True, "Ouvert jusqu’à 2 h"),
        ("Tu 08:00-24:00", at(1, 9), True, "Ouvert jusqu’à minuit"),
        ("2020 Mo-Fr 09:00-12:00", at(1, 9), False, "Fermé"),
    ],
)
def test_open_now_and_next_change(hours, moment, is_open, words):
    status = table(hours).status(moment)
    assert (status.is_open, status.words.replace("\xa0", " ")) == (is_open, words)


def test_the_next_change_is_an_instant():
    assert table(LIBRARY).status(at(1, 9)).changes_at == at(1, 10)
    assert table(LIBRARY).status(at(1, 11)).changes_at == at(1, 18)


def test_hours_follow_the_wall_clock_when_summer_ends():
    saturday = at(24, 11, month=10)
    assert table("Mo-Su 10:00-18:00").status(saturday + dt.timedelta(days=1)).changes_at == at(25, 18, month=10)


@pytest.mark.parametrize("hours", [LIBRARY, "Mo-Su 10:00-18:00", "Mo-Su 10:00-18:00; PH off"])
def test_public_holidays_are_closed_unless_the_hours_say_otherwise(hours):
    day = table(hours).day(dt.date(2026, 12, 25))
    assert not day.periods
    assert day.words == "fermé (Noël)"


def test_hours_may_be_those_of_a_public_holiday():
    day = table("Mo-Sa 10:00-18:00; PH 14:00-16:00").day(dt.date(2026, 12, 25))
    assert [period[0].hour for period in day.periods] == [14]


def test_closures_count_last_day_included():
    shut = table(LIBRARY, Shut(dt.date(2026, 12, 1), dt.date(2026, 12, 2), "inventaire"))
    assert shut.status(at(1, 11)).words.replace("\xa0", " ") == "Fermé · ouvre jeu. 3 déc., 10 h"
    assert shut.day(dt.date(2026, 12, 2)).words == "fermé (inventaire)"
    assert table("", Shut(TODAY, TODAY)).status(at(1, 11)).is_open is False


@pytest.mark.parametrize(
    ("hours", "in_class", "in_holidays"),
    [
        ("Mo-Fr 09:00-12:00; SH off", [9], []),
        ("Mo-Fr 09:00-12:00; PH,SH off", [9], []),
        ("Mo-Fr 09:00-12:00; SH,PH off", [9], []),
        ("Mo-Fr 09:00-12:00; SH Mo-Fr 14:00-16:00", [9], [14]),
        ("Mo-Fr 09:00-12:00; SH 14:00-16:00", [9], [14]),
        ('Mo-Fr 09:00-12:00; SH 14:00-16:00 "sur rendez-vous; SH"', [9], [14]),
        ("SH Mo-Fr 14:00-16:00", [], [14]),
    ],
)
def test_school_holidays_are_evaluated_day_by_day(hours, in_class, in_holidays):
    week = table(hours)
    assert [period[0].hour for period in week.day(dt.date(2026, 12, 15)).periods] == in_class
    assert [period[0].hour for period in week.day(dt.date(2026, 12, 22)).periods] == in_holidays


def test_an_unpublished_school_year_is_to_be_checked():
    later = table("Mo-Fr 09:00-12:00; SH off")
    assert later.day(dt.date(2027, 9, 15)).words.endswith("(à vérifier)")
    assert later.status(dt.datetime(2027, 9, 15, 10, tzinfo=PARIS)).words.endswith("(à vérifier)")
    assert table("Mo-Fr 09:00-12:00").day(dt.date(2027, 9, 15)).is_certain


def test_a_site_is_asked_with_its_own_closures(cast):
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY)
    assert timetable(cast.empalot).status(NOW).words.replace("\xa0", " ") == "Fermé · ouvre mer. 2 déc., 10 h"
    week = timetable(cast.empalot).week(TODAY)
    assert [day.day for day in week] == [TODAY + dt.timedelta(days=offset) for offset in range(7)]
    assert week[0].closed_reason == "fermeture exceptionnelle"
    cast.empalot.opening_hours = ""
    assert timetable(cast.empalot).week(TODAY) == []
