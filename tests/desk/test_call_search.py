"""Search by anything, with a person on the phone: names, numbers, references."""

import re

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from directory.services import link
from helpdesk.enums import Cause
from helpdesk.models import HelpRequest
from helpdesk.services import ask_for_help
from mediation.accounts.actor import Actor, Door
from tests.cast import TODAY
from tests.desk.robot import Desk
from tests.desk.steps import booked

# --- Search by anything -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "lucette fabré",
        "FABRE lucette",
        "fab luc",
        "0639980001",
        "06.39.98.00.01",
        "06-39-98-00-01",
        "+33 6 39 98 00 01",
        "+33 (0)6 39 98 00 01",
        "0033639980001",
        "39 98 00 01",
        "00 01",
        "06 39",
        "cd-2026/17",
    ],
)
def test_somebody_is_found_by_any_part_of_what_they_say(desk, cast, words):
    cast.lucette.reference = "CD-2026/17"
    cast.lucette.save()
    desk.press(q=words)
    assert str(cast.lucette.uid) in desk.focus


@pytest.mark.parametrize("form", ["{0}", "{0[0]}{0[1]} {0[2]}{0[3]} {0[4]}{0[5]} {0[6]}{0[7]}"])
def test_a_reference_finds_what_it_names_and_its_people(desk, cast, form):
    appointment = booked(cast)
    waiting = ask_for_help(
        beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=Actor.at_desk(cast.claire)
    )
    for reference, address in (
        (appointment.reference, reverse("helpdesk:appointment", args=[appointment.uid])),
        (waiting.reference, reverse("helpdesk:request", args=[waiting.uid])),
    ):
        desk.press(q=form.format(reference))
        assert address in desk.focus
        assert str(cast.lucette.uid) in desk.html


def test_an_unknown_reference_is_said_and_makes_nobody(desk):
    for _again in range(2):
        desk.press(q="99 99 99 99")
        assert "Aucun rendez-vous que vous pouvez voir ne porte le numéro" in desk.html
        assert 'name="phone_typed"' not in desk.html
        assert 'name="q"' in desk.focus
    desk.press(q="Ana Lopez")
    assert "Aucune fiche pour « Ana Lopez »" in desk.html


def test_a_partners_reference_says_nothing(desk, cast):
    theirs = HelpRequest.objects.create(
        beneficiary=cast.hassan, organisation=cast.partner, cause=Cause.CALL_BACK, due_on=TODAY, asked_through=Door.DESK
    )
    desk.press(q=theirs.reference)
    assert str(theirs.uid) not in desk.html
    assert "Idrissi" not in desk.html
    # The very words for a number that nobody has.
    assert "Aucun rendez-vous que vous pouvez voir ne porte le numéro" in desk.html
    assert 'name="phone_typed"' not in desk.html


@pytest.mark.parametrize(("namesakes", "is_cut"), [(8, False), (9, True)])
def test_a_list_that_is_cut_says_so(desk, cast, namesakes, is_cut):
    for number in range(namesakes):
        person = Beneficiary.objects.create(first_name=f"Ana{number}", last_name="Lopez")
        link(beneficiary=person, organisation=cast.mairie, on=TODAY)
    desk.press(q="lopez")
    assert desk.html.count('name="choose"') == 8
    assert ("8 premières personnes ; précisez le nom ou le numéro." in desk.html) == is_cut
    assert ("8 personnes connues" in desk.html) != is_cut


def test_a_screen_reader_hears_where_the_call_stands(cast, now, sign_in):
    desk = Desk(sign_in(cast.claire), **{"HX-Request": "true"})

    def said() -> str:
        return re.search(r'id="desk-said"[^>]*>([^<]*)<', desk.html)[1].strip()

    desk.press(q="fabre")
    assert said() == "1 résultat."
    desk.press("choose", cast.lucette.uid)
    assert "créneaux. Le premier : mar. 1er déc." in said().replace("\xa0", " ")
    desk.press("do", "with")
    assert said() == "Cherchez l’autre personne."
    desk.press(q="zoe inconnue")
    assert said().startswith("Personne inconnue")


def test_a_merged_file_is_not_found_and_its_address_leads_to_the_one_kept(desk, cast):
    other = Beneficiary.objects.create(first_name="Lucette", last_name="Fabre")
    link(beneficiary=other, organisation=cast.mairie, on=TODAY)
    page = reverse("desk:compare", args=[cast.lucette.uid, other.uid])
    assert page in desk.client.get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    desk.client.post(page, {"keep": str(cast.lucette.uid)})
    desk.press(q="lucette")
    assert str(other.uid) not in desk.html
    answer = desk.client.get(reverse("desk:person", args=[other.uid]))
    assert answer.url == reverse("desk:person", args=[cast.lucette.uid])
