"""Pages about places: what they show, who may change what."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from directory.enums import Role
from directory.models import Membership
from mediation.accounts.models import User
from sites.enums import Service, WorkstationState
from sites.models import Closure, Site, Workstation
from tests.cast import TODAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def partner_admin(cast: Cast) -> User:
    """An administrator of the partner alone."""
    user = User.objects.create_user("nora@example.org", "une phrase de passe", first_name="Nora", last_name="Petit")
    Membership.objects.create(user=user, organisation=cast.partner, role=Role.ADMINISTRATOR)
    return user


def posted(site: Site, **changes) -> dict:
    """Return what the form of a place sends, as a browser would, with some answers changed."""
    client = Client()
    client.force_login(User.objects.get(email="admin@example.org"))
    form = client.get(reverse("sites:edit", args=[site.uid])).context["form"]
    data = {}
    for field in form:
        value = field.value()
        if value not in (None, False, [], ""):
            data[field.html_name] = [getattr(item, "pk", item) for item in value] if isinstance(value, list) else value
    return {**data, **changes}


def add_places(cast: Cast, number: int) -> None:
    """Add places with a computer, a closure and a mediator each."""
    for rank in range(number):
        site = Site.objects.create(
            national_id=f"more-{rank}",
            name=f"Lieu {rank}",
            address="1 rue",
            postcode="31000",
            commune_name="Toulouse",
            organisation=cast.mairie,
            quartier=cast.empalot_quartier,
            opening_hours="Mo-Fr 09:00-12:00; SH off",
        )
        Workstation.objects.create(site=site, label="Poste 1")
        Closure.objects.create(site=site, starts_on=TODAY, ends_on=TODAY)
        site.mediators.add(cast.amina_mediator)


@pytest.mark.parametrize("page", ["sites:list", "sites:workstations"])
def test_lists_cost_the_same_for_one_row_or_twenty(cast, sign_in, page, django_assert_max_num_queries):
    client = sign_in(cast.claire)
    client.get(reverse(page))
    with django_assert_max_num_queries(40) as few:
        assert client.get(reverse(page)).status_code == 200
    add_places(cast, 20)
    with django_assert_max_num_queries(len(few)):
        assert client.get(reverse(page)).status_code == 200


def test_list_says_what_is_open_and_free(cast, sign_in):
    page = sign_in(cast.claire).get(reverse("sites:list")).content.decode()
    assert "ouvre à 10\xa0h" in page
    assert "1 sur 1" in page
    assert reverse("sites:sheet", args=[cast.empalot.uid]) in page


def test_list_is_filtered_in_its_address_and_exported_as_it_stands(cast, sign_in):
    client = sign_in(cast.claire)
    page = client.get(reverse("sites:list"), {"text": "mediatheque jean-moulin"}).content.decode()
    assert "Médiathèque Empalot" in page
    assert "Centre social Bellefontaine" not in page
    file = client.get(reverse("sites:list"), {"text": "bellefontaine", "export": "csv"})
    assert file["Content-Type"].startswith("text/csv")
    assert "Médiathèque" not in file.content.decode()
    assert "Bellefontaine" in file.content.decode()


def test_every_agent_reads_the_sheet_of_every_place(cast, sign_in):
    Closure.objects.create(site=cast.bellefontaine, starts_on=TODAY, ends_on=TODAY, reason="travaux")
    page = sign_in(cast.claire).get(reverse("sites:sheet", args=[cast.bellefontaine.uid])).content.decode()
    for shown in ("1 allée Jean Griffon", "fermé (travaux)", "Paul Rivière", "centre social Bellefontaine"):
        assert shown in page
    assert reverse("sites:edit", args=[cast.bellefontaine.uid]) not in page


def test_residents_and_strangers_are_sent_to_sign_in(cast, client):
    for url in (reverse("sites:list"), cast.empalot.get_absolute_url(), reverse("sites:import")):
        assert client.get(url).status_code == 302


def test_only_administrators_of_the_place_change_it(cast, sign_in, partner_admin):
    edit, add = (
        reverse("sites:edit", args=[cast.empalot.uid]),
        reverse("sites:workstation_add", args=[cast.empalot.uid]),
    )
    for user in (cast.claire, cast.amina, cast.sofia):
        assert sign_in(user).get(edit).status_code == 403
    assert sign_in(partner_admin).get(edit).status_code == 404
    assert sign_in(partner_admin).get(add).status_code == 404
    assert sign_in(partner_admin).get(reverse("sites:edit", args=[cast.bellefontaine.uid])).status_code == 200
    assert sign_in(partner_admin).get(reverse("sites:import")).status_code == 403
    assert sign_in(cast.admin).get(edit).status_code == 200


def test_a_correction_is_kept_and_the_quartier_found_again(cast, sign_in):
    data = posted(
        cast.empalot, name="Médiathèque d’Empalot", latitude="43.9", phone="05 36 49 00 09", services=[Service.ACCESS]
    )
    response = sign_in(cast.admin).post(reverse("sites:edit", args=[cast.empalot.uid]), data)
    assert response.status_code == 302, response.context["form"].errors
    cast.empalot.refresh_from_db()
    assert cast.empalot.name == "Médiathèque d’Empalot"
    assert cast.empalot.phone == "+33536490009"
    assert cast.empalot.quartier is None
    assert cast.empalot.updated_on == TODAY
    assert {"name", "phone", "latitude"} <= set(cast.empalot.edited_fields)
    assert cast.empalot.opening_hours == "Tu-Sa 10:00-18:00"
    assert list(cast.empalot.mediators.all()) == [cast.amina_mediator]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("opening_hours", "de 9 h à midi", "Ces horaires ne se lisent pas"),
        ("short_name", "forêt de façades", "48 caractères simples"),
        ("phone", "05 36", "Ce numéro n’est pas complet"),
        ("emails", "accueil", "e-mail"),
        ("longitude", "", "vont ensemble"),
        ("services", [], "au moins un service"),
    ],
)
def test_the_form_says_what_is_wrong(cast, sign_in, field, value, words):
    data = posted(cast.empalot, **{"services": [Service.ACCESS], field: value})
    page = sign_in(cast.admin).post(reverse("sites:edit", args=[cast.empalot.uid]), data)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_new_place_gets_an_identifier_a_quartier_and_a_name_for_messages(cast, sign_in):
    data = {
        "name": "Tiers-lieu de la Forêt",
        "organisation": cast.mairie.pk,
        "address": "2 rue des Lilas",
        "postcode": "31400",
        "commune_name": "Toulouse",
        "latitude": "43.58",
        "longitude": "1.44",
        "pivot": "00000000000000",
        "step_free": "True",
    }
    response = sign_in(cast.admin).post(reverse("sites:create"), data)
    assert response.status_code == 302, response.context["form"].errors
    site = Site.objects.get(name="Tiers-lieu de la Forêt")
    assert site.quartier == cast.empalot_quartier
    assert site.short_name == "Tiers-lieu de la Foret"
    assert site.national_id == str(site.uid)
    assert site.step_free is True


def test_a_place_is_shown_to_the_public_once_it_offers_something(cast, sign_in):
    client, url = sign_in(cast.admin), reverse("sites:publication", args=[cast.empalot.uid])
    client.post(url)
    cast.empalot.refresh_from_db()
    assert not cast.empalot.is_published
    page = client.post(url, {"visible": "1"}, follow=True).content.decode()
    assert "Indiquez d’abord au moins un service" in page
    Site.objects.filter(pk=cast.empalot.pk).update(services=[Service.ACCESS])
    client.post(url, {"visible": "1"})
    cast.empalot.refresh_from_db()
    assert cast.empalot.is_published


def test_closures_are_announced_and_taken_back(cast, sign_in):
    client, url = sign_in(cast.admin), reverse("sites:closure_add", args=[cast.empalot.uid])
    wrong = client.post(url, {"starts_on": "2026-12-03", "ends_on": "2026-12-02"})
    assert "doit finir après son début" in wrong.content.decode()
    client.post(url, {"starts_on": "2026-12-01", "ends_on": "2026-12-02", "reason": "inventaire"})
    page = client.get(cast.empalot.get_absolute_url()).content.decode()
    assert "fermé (inventaire)" in page
    assert "Fermé · ouvre jeu. 3 déc., 10\xa0h" in page
    closure = cast.empalot.closures.get()
    client.post(reverse("sites:closure_remove", args=[cast.bellefontaine.uid, closure.pk]))
    assert cast.empalot.closures.exists()
    client.post(reverse("sites:closure_remove", args=[cast.empalot.uid, closure.pk]))
    assert not cast.empalot.closures.exists()


def test_one_tap_changes_the_state_of_a_computer(cast, sign_in, now):
    url = reverse("sites:workstation_state", args=[cast.workstation.uid])
    answer = sign_in(cast.claire).post(url, {"state": "broken"}, headers={"HX-Request": "true"})
    assert "En panne" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    cast.workstation.refresh_from_db()
    assert cast.workstation.state == WorkstationState.BROKEN
    assert cast.workstation.state_changed_at == dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)


def test_the_state_changes_without_javascript_and_leads_back(cast, sign_in):
    url = reverse("sites:workstation_state", args=[cast.workstation.uid])
    client = sign_in(cast.claire)
    sheet = cast.empalot.get_absolute_url()
    assert client.post(url, {"state": "in_use", "next": sheet}).url == sheet
    for elsewhere in ("https://ailleurs.example/", "//ailleurs.example/", "ailleurs", ""):
        assert client.post(url, {"state": "free", "next": elsewhere}).url == reverse("sites:workstations"), elsewhere
    assert client.post(url, {"state": "molten"}).status_code == 400


def rows_of(client: Client, **query: object) -> set[str]:
    """Return which computers the list shows, by place and name."""
    table = client.get(reverse("sites:workstations"), query).context["table"]
    return {f"{row.record.site.name}, {row.record.label}" for row in table.rows}


def test_the_list_of_computers_begins_with_one_s_own_places(cast, sign_in):
    Workstation.objects.create(site=cast.bellefontaine, label="Poste 1")
    elsewhere = Site.objects.create(
        national_id="x", name="Mairie annexe", address="1 rue", postcode="31000", commune_name="Toulouse"
    )
    Site.objects.filter(pk=elsewhere.pk).update(organisation=cast.mairie, quartier=cast.empalot_quartier)
    Workstation.objects.create(site=elsewhere, label="Poste 1")
    empalot, bellefontaine, annexe = (
        f"{name}, Poste 1" for name in ("Médiathèque Empalot", "Centre social Bellefontaine", "Mairie annexe")
    )
    for user, own in ((cast.amina, empalot), (cast.claire, empalot), (cast.paul, bellefontaine)):
        client = sign_in(user)
        assert rows_of(client) == {own}
        assert rows_of(client, places="all") == {empalot, bellefontaine, annexe}
        assert rows_of(client, site=elsewhere.pk) == {annexe}
        assert rows_of(client, quartier=cast.empalot_quartier.pk) == {empalot, annexe}
        assert rows_of(client, state="broken") == set()
        assert "Voir les postes de toute la ville" in client.get(reverse("sites:workstations")).content.decode()
    for user in (cast.sofia, cast.admin):
        assert rows_of(sign_in(user)) == {empalot, bellefontaine, annexe}, "they belong to the whole network"


def test_whoever_has_no_computer_of_their_own_sees_them_all(cast, sign_in):
    client = sign_in(cast.paul)
    assert rows_of(client) == {"Médiathèque Empalot, Poste 1"}
    assert "Mes lieux" not in client.get(reverse("sites:workstations")).content.decode()


def test_computers_of_another_organisation_are_read_only(cast, sign_in):
    url = reverse("sites:workstation_state", args=[cast.workstation.uid])
    client = sign_in(cast.paul)
    assert client.post(url, {"state": "broken"}).status_code == 404
    page = client.get(reverse("sites:workstations")).content.decode()
    assert "Poste 1" in page
    assert url not in page


def test_computers_are_added_alike_described_and_removed(cast, sign_in):
    client = sign_in(cast.admin)
    client.post(
        reverse("sites:workstation_add", args=[cast.empalot.uid]), {"number": 2, "equipment": ["printer", "scanner"]}
    )
    assert list(cast.empalot.workstations.values_list("label", flat=True)) == ["Poste 1", "Poste 2", "Poste 3"]
    second = cast.empalot.workstations.get(label="Poste 2")
    assert second.equipment == ["printer", "scanner"]
    edit = reverse("sites:workstation_edit", args=[second.uid])
    taken = client.post(edit, {"label": "Poste 1"})
    assert "déjà un poste de ce nom" in taken.content.decode()
    client.post(edit, {"label": "Près de la fenêtre"})
    client.get(reverse("sites:workstation_remove", args=[second.uid]))
    assert cast.empalot.workstations.filter(label="Près de la fenêtre").exists()
    client.post(reverse("sites:workstation_remove", args=[second.uid]))
    assert cast.empalot.workstations.count() == 2


def test_names_and_hours_are_checked_while_they_are_typed(cast, sign_in):
    client = sign_in(cast.admin)
    name = client.get(reverse("sites:check_short_name"), {"short_name": "médiathèque de la forêt"}).content.decode()
    assert "ê" in name
    assert "médiathèque de la foret" in name
    hours = client.get(reverse("sites:check_hours"), {"opening_hours": "Mo-Fr 09:00-12:30; PH off"}).content.decode()
    assert "9\xa0h\xa0–\u2060\xa012\xa0h\xa030" in hours
    unread = client.get(reverse("sites:check_hours"), {"opening_hours": "Mo-"}).content.decode()
    assert "ne se lisent pas encore" in unread
