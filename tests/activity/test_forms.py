"""The short form: nothing but a theme has to be touched."""

import pytest
from django.http import QueryDict

from mediation.accounts.actor import Actor
from mediation.activity.enums import ActivityKind, DemarcheTheme, PlaceKind, Theme
from mediation.activity.forms import ActivityForm
from mediation.activity.services import Person, log_individual
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def typed(form, **changes):
    """Return what a browser sends for an untouched form, but for ``changes``."""
    data = QueryDict(mutable=True)
    for field in form:
        value = changes.get(field.name, field.value())
        values = value if isinstance(value, list) else [] if value is None else [value]
        data.setlist(field.html_name, [str(one) for one in values])
    return data


@pytest.fixture
def fill(cast):
    def _fill(*, kind=ActivityKind.INDIVIDUAL, activity=None, people_known=False, initial=None, **changes):
        options = {"mediator": cast.amina_mediator, "user": cast.amina, "kind": kind, "activity": activity}
        options |= {"people_known": people_known, "initial": initial}
        return ActivityForm(typed(ActivityForm(**options), **changes), **options)

    return _fill


def test_a_theme_is_enough(cast, fill):
    form = fill(themes=[Theme.EMAIL])
    assert form.is_valid(), form.errors
    what = form.what()
    assert (what["day"], what["duration_minutes"], what["site"]) == (TODAY, 30, cast.empalot)
    assert form.people() == [Person()]


def test_without_theme_says_so(fill):
    assert "au moins un thème" in str(fill().errors["themes"])


def test_a_demarche_is_enough(cast, fill):
    form = fill(demarches=[cast.caf.uid])
    assert form.is_valid(), form.errors
    assert list(form.what()["demarches"]) == [cast.caf]


def test_a_person_on_file_counts_for_one_and_no_anonymous(cast, fill):
    form = fill(themes=[Theme.EMAIL], beneficiaries=[cast.lucette.uid])
    assert form.is_valid(), form.errors
    assert form.people() == [Person(beneficiary=cast.lucette)]


def test_people_of_others_cannot_be_chosen(cast, fill):
    form = fill(themes=[Theme.EMAIL], beneficiaries=[cast.hassan.uid])
    assert "beneficiaries" in form.errors


def test_search_finds_only_people_the_user_helps(cast, fill):
    assert fill(search="fabre").matches() == [cast.lucette]
    assert fill(search="idrissi").matches() == []
    chosen = fill(search="fabre", beneficiaries=[cast.lucette.uid])
    assert (chosen.matches(), chosen.found_nobody) == ([], False)
    assert fill(search="idrissi").found_nobody


def test_an_anonymous_person_may_say_a_commune(cast, fill):
    form = fill(themes=[Theme.EMAIL], commune="31400", age_band="60_69")
    assert form.is_valid(), form.errors
    assert form.people() == [Person(commune=cast.toulouse, age_band="60_69")]
    assert "commune" in fill(themes=[Theme.EMAIL], commune="Lutèce").errors


def test_another_duration(fill):
    assert fill(themes=[Theme.EMAIL], duration="other", duration_other=75).is_valid()
    assert "duration_other" in fill(themes=[Theme.EMAIL], duration="other").errors


def test_at_home(fill):
    form = fill(themes=[Theme.EMAIL], place=PlaceKind.HOME)
    assert form.is_valid()
    assert (form.what()["site"], form.what()["place_kind"]) == (None, PlaceKind.HOME)


def test_of_an_appointment_everything_but_the_theme_is_known(cast, fill):
    initial = {"site": cast.bellefontaine, "duration_minutes": 50, "themes": [Theme.ADMIN]}
    form = fill(people_known=True, initial=initial)
    assert form.is_valid(), form.errors
    assert "beneficiaries" not in form.fields
    assert (form.what()["site"], form.what()["duration_minutes"]) == (cast.bellefontaine, 50)


def test_a_workshop_asks_its_name(fill):
    assert "title" in fill(kind=ActivityKind.WORKSHOP, themes=[Theme.EMAIL], anonymous=8).errors
    form = fill(kind=ActivityKind.WORKSHOP, themes=[Theme.EMAIL], anonymous=8, title="Premiers clics")
    assert form.is_valid(), form.errors
    assert form.people() == [Person(people=8)]
    assert "autonomy" not in form.what()


def test_proposes_first_what_the_mediator_does_most(cast, fill):
    for themes in ([Theme.JOBS], [Theme.JOBS, Theme.AI]):
        log_individual(
            mediator=cast.amina_mediator,
            day=TODAY,
            duration_minutes=30,
            people=[Person()],
            themes=themes,
            by=Actor.at_desk(cast.amina),
            site=cast.empalot,
        )
    assert [value for value, _label in fill().fields["themes"].choices][:2] == [Theme.JOBS, Theme.AI]


def test_editing_says_what_stands(cast, fill):
    activity = log_individual(
        mediator=cast.amina_mediator,
        day=TODAY,
        duration_minutes=75,
        people=[Person(beneficiary=cast.lucette), Person(people=2, gender="female")],
        themes=[DemarcheTheme.HOUSING],
        next_time_alone=True,
        by=Actor.at_desk(cast.amina),
        site=cast.bellefontaine,
    )
    form = fill(activity=activity)
    assert form.is_valid(), form.errors
    what = form.what()
    assert (what["duration_minutes"], what["site"], what["next_time_alone"]) == (75, cast.bellefontaine, True)
    assert set(what["themes"]) == {Theme.ADMIN, DemarcheTheme.HOUSING}
    assert form.people() == [Person(beneficiary=cast.lucette), Person(people=2, gender="female")]
