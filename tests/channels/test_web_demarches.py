"""One place and one démarche, as residents read them: closures, usual hours, nearest help, other languages."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import translation

from mediation.activity.models import Demarche
from mediation.activity.services import load_demarches
from mediation.channels.web.selectors import demarches as selectors
from mediation.territory.models import Quartier
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def text_of(client, name: str, *args, query: str = "") -> str:
    answer = client.get(reverse(f"web:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def rsa(cast) -> Demarche:
    """Another démarche of the CAF."""
    return Demarche.objects.create(
        slug="rsa", name="RSA", public_body=cast.caf.public_body, theme=cast.caf.theme, level=cast.caf.level
    )


def test_a_closure_to_come_is_said_with_its_reason(client, cast):
    day = dt.timedelta(days=1)
    cast.empalot.closures.create(starts_on=TODAY + 20 * day, ends_on=TODAY + 23 * day, reason="Inventaire")
    cast.empalot.closures.create(starts_on=TODAY + 90 * day, ends_on=TODAY + 91 * day, reason="Travaux")
    text = " ".join(text_of(client, "place", cast.empalot.uid).split())
    assert "Fermé du lundi 21 décembre au jeudi 24 décembre (Inventaire)." in text
    assert "Travaux" not in text


def test_the_leaflet_says_the_usual_hours_not_those_of_this_week(client, cast):
    cast.empalot.opening_hours = "Mo-Fr 09:00-12:00; Sa 10:00-12:00"
    cast.empalot.save()
    cast.empalot.closures.create(starts_on=TODAY, ends_on=TODAY, reason="Inventaire")
    leaflet = " ".join(text_of(client, "place", cast.empalot.uid).split('class="leaflet ')[1].split())
    assert "<dt>lundi à vendredi</dt>" in leaflet
    assert "<dt>samedi</dt>" in leaflet
    assert "<dt>dimanche</dt>" in leaflet


@pytest.mark.parametrize(
    ("step_free", "words"),
    [(True, "sans marche."), (False, "Il y a des marches"), (None, "Nous ne savons pas si")],
)
def test_the_way_in_is_said_whatever_is_known(client, cast, step_free, words):
    cast.empalot.step_free = step_free
    cast.empalot.save()
    assert words in text_of(client, "place", cast.empalot.uid)


def test_the_way_there_follows_nobody(client, cast):
    text = text_of(client, "place", cast.empalot.uid)
    assert f"openstreetmap.org/directions?to={cast.empalot.latitude}%2C{cast.empalot.longitude}" in text
    assert 'rel="noopener noreferrer"' in text


def test_related_demarches_are_of_the_same_kind(client, cast, rsa):
    assert reverse("web:demarche", args=["rsa"]) in text_of(client, "demarche", "caf")
    rsa.is_active = False
    rsa.save()
    assert reverse("web:demarche", args=["rsa"]) not in text_of(client, "demarche", "caf")


def test_the_nearest_help_is_that_of_the_quartier_one_says(client, cast):
    Quartier.objects.filter(pk=cast.empalot_quartier.pk).update(short_name="Empalot")
    slug = Quartier.objects.get(pk=cast.empalot_quartier.pk).slug
    first = selectors.help_near(cast.admin_help, None)
    assert all(kilometres is None for _slot, kilometres in first)
    near = selectors.help_near(cast.admin_help, Quartier.objects.get(pk=cast.empalot_quartier.pk))
    assert near[0][0].site == cast.empalot
    assert near[0][1] is not None
    assert " km" in text_of(client, "demarche", "caf", query=f"?quartier={slug}")
    assert " km</bdi>" not in text_of(client, "demarche", "caf", query="?quartier=atlantis")


def test_a_demarche_is_found_by_its_name_in_the_language_of_the_page(client, cast, monkeypatch):
    names = {cast.caf.name: "CAF: допомога на житло"}
    monkeypatch.setattr(selectors, "gettext", lambda text: names.get(text, text))
    with translation.override("uk"):
        assert cast.caf.slug in text_of(client, "demarches", query="?text=житло")
        assert "line-links" not in text_of(client, "demarches", query="?text=пенсія")
    assert "line-links" not in text_of(client, "demarches", query="?text=житло")


def found(client, text: str) -> list[str]:
    """Return what a search finds among the démarches that are shipped, in the order of the page."""
    return re.findall(
        r'href="/demarches/([^"/]+)/"', client.get(reverse("web:demarches"), {"text": text}).content.decode()
    )


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("aide CAF Empalot", "CAF"),
        ("payer mes impôts", "Impôts"),
        ("PAYER MES IMPOTS TOULOUSE", "Impôts"),
        ("déclarer mes impôts à Empalot", "Impôts"),
        ("refaire ma carte d’identité", "Carte d’identité"),
        ("refaire ma carte d'identité", "Carte d’identité"),
        ("comment faire les cartes grises", "Carte grise"),
        ("demande de logement social", "Demande de logement social"),
        ("l’aide juridictionnelle", "Aide juridictionnelle"),
        ("demander le RSA", "CAF"),
        ("HLM", "Demande de logement social"),
        ("mes points de permis", "Permis de conduire"),
    ],
)
def test_a_search_in_whole_sentences_finds_the_best_first(client, cast, text, best):
    load_demarches()
    slugs = found(client, text)
    assert slugs, text
    name = Demarche.objects.get(slug=slugs[0]).name.replace("\u00a0", " ").replace("\u202f", " ")
    assert name.startswith(best), slugs


def test_little_words_alone_do_not_find_everything_nor_a_word_in_another(client, cast):
    load_demarches()
    assert 0 < len(found(client, "aide")) < Demarche.objects.active().count()
    assert found(client, "zzz de la") == []
    assert found(client, "ass") == [], "the beginning of assurance"


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_demarche_or_twenty(client, cast, rows, django_assert_num_queries):
    for number in range(rows):
        Demarche.objects.create(
            slug=f"d-{number}", name=f"D {number}", public_body="CAF", theme=cast.caf.theme, level=cast.caf.level
        )
    with django_assert_num_queries(2):
        client.get(reverse("web:demarches"))
