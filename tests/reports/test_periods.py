"""Periods: what a click means, and how it is called."""

import datetime as dt

import pytest

from reports.enums import Preset
from reports.periods import Month, Period, preset_period

TODAY = dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("preset", "first", "last", "title"),
    [
        (Preset.LAST_MONTH, "2026-11-01", "2026-11-30", "novembre 2026"),
        (Preset.LAST_QUARTER, "2026-07-01", "2026-09-30", "de juillet à septembre 2026"),
        (Preset.LAST_TWELVE, "2025-12-01", "2026-11-30", "de décembre 2025 à novembre 2026"),
        (Preset.THIS_MONTH, "2026-12-01", "2026-12-01", "le 1er décembre 2026"),
        (Preset.THIS_YEAR, "2026-01-01", "2026-12-01", "du 1er janvier au 1er décembre 2026"),
        ("anything else", "2026-11-01", "2026-11-30", "novembre 2026"),
    ],
)
def test_presets(preset, first, last, title):
    period = preset_period(preset, TODAY)
    assert (period.first_day.isoformat(), period.last_day.isoformat()) == (first, last)
    assert period.title == title


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ("2025-01-01", "2025-12-31", "année 2025"),
        ("2026-04-01", "2026-05-31", "d’avril à mai 2026"),
        ("2026-03-03", "2026-03-14", "du 3 au 14 mars 2026"),
        ("2025-12-20", "2026-01-03", "du 20 décembre 2025 au 3 janvier 2026"),
    ],
)
def test_free_dates_are_said_in_french(first, last, title):
    assert Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last)).title == title


def test_the_quarter_in_january_is_the_last_of_the_year_before():
    assert preset_period(Preset.LAST_QUARTER, dt.date(2027, 1, 5)).title == "d’octobre à décembre 2026"


def test_the_period_before_has_the_same_length():
    assert preset_period(Preset.LAST_QUARTER, TODAY).before.title == "d’avril à juin 2026"
    assert Period(dt.date(2026, 3, 3), dt.date(2026, 3, 12)).before == Period(dt.date(2026, 2, 21), dt.date(2026, 3, 2))


def test_months_cross_years():
    assert Month(2026, 1).plus(-1) == Month(2025, 12)
    assert Month(2024, 2).last_day == dt.date(2024, 2, 29)


def test_a_chart_of_many_months_names_years():
    assert [Month(2026, number).label_among(12) for number in (1, 12)] == ["janv. 26", "déc. 26"]
    assert [Month(2026, number).label_among(60) for number in (1, 12)] == ["2026", ""]
