"""Dates and hours as French writes them, where a page could be misread."""

import datetime as dt

from mediation.kernel import formats
from tests.kernel.test_ui import show


def test_a_day_far_away_says_its_year(now):
    now.move_to(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC))
    assert show("{{ day|short_day }}", day=dt.date(2027, 1, 15)) == "ven. 15 janv."
    assert show("{{ day|short_day }}", day=dt.date(2024, 11, 1)) == "ven. 1er nov. 2024"
    past = dt.datetime(2024, 11, 1, 8, 30, tzinfo=dt.UTC)
    assert show("{{ day|moment }}", day=past).replace(formats.NO_BREAK, " ") == "ven. 1er nov. 2024, 9 h 30"


def test_a_past_day_of_another_year_says_its_year_however_near(now):
    now.move_to(dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC))
    assert show("{{ day|short_day }}", day=dt.date(2026, 12, 15)) == "mar. 15 déc. 2026"
    assert show("{{ day|short_day }}", day=dt.date(2027, 1, 4)) == "lun. 4 janv."


def test_hours_stay_in_one_piece():
    words = show("{{ start|hours:end }}", start=dt.time(9), end=dt.time(12, 30))
    assert " " not in words
    assert f"–{formats.JOINER}" in words
