"""Files of people: what makes one, who sees it, what is kept of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory import services
from directory.models import Beneficiary, BeneficiaryLink
from directory.selectors import possible_duplicates
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.claire)


def test_a_number_alone_makes_a_file(cast, by, now):
    person = services.register_beneficiary(organisation=cast.mairie, by=by, phone_typed="06.39.98.00.09")
    assert (person.phone, person.phone_typed) == ("+33639980009", "06.39.98.00.09")
    bond = person.links.get()
    assert (bond.organisation, bond.since, bond.last_contact_on) == (cast.mairie, TODAY, TODAY)
    entry = JournalEntry.objects.get(subject_uid=person.uid)
    assert (entry.action, entry.user_uid, entry.door) == ("create", cast.claire.uid, "desk")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "au moins un prénom"),
        ({"first_name": "Ana", "phone_typed": "06 39"}, "pas complet"),
        ({"first_name": "Ana", "reference": "1 48 05 31 555 123 45"}, "sécurité sociale"),
    ],
)
def test_a_file_that_says_nobody_or_too_much_is_refused(cast, by, fields, words):
    with pytest.raises(ValidationError, match=words):
        services.register_beneficiary(organisation=cast.mairie, by=by, **fields)
    assert Beneficiary.objects.count() == 2


def test_the_last_contact_is_raised_never_lowered(cast):
    later, earlier = TODAY + dt.timedelta(days=3), TODAY - dt.timedelta(days=300)
    for day in (later, earlier):
        services.link(beneficiary=cast.lucette, organisation=cast.mairie, on=day)
    bond = BeneficiaryLink.objects.get(beneficiary=cast.lucette)
    assert (bond.since, bond.last_contact_on) == (TODAY, later)


def test_a_change_is_journaled(cast, by):
    services.update_beneficiary(beneficiary=cast.lucette, by=by, last_name="Fabre")
    cast.lucette.refresh_from_db()
    assert cast.lucette.search_name == "lucette fabre"
    assert JournalEntry.objects.get().action == "change"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fabre", True),
        ("FABRÉ lucette", True),
        ("06 39 98 00 01", True),
        ("+33 6 39 98 00 01", True),
        ("0639980001", True),
        ("00 01", True),
        ("06 39 98", True),
        ("06 39 98 00 11", False),
        ("martin", False),
        ("01", False),
    ],
)
def test_people_are_found_by_a_piece_of_name_or_number(cast, text, found):
    assert (cast.lucette in Beneficiary.objects.visible_to(cast.claire).matching(text)) is found


def test_duplicates_stay_within_what_the_agent_sees(cast):
    assert possible_duplicates(cast.claire, phone_typed="06 39 98 00 01") == [cast.lucette]
    assert possible_duplicates(cast.claire, first_name="fabre", last_name="LUCETTE") == [cast.lucette]
    assert possible_duplicates(cast.claire, first_name="Lucette", last_name="Durand") == []
    # Hassan is the partner's: that he exists is not the Mairie's to know.
    assert possible_duplicates(cast.claire, phone_typed="06 39 98 00 02") == []
    assert possible_duplicates(cast.paul, phone_typed="06 39 98 00 02") == [cast.hassan]


# --- Pages -----------------------------------------------------------------------------------------------------------


def test_the_list_shows_only_the_people_of_ones_organisation(cast, sign_in):
    html = sign_in(cast.claire).get(reverse("directory:beneficiaries")).content.decode()
    assert "Lucette Fabré" in html
    assert "Hassan" not in html


@pytest.mark.parametrize("who", ["sofia", "admin"])
def test_coordinators_and_administrators_see_figures_not_people(cast, sign_in, who):
    client = sign_in(getattr(cast, who))
    for address in (
        reverse("directory:beneficiaries"),
        reverse("directory:beneficiary_add"),
        reverse("directory:beneficiary_edit", args=[cast.lucette.uid]),
    ):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, django_assert_num_queries, rows):
    for number in range(rows - 1):
        person = Beneficiary.objects.create(first_name=f"Ana {number}", quartier=cast.empalot_quartier)
        services.link(beneficiary=person, organisation=cast.mairie, on=TODAY)
    client = sign_in(cast.claire)
    with django_assert_num_queries(7):
        assert client.get(reverse("directory:beneficiaries")).status_code == 200


def test_an_export_is_journaled_person_by_person(cast, sign_in):
    answer = sign_in(cast.claire).get(reverse("directory:beneficiaries"), {"export": "csv"})
    assert "Lucette Fabré" in answer.content.decode("utf-8-sig")
    entries = JournalEntry.objects.filter(action="export")
    assert [entry.subject_uid for entry in entries] == [cast.lucette.uid]


def test_somebody_who_looks_alike_is_shown_before_a_second_file_is_made(cast, sign_in):
    client = sign_in(cast.claire)
    typed = {"first_name": "Lucette", "last_name": "Fabré"}
    html = client.post(reverse("directory:beneficiary_add"), typed).content.decode()
    assert "Peut-être déjà connue" in html
    assert Beneficiary.objects.count() == 2
    answer = client.post(reverse("directory:beneficiary_add"), {**typed, "confirmed": "1"})
    newest = Beneficiary.objects.latest("pk")
    assert answer.url == reverse("desk:person", args=[newest.uid])
    assert newest.links.get().organisation == cast.mairie


def test_the_file_of_another_organisations_person_cannot_be_changed(cast, sign_in):
    address = reverse("directory:beneficiary_edit", args=[cast.hassan.uid])
    assert sign_in(cast.claire).post(address, {"first_name": "X"}).status_code == 404


@pytest.mark.parametrize("year", ["1899", "2027", "2101", "-3", "99999999", "vers 1950"])
def test_a_year_that_nobody_is_born_in_is_refused_in_plain_words(cast, now, sign_in, year):
    address = reverse("directory:beneficiary_add")
    page = sign_in(cast.claire).post(address, {"first_name": "Ana", "birth_year": year})
    assert page.context["form"].errors == {"birth_year": ["Écrivez une année entre 1900 et cette année."]}
    assert not Beneficiary.objects.filter(first_name="Ana").exists()


def test_a_year_of_birth_is_kept(cast, now, sign_in):
    address = reverse("directory:beneficiary_add")
    for name, year in (("Ana", "1900"), ("Zoé", "2026")):
        sign_in(cast.claire).post(address, {"first_name": name, "birth_year": year})
        assert Beneficiary.objects.get(first_name=name).birth_year == int(year)


@pytest.mark.parametrize("page", ["beneficiary_add", "beneficiary_edit"])
def test_a_file_of_nobody_is_refused_on_its_page(cast, client, page, now):
    client.force_login(cast.claire)
    about = [cast.lucette.uid] if page == "beneficiary_edit" else []
    answer = client.post(reverse(f"directory:{page}", args=about), {"first_name": " ", "email": "lucette@example.org"})
    said = answer.content.decode()
    assert (answer.status_code, "Donnez au moins un prénom, un nom, un téléphone" in said) == (200, True)
    assert "lucette@example.org" in said
