"""What search engines read: titles, addresses in each language, structured data, the site map."""

import html
import json
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation

from mediation.accounts.actor import Actor, Door
from sites.models import Site
from tests.cast import at
from workshops.services import open_workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def workshop(cast):
    """A public workshop at Empalot, tomorrow."""
    return open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers pas </script><script>alert(1)</script>",
        starts_at=at(14, days=1),
        ends_at=at(16, days=1),
        capacity=8,
        by=Actor(door=Door.COMMAND),
    )


def text_of(client, name, *args) -> str:
    answer = client.get(reverse(f"web:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def data_of(text: str) -> list[dict]:
    (found,) = DATA.findall(text)
    data = json.loads(found)
    return data if isinstance(data, list) else [data]


def head_of(text: str, tag: str) -> str:
    pattern = {"title": r"<title>(.*?)</title>", "description": r'name="description" content="(.*?)"'}[tag]
    return " ".join(re.search(pattern, text, re.DOTALL).group(1).split())


def test_help_for_the_caf_at_empalot_is_found_by_these_words(client, cast):
    text = text_of(client, "quartier", cast.empalot_quartier.slug)
    for word in ("Aide", "CAF", "Empalot"):
        assert word in head_of(text, "title")
    assert "impôts" in head_of(text, "description")
    assert "Médiathèque Empalot" in text
    assert "Centre social Bellefontaine" not in text
    assert data_of(text)[0]["itemListElement"][0]["name"] == "Médiathèque Empalot"


def test_pages_differ_by_title_and_description(client, cast, workshop):
    names = ("home", "places", "quartiers", "demarches", "workshops", "legal", "privacy", "accessibility")
    texts = [text_of(client, name) for name in names] + [text_of(client, "workshop", workshop.uid)]
    for part in ("title", "description"):
        assert len({head_of(text, part) for text in texts}) == len(texts), part


def test_the_network_and_a_workshop_say_what_they_are(client, cast, workshop):
    (network,) = data_of(text_of(client, "home"))
    assert (network["@type"], network["telephone"]) == ("GovernmentOrganization", "+33536490000")
    (event,) = data_of(text_of(client, "workshop", workshop.uid))
    assert (event["@type"], event["name"]) == ("Event", workshop.title)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("places", "CollectionPage"),
        ("quartiers", "CollectionPage"),
        ("demarches", "CollectionPage"),
        ("workshops", "CollectionPage"),
        ("legal", "WebPage"),
        ("privacy", "WebPage"),
        ("accessibility", "WebPage"),
    ],
)
def test_a_page_of_no_one_thing_says_its_title_and_description(client, cast, name, kind):
    text = text_of(client, name)
    (page,) = data_of(text)
    assert page["@type"] == kind
    assert page["url"] == f"http://testserver{reverse(f'web:{name}')}"
    assert html.unescape(head_of(text, "title")).startswith(" ".join(page["name"].split()))
    assert html.unescape(head_of(text, "description")) == page["description"]
    assert "<" not in page["name"] + page["description"]
    assert page["isPartOf"]["@type"] == "WebSite"


def test_what_is_not_searched_says_nothing_of_itself(client, cast):
    assert not DATA.findall(text_of(client, "book"))
    assert not DATA.findall(client.get("/lieux/quartier/atlantis/").content.decode())


def test_every_public_page_says_its_one_address_and_those_in_other_languages(client, cast):
    address = reverse("web:place", args=[cast.empalot.uid])
    # What a request speaks, its thread goes on speaking.
    with translation.override("fr"):
        text = client.get(f"/es{address}?from=nowhere").content.decode()
    assert f'<link rel="canonical" href="http://testserver/es{address}">' in text
    alternates = dict(re.findall(r'<link rel="alternate"\s+hreflang="([^"]+)"\s+href="([^"]+)"', text))
    assert len(alternates) == 8
    assert alternates["x-default"] == alternates["fr"] == f"http://testserver{address}"
    assert alternates["fr-x-simple"] == f"http://testserver/fr-simple{address}"
    assert alternates["ar"] == f"http://testserver/ar{address}"


def test_pages_of_one_person_are_not_searched(client, cast):
    for name in ("book", "call_back", "appointment"):
        assert '<meta name="robots" content="noindex">' in text_of(client, name)
    assert '<meta name="robots" content="index">' in text_of(client, "home")


def test_a_place_says_where_when_and_what(client, cast, workshop):
    place, *rest = data_of(text_of(client, "place", cast.empalot.uid))
    assert place["@type"] == "CivicStructure"
    assert place["address"]["postalCode"] == cast.empalot.postcode
    tuesday = [day for day in place["specialOpeningHoursSpecification"] if day["validFrom"] == "2026-12-01"]
    assert tuesday
    assert all(re.fullmatch(r"\d\d:\d\d", day[end]) for day in tuesday for end in ("opens", "closes"))
    (event,) = [data for data in rest if data["@type"] == "Event"]
    assert event["startDate"] == "2026-12-02T14:00:00+01:00"
    assert event["location"]["name"] == "Médiathèque Empalot"


def test_what_people_write_does_not_end_the_data(client, cast, workshop):
    text = text_of(client, "place", cast.empalot.uid)
    assert "<script>alert" not in text
    titles = {data.get("name") for data in data_of(text)}
    assert workshop.title in titles


def test_a_day_on_which_the_place_is_shut_opens_and_closes_at_midnight(client, cast):
    cast.empalot.closures.create(starts_on=at(9).date(), ends_on=at(9).date(), reason="inventaire")
    text = text_of(client, "place", cast.empalot.uid)
    (tuesday,) = [
        day for day in data_of(text)[0]["specialOpeningHoursSpecification"] if day["validFrom"] == "2026-12-01"
    ]
    assert (tuesday["opens"], tuesday["closes"]) == ("00:00", "00:00")


def test_a_demarche_is_a_public_service_in_the_language_of_the_page(client, cast):
    (data,) = data_of(text_of(client, "demarche", "caf"))
    assert data["@type"] == "GovernmentService"
    assert data["serviceOperator"]["name"] == cast.caf.public_body
    with translation.override("en"):
        assert "/en/" in data_of(text_of(client, "demarche", "caf"))[0]["url"]


def test_the_title_of_a_demarche_is_short(client, cast):
    cast.caf.name, cast.caf.public_body = "CAF\u00a0: RSA", "Caisse d’allocations familiales (CAF)"
    cast.caf.save()
    title = head_of(text_of(client, "demarche", "caf"), "title")
    assert title == "CAF : RSA – se faire aider à Toulouse – Toulouse numérique ensemble"


def test_the_site_map_lists_what_is_public_in_every_language(client, cast, workshop):
    Site.objects.filter(pk=cast.bellefontaine.pk).update(is_published=False)
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    found = {node.text for node in ElementTree.fromstring(answer.content).iter(LOC)}
    empalot = reverse("web:place", args=[cast.empalot.uid])
    assert {f"http://testserver{empalot}", f"http://testserver/uk{empalot}"} <= found
    assert f"http://testserver{reverse('web:workshop', args=[workshop.uid])}" in found
    assert f"http://testserver{reverse('web:quartier', args=[cast.empalot_quartier.slug])}" in found
    assert f"http://testserver{reverse('web:demarche', args=['caf'])}" in found
    assert not any(str(cast.bellefontaine.uid) in address or "/agent/" in address for address in found)


def test_robots_are_told_what_not_to_read(client, cast):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    for path in ("/agent/", "/mon-rendez-vous/", "/*/mon-rendez-vous/"):
        assert f"Disallow: {path}\n" in text


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/lieux/quartiers.json"])
def test_nothing_is_kept_longer_than_a_minute(client, cast, path):
    assert int(re.search(r"max-age=(\d+)", client.get(path)["Cache-Control"]).group(1)) <= 60


def test_an_unknown_quartier_is_nowhere(client, cast):
    assert client.get("/lieux/quartier/atlantis/").status_code == 404
