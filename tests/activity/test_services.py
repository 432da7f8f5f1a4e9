"""What the activity log takes, refuses and counts."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.enums import AgeBand, Gender, Source
from directory.models import BeneficiaryLink
from mediation.accounts.actor import Actor
from mediation.activity.enums import DemarcheTheme, Obstacle, PlaceKind, Theme
from mediation.activity.models import Activity, Assistance, Demarche
from mediation.activity.services import (
    Person,
    delete_activity,
    load_demarches,
    log_individual,
    log_workshop,
    update_activity,
)
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def log(cast):
    """Return a function that logs an individual help of Amina, with whatever a test changes."""

    def _log(**changes) -> Activity:
        usual = {
            "mediator": cast.amina_mediator,
            "day": TODAY,
            "duration_minutes": 30,
            "people": [Person()],
            "themes": [Theme.EMAIL],
            "by": Actor.at_desk(cast.amina),
            "site": cast.empalot,
        }
        return log_individual(**{**usual, **changes})

    return _log


def themes_of(activity):
    return set(activity.themes.values_list("theme", flat=True))


def test_copies_the_figures_of_that_day(cast, log):
    activity = log(people=[Person(beneficiary=cast.lucette)])
    cast.lucette.birth_year = None
    cast.lucette.save()
    helped = activity.assistances.get()
    assert (helped.age_band, helped.quartier, helped.commune) == (
        AgeBand.FROM_70,
        cast.empalot_quartier,
        cast.toulouse,
    )


def test_figures_stay_when_the_file_is_erased(cast, log):
    activity = log(people=[Person(beneficiary=cast.lucette)])
    cast.lucette.delete()
    assert activity.assistances.get().age_band == AgeBand.FROM_70


def test_raises_the_last_contact_of_the_person(cast, log):
    link = BeneficiaryLink.objects.filter(beneficiary=cast.lucette)
    link.update(last_contact_on=TODAY - dt.timedelta(days=400))
    log(people=[Person(beneficiary=cast.lucette)])
    assert link.get().last_contact_on == TODAY


def test_a_couple_is_one_accompagnement_per_person(cast, log):
    log(people=[Person(beneficiary=cast.lucette), Person()])
    assert (Activity.objects.count(), Assistance.objects.total()) == (1, 2)


def test_a_workshop_of_ten_is_one_activity_and_ten_accompagnements(cast):
    log_workshop(
        mediator=cast.amina_mediator,
        day=TODAY,
        duration_minutes=120,
        people=[Person(beneficiary=cast.lucette), Person(people=9)],
        themes=[Theme.BROWSING],
        by=Actor.at_desk(cast.amina),
        title="Premiers clics",
        site=cast.empalot,
    )
    assert (Activity.objects.count(), Assistance.objects.total()) == (1, 10)


def test_a_demarche_implies_its_theme_and_help_with_demarches(cast, log):
    assert themes_of(log(themes=[], demarches=[cast.caf])) == {Theme.ADMIN, DemarcheTheme.SOCIAL}


def test_a_theme_of_demarches_implies_help_with_demarches(log):
    assert themes_of(log(themes=[DemarcheTheme.HOUSING])) == {Theme.ADMIN, DemarcheTheme.HOUSING}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"themes": []}, "au moins un thème"),
        ({"themes": ["jardinage"]}, "Thème inconnu"),
        ({"obstacles": ["pluie"]}, "Frein inconnu"),
        ({"people": []}, "au moins une personne"),
        ({"day": TODAY + dt.timedelta(days=1)}, "pas encore venu"),
        ({"duration_minutes": 0}, "supérieure ou égale à 1"),
        ({"duration_minutes": 24 * 60}, "inférieure ou égale à 1439"),
        ({"site": None}, "dans quel lieu"),
        ({"notes": "son numéro 2 48 03 31 555 012 34"}, "numéro de sécurité sociale"),
    ],
)
def test_refuses(log, changes, says):
    with pytest.raises(ValidationError, match=says):
        log(**changes)
    assert not Activity.objects.exists()


def test_refuses_the_same_person_twice(cast, log):
    with pytest.raises(ValidationError, match="deux fois"):
        log(people=[Person(beneficiary=cast.lucette), Person(beneficiary=cast.lucette)])


def test_at_home_needs_no_site(log):
    assert log(site=None, place_kind=PlaceKind.HOME).place_kind == PlaceKind.HOME


def test_mending_keeps_the_figures_of_who_stays_and_replaces_the_anonymous(cast, log):
    activity = log(people=[Person(beneficiary=cast.lucette), Person(people=3)], obstacles=[Obstacle.SCANNER])
    cast.lucette.gender = Gender.FEMALE
    cast.lucette.save()
    update_activity(
        activity=activity,
        by=Actor.at_desk(cast.amina),
        people=[Person(beneficiary=cast.lucette), Person(people=2, gender=Gender.MALE)],
        themes=[Theme.OFFICE],
        duration_minutes=60,
    )
    activity.refresh_from_db()
    assert activity.duration_minutes == 60
    assert themes_of(activity) == {Theme.OFFICE}
    assert not activity.obstacles.exists()
    assert set(activity.assistances.values_list("people", "gender")) == {(1, Gender.UNKNOWN), (2, Gender.MALE)}


def test_a_refused_change_changes_nothing(cast, log):
    activity = log()
    with pytest.raises(ValidationError):
        update_activity(
            activity=activity, by=Actor.at_desk(cast.amina), people=[Person()], themes=[], duration_minutes=60
        )
    assert Activity.objects.get().duration_minutes == 30


def test_deleting_leaves_the_file_and_a_trace(cast, log):
    activity = log(people=[Person(beneficiary=cast.lucette)])
    delete_activity(activity=activity, by=Actor.at_desk(cast.amina))
    assert not Assistance.objects.exists()
    cast.lucette.refresh_from_db()
    deleted = JournalEntry.objects.filter(action=JournalEntry.Action.DELETE, subject_uid=activity.uid)
    assert deleted.get().user_uid == cast.amina.uid


def test_counts_the_declared_source_only(cast, log):
    here = log()
    paul = {"mediator": cast.paul_mediator, "by": Actor.at_desk(cast.paul), "site": cast.bellefontaine}
    kept = log(**paul)
    assert list(Activity.objects.counted()) == [here]
    assert list(Activity.objects.overlapping()) == [kept]


def test_a_declared_period_wins_over_the_organisation(cast, log):
    activity = log()
    cast.amina_mediator.declared_sources.create(source=Source.COOP, starts_on=TODAY)
    assert list(Activity.objects.overlapping()) == [activity]


def test_the_catalogue_loads_twice_without_doubling(cast):
    first = load_demarches()
    again = load_demarches()
    assert first["created"] >= 37
    assert again["created"] == 0
    assert Demarche.objects.filter(search_words__contains="passeport").exists()
