"""Dates, hours and numbers as each language writes them, where a page could be misread."""

import datetime as dt

import pytest
from django.utils import translation

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


NEW_YEAR, LAST_DAY = dt.date(2027, 1, 1), dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("fr", "vendredi 1er janvier 2027", "jeu. 31 déc."),
        ("fr-simple", "vendredi 1er janvier 2027", "jeu. 31 déc."),
        ("en", "Friday 1 January 2027", "Thu 31 Dec."),
        ("es", "viernes 1 de enero de 2027", "jue 31 dic."),
        ("pt", "sexta-feira, 1 de janeiro de 2027", "qui 31 dez."),
        ("ar", "الجمعة 1 يناير 2027", "الخميس 31 ديسمبر"),
        ("uk", "п'ятниця, 1 січня 2027 р.", "чт, 31 грудня"),
    ],
)
def test_a_day_is_written_as_its_language_does(language, first, last):
    with translation.override(language):
        assert formats.long_day(NEW_YEAR, year=True) == first
        assert formats.short_day(LAST_DAY) == last


@pytest.mark.parametrize(
    ("language", "number", "percent", "hour"),
    [
        ("fr", "12\u202f345,6", "42\u202f%", "9\u00a0h\u00a005"),
        ("en", "12,345.6", "42%", "09:05"),
        ("es", "12.345,6", "42\u202f%", "09:05"),
        ("pt", "12.345,6", "42%", "09:05"),
        ("ar", "12.345,6", "42%", "09:05"),
        ("uk", "12\u202f345,6", "42\u202f%", "09:05"),
    ],
)
def test_a_number_is_written_as_its_language_does(language, number, percent, hour):
    with translation.override(language):
        assert formats.number(12345.6) == number
        assert formats.percent(42, 100) == percent
        assert formats.hour(dt.time(9, 5)) == hour


def test_arabic_has_its_own_comma_between_a_day_and_an_hour(now):
    with translation.override("ar"):
        assert formats.moment(dt.datetime(2026, 12, 3, 13, 30, tzinfo=dt.UTC)) == "الخميس 3 ديسمبر، 14:30"


def test_what_is_listed_has_the_comma_of_its_language():
    with translation.override("ar"):
        assert show("{{ day }}{% comma %}{{ names|listed }}", day="الخميس", names=["a", "b"]) == "الخميس، a، b"
    assert show("{{ names|listed }}", names=["a", "b"]) == "a, b"


@pytest.mark.parametrize(
    ("language", "label", "introduced"),
    [
        ("fr", "Téléphone", "Téléphone\u00a0:"),
        ("en", "Phone", "Phone:"),
        ("fr", "Quel numéro\u00a0?", "Quel numéro\u00a0?"),
        ("ar", "أي رقم؟", "أي رقم؟"),
    ],
)
def test_a_label_introduces_what_follows_as_its_language_does(language, label, introduced):
    with translation.override(language):
        assert show("{{ label|introduced }}", label=label) == introduced


@pytest.mark.parametrize(
    ("language", "minutes", "words"),
    [
        ("fr", 90, "1 h 30"),
        ("en", 1, "1 min"),
        ("ar", 5, "5 دقائق"),
        ("ar", 45, "45 دقيقة"),
        ("ar", 60, "ساعة واحدة"),
        ("ar", 120, "ساعتين"),
        ("ar", 180, "3 ساعات"),
        ("ar", 90, "ساعة واحدة و30 دقيقة"),
        ("uk", 90, "1 год 30 хв"),
        ("es", 90, "1 h 30 min"),
    ],
)
def test_a_duration_is_counted_as_its_language_does(language, minutes, words):
    with translation.override(language):
        assert formats.duration(minutes).replace(formats.NO_BREAK, " ") == words


def test_arabic_says_in_words_where_hours_begin():
    with translation.override("ar"):
        assert formats.hours(dt.time(8, 30), dt.time(17)).split() == ["من", "08:30", "إلى", "17:00"]


PLURALS = """{% load i18n %}{% blocktranslate trimmed count counter=n %}
{{ counter }} ordinateur en libre accès.{% plural %}{{ counter }} ordinateurs en libre accès.{% endblocktranslate %}"""


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("fr", [{0, 1}, {2, 5, 11, 21}]),
        ("ar", [{0}, {1}, {2}, {5}, {11, 21}]),
        ("uk", [{1, 21}, {2}, {0, 5, 11}]),
    ],
)
def test_each_number_has_the_plural_of_its_language(language, forms):
    """Numbers of one form share their words; those of different forms do not."""
    with translation.override(language):
        words = {n: show(PLURALS, n=n).replace(str(n), "#") for form in forms for n in form}
    assert all(len({words[n] for n in form}) == 1 for form in forms)
    assert len(set(words.values())) == len(forms)
