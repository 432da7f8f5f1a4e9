"""Rules of opening periods and absences, in the words that people use."""

import datetime as dt

import pytest

from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.expansion import Repetition
from helpdesk.wording import rule_in_words
from mediation.kernel.formats import NO_BREAK
from mediation.territory.selectors import SchoolCalendar
from tests.cast import TODAY

pytestmark = pytest.mark.usefixtures("now")

NINE_TO_NOON = f"9{NO_BREAK}h{NO_BREAK}–{NO_BREAK}12{NO_BREAK}h"


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"recurrence": Recurrence.ONCE}, f"Le mardi 1er décembre 2026, {NINE_TO_NOON}"),
        ({}, f"Tous les mardis, {NINE_TO_NOON}"),
        ({"interval_weeks": 2}, f"Un mardi sur deux, {NINE_TO_NOON}"),
        ({"interval_weeks": 3}, f"Un mardi toutes les 3 semaines, {NINE_TO_NOON}"),
        (
            {"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.FIRST},
            f"Le 1er mardi du mois, {NINE_TO_NOON}",
        ),
        (
            {"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.LAST},
            f"Le dernier mardi du mois, {NINE_TO_NOON}",
        ),
        (
            {
                "recurrence": Recurrence.MONTHLY,
                "month_week": MonthWeek.SECOND,
                "outside_school_holidays": True,
                "last_day": dt.date(2027, 6, 30),
            },
            f"Le 2e mardi du mois, {NINE_TO_NOON}, sauf vacances scolaires, jusqu’au 30 juin 2027",
        ),
        (
            {"outside_school_holidays": True},
            f"Tous les mardis, {NINE_TO_NOON}, sauf vacances scolaires (à vérifier après le 31 août 2027)",
        ),
        ({"first_day": dt.date(2027, 1, 5)}, f"Tous les mardis, {NINE_TO_NOON}, à partir du 5 janvier 2027"),
        (
            {"skipped_days": frozenset({dt.date(2026, 12, 8), dt.date(2026, 11, 3)})},
            f"Tous les mardis, {NINE_TO_NOON}, sauf le mar. 8 déc.",
        ),
        (
            {"skipped_days": frozenset({dt.date(2026, 12, 8), dt.date(2026, 12, 15)})},
            f"Tous les mardis, {NINE_TO_NOON}, sauf 2 jours",
        ),
    ],
)
def test_a_rule_is_said_as_one_says_it(how, words):
    rule = Repetition(**{"recurrence": Recurrence.WEEKLY, "first_day": TODAY, **how})
    # In a year whose calendar ends in August, what lasts longer must be checked.
    if "à vérifier" in words:
        school = SchoolCalendar(periods=((dt.date(2026, 10, 17), dt.date(2027, 8, 31)),))
    else:
        school = SchoolCalendar(periods=((dt.date(2026, 10, 17), dt.date(2028, 8, 31)),))
    assert rule_in_words(rule, NINE_TO_NOON, school) == words
