"""« Pour savoir où trouver de l’aide, tapez 3 »."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.enums import AccessMode
from sites.models import Closure, Site
from tests.cast import TODAY

LIBRARY = "Médiathèque Empalot. 40 avenue Jean Moulin, Toulouse. 05, 36, 49, 00, 03."


@pytest.fixture
def nearby(call):
    """Somebody of Empalot who asks where to go."""
    caller = call()
    caller.press("3")
    caller.press("31400")
    return caller


def test_the_nearest_place_is_said_with_its_hours(nearby):
    assert nearby.heard == [
        LIBRARY,
        "Aujourd’hui, ouvert de 10 heures à 18 heures.",
        "Pour le lieu suivant, tapez 2.",
        "Pour revenir au début, tapez 1.",
    ]


def test_the_next_one_follows_and_the_last_one_has_none(nearby):
    heard = nearby.press("2")
    assert heard[0] == "Centre social Bellefontaine. 1 allée Jean Griffon, Toulouse."
    assert heard[1] == "Aujourd’hui, ouvert de 9 heures à 12 heures, de 14 heures à 18 heures."
    assert heard[2:] == ["Pour revenir au début, tapez 1."]
    assert nearby.press("2")[0] == "Cette touche ne correspond à aucun choix."
    assert nearby.press("1")[0].startswith("Bonjour")


def test_hours_that_are_over_and_closures_say_when_it_opens_again(call, cast, at_night):
    caller = call()
    caller.press("3")
    assert caller.press("31400")[1] == "Fermé en ce moment. Ouvre mercredi 2 décembre à 10 heures."
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY.replace(day=3), reason="travaux")
    assert caller.press("9")[1] == "Fermé en ce moment. Ouvre vendredi 4 décembre à 10 heures."


def test_unknown_hours_are_said_to_be(call, cast):
    Site.objects.update(opening_hours="")
    caller = call()
    caller.press("3")
    assert caller.press("31400")[1] == "Je ne connais pas ses horaires."


def test_places_that_receive_nobody_are_left_out(call, cast):
    Site.objects.filter(pk=cast.empalot.pk).update(access_modes=[AccessMode.NO_PUBLIC])
    Site.objects.filter(pk=cast.bellefontaine.pk).update(is_published=False)
    caller = call()
    caller.press("3")
    assert caller.press("31400")[0] == "Je ne trouve pas de lieu."
    assert caller.rings


def test_twenty_places_cost_as_much_as_two(call, cast):
    def ask() -> int:
        caller = call()
        caller.press("3")
        with CaptureQueriesContext(connection) as queries:
            caller.press("31400")
        return len(queries)

    few = ask()
    for number in range(20):
        cast.empalot.pk, cast.empalot.national_id = None, f"place-{number}"
        cast.empalot.uid = Site._meta.get_field("uid").get_default()
        cast.empalot.save(force_insert=True)
    assert ask() == few
