"""Two files that may be one person's are flagged in the list, within what the agent may see."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from directory.selectors import likely_duplicates, likely_duplicates_among
from directory.services import link
from tests.cast import TODAY

LIST = reverse("directory:beneficiaries")
FLAG = "Doublon possible"


def on_file(organisation, first_name, last_name="", phone="", birth_year=None) -> Beneficiary:
    person = Beneficiary.objects.create(
        first_name=first_name, last_name=last_name, phone_typed=phone, birth_year=birth_year
    )
    link(beneficiary=person, organisation=organisation, on=TODAY)
    return person


def listed(client, **asked) -> str:
    return client.get(LIST, asked).content.decode()


def test_both_files_say_so_and_lead_to_the_comparison(cast, sign_in):
    other = on_file(cast.mairie, "FABRE", "lucette")
    page = listed(sign_in(cast.claire))
    assert page.count(FLAG) == 2
    assert reverse("desk:compare", args=[cast.lucette.uid, other.uid]) in page
    assert reverse("desk:compare", args=[other.uid, cast.lucette.uid]) in page


def test_the_other_file_may_stand_on_another_page(cast, sign_in):
    other = on_file(cast.mairie, "Lucette", "Fabre")
    page = listed(sign_in(cast.claire), q="0639980001")
    assert page.count(FLAG) == 1
    assert reverse("desk:compare", args=[cast.lucette.uid, other.uid]) in page


@pytest.mark.parametrize(
    ("first_name", "last_name", "phone", "birth_year", "is_flagged"),
    [
        ("", "", "06 39 98 00 01", None, True),
        ("Lucette", "", "06 39 98 00 01", None, True),
        ("Remi", "Fabré", "06 39 98 00 01", None, False),
        ("Lucette", "Fabré", "", 1900, False),
        ("Lucette", "", "", None, False),
        ("Fabre", "Lucette", "06 39 98 00 01", None, True),
    ],
)
def test_the_list_and_the_file_say_the_same(cast, sign_in, first_name, last_name, phone, birth_year, is_flagged):
    Beneficiary.objects.filter(pk=cast.lucette.pk).update(birth_year=1948)
    other = on_file(cast.mairie, first_name, last_name, phone, birth_year)
    assert (FLAG in listed(sign_in(cast.claire))) == is_flagged
    for person in (Beneficiary.objects.get(pk=cast.lucette.pk), other):
        assert bool(likely_duplicates(person, cast.claire)) == is_flagged
        assert bool(likely_duplicates_among([person], cast.claire)) == is_flagged


def test_names_the_other_way_round_are_one_person_s_without_any_number(cast):
    one, other = on_file(cast.mairie, "Ana", "Lopez"), on_file(cast.mairie, "Lopez", "Ana")
    assert likely_duplicates(one, cast.claire) == [other]


def test_a_partners_file_is_never_hinted_at(cast, sign_in):
    on_file(cast.partner, "Lucette", "Fabré", "06 39 98 00 01")
    assert FLAG not in listed(sign_in(cast.claire))


def test_a_file_that_was_merged_is_no_duplicate(cast, sign_in):
    other = on_file(cast.mairie, "Lucette", "Fabré")
    Beneficiary.objects.filter(pk=other.pk).update(merged_into=cast.lucette)
    assert FLAG not in listed(sign_in(cast.claire))


def test_an_export_holds_the_name_alone(cast, sign_in):
    on_file(cast.mairie, "Lucette", "Fabre")
    file = sign_in(cast.claire).get(LIST, {"export": "csv"}).content.decode("utf-8-sig")
    assert "Lucette Fabré;" in file
    assert FLAG not in file


@pytest.mark.parametrize("rows", [1, 20])
def test_flags_cost_the_same_for_one_row_or_twenty(cast, sign_in, django_assert_num_queries, rows):
    for number in range(rows):
        on_file(cast.mairie, "Lucette", "Fabré", f"06 39 98 01 {number:02}")
    client = sign_in(cast.claire)
    with django_assert_num_queries(7):
        assert listed(client).count(FLAG) == rows + 1
