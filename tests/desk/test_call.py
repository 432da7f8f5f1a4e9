"""What a call may need besides one person and one slot: several people, another time, somebody to call back."""

import re

import pytest
import time_machine
from django.urls import reverse

from directory.models import Beneficiary
from directory.services import link
from helpdesk.enums import Cause, Mode
from helpdesk.models import Appointment, EarlierWish, HelpRequest
from helpdesk.selectors import Need, first_slots
from helpdesk.services import ask_for_help, book
from mediation.accounts.actor import Actor, Door
from mediation.privacy.models import JournalEntry
from tests.cast import NOW, TODAY
from tests.desk.robot import ACCUEIL, Desk
from workshops.services import open_workshop, register

# A well-formed identifier of nobody; the same in each process, so that they agree on the names of the tests.
NOBODY = "00000000-0000-4000-8000-000000000000"


def booked(cast, person=None, nth=3) -> Appointment:
    slot = first_slots(Need(reason=cast.any_need), limit=nth + 1)[nth]
    return book(slot=slot, people=[person or cast.lucette], by=Actor.at_desk(cast.claire))


def people_of(appointment) -> list[str]:
    return [one.beneficiary.full_name for one in appointment.attendees.order_by("pk")]


# --- Several people ---------------------------------------------------------------------------------------------------


def test_a_mother_on_file_and_her_son_who_is_not_share_one_appointment(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "with")
    assert 'name="q"' in desk.focus
    assert "Ensemble au même rendez-vous" in desk.html
    desk.press(q="remi fabre")
    assert 'name="phone_typed"' in desk.focus
    desk.press(phone_typed="06 39 98 00 01")
    # They share a number, and Lucette is already of the party: she is not offered as her own son.
    assert desk.slots[0] in desk.focus
    desk.press("slot", desk.slots[3])
    assert people_of(Appointment.objects.get()) == ["Lucette Fabré", "Remi Fabre"]


def test_two_newcomers_come_together_and_one_may_stay_at_home(desk):
    for words in ("ana lopez 06 39 98 00 33", "luis lopez 06 39 98 00 34", "eva lopez 06 39 98 00 35"):
        desk.press(q=words)
        desk.press("do", "with")
    luis = next(token for token in desk.fields()["party"] if "Luis" in token)
    desk.press("without", luis)
    assert desk.slots[0] in desk.focus
    desk.press("slot", desk.slots[3])
    assert people_of(Appointment.objects.get()) == ["Ana Lopez", "Eva Lopez"]
    assert not Beneficiary.objects.filter(first_name="Luis").exists()


def test_somebody_already_chosen_is_not_found_again(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "with")
    desk.press(q="lucette")
    assert f'name="choose"\n                  value="{cast.lucette.uid}"' not in desk.html
    assert "Nouvelle personne" in desk.html


def test_nobody_joins_with_half_a_number(desk):
    desk.press(q="ana lopez")
    desk.press("do", "with", phone_typed="06 12")
    assert "pas complet" in desk.html
    assert "party" not in desk.fields()


@pytest.mark.parametrize(
    "token", ["", "\x00", "[]", "{}", '{"first_name": {"a": 1}}', "9" * 4000, NOBODY, '{"birth_year": 1}']
)
def test_a_party_that_nobody_typed_harms_nothing(desk, cast, token):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    answer = desk.press("slot", desk.slots[3], party=token)
    assert answer.status_code in (200, 302)
    assert Beneficiary.objects.filter(birth_year=1).count() == 0


def test_a_partners_person_cannot_be_named_into_a_party(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", desk.slots[3], party=str(cast.hassan.uid))
    assert people_of(Appointment.objects.get()) == ["Lucette Fabré"]


# --- Once -------------------------------------------------------------------------------------------------------------


def test_a_double_submit_books_once_and_registers_once(desk):
    desk.press(q="Ana Lopez 06 39 98 00 33")
    form = {**desk.fields(), "slot": desk.slots[3]}
    first, second = (desk.client.post(ACCUEIL, form) for _press in range(2))
    assert first.url == second.url == reverse("desk:booked", args=[Appointment.objects.get().uid])
    assert Beneficiary.objects.filter(first_name="Ana").count() == 1


def test_another_time_from_the_same_form_is_another_appointment(desk, cast):
    """The browser's back button keeps the form: choosing another time must not answer with the first."""
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    form, slots = desk.fields(), desk.slots
    for slot in slots[3:5]:
        desk.client.post(ACCUEIL, {**form, "slot": slot})
    assert Appointment.objects.count() == 2


# --- Nothing suits ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["slot", "override", "choose"])
def test_looking_at_other_slots_wins_over_any_other_button(desk, cast, button):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    sent_with_it = {"slot": desk.slots[3], "override": desk.slots[3], "choose": ""}
    desk.press("do", "slots", **{button: sent_with_it[button]}, override_reason="Urgent")
    assert desk.fields()["person"] == str(cast.lucette.uid)
    assert desk.slots
    assert not Appointment.objects.exists()


def test_whoever_finds_nothing_is_called_back_with_a_number_to_read_out(desk, cast):
    desk.press(q="Ana Lopez 06 39 98 00 33", note="Après 17 h seulement")
    answer = desk.press("do", "wait")
    request = HelpRequest.objects.get()
    assert answer.url == reverse("desk:noted", args=[request.uid])
    assert (request.cause, request.organisation, request.reason) == (Cause.NO_SLOT, cast.mairie, cast.any_need)
    assert (request.beneficiary.full_name, request.note) == ("Ana Lopez", "Après 17 h seulement")
    html = desk.client.get(answer.url).content.decode()
    assert " ".join(request.reference[i : i + 2] for i in range(0, 8, 2)) in html
    assert "jeudi 3 décembre" in html


def test_asking_twice_with_the_same_form_notes_once(desk):
    desk.press(q="Ana Lopez 06 39 98 00 33")
    form = {**desk.fields(), "do": "wait"}
    assert len({desk.client.post(ACCUEIL, form).url for _press in range(2)}) == 1
    assert (HelpRequest.objects.count(), Beneficiary.objects.filter(first_name="Ana").count()) == (1, 1)


def test_a_couple_who_waits_is_one_request_that_names_both(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "with")
    desk.press(q="remi fabre")
    desk.press("do", "wait")
    request = HelpRequest.objects.get()
    assert (request.beneficiary, request.note) == (cast.lucette, "Avec Remi Fabre.")


def test_nobody_is_called_back_without_being_named(desk):
    desk.press("do", "wait")
    assert "Dites d’abord pour qui" in desk.html
    assert not HelpRequest.objects.exists()


def test_where_there_is_no_slot_the_keyboard_is_on_the_way_out(desk, cast):
    cast.opening.delete(), cast.partner_opening.delete()
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    assert 'value="wait"' in desk.focus


def test_somebody_may_wish_to_come_earlier_and_change_their_mind(desk, cast, sign_in):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.amina_mediator), limit=9)[8]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    address = reverse("desk:wish", args=[appointment.uid])
    page = desk.client.get(reverse("desk:booked", args=[appointment.uid])).content.decode()
    assert address in page
    desk.client.post(address)
    assert EarlierWish.objects.get(closed_at=None).appointment == appointment
    answer = desk.client.post(address, headers={"HX-Request": "true"}).content.decode()
    assert "Souhaite venir plus tôt" in answer
    assert not EarlierWish.objects.filter(closed_at=None).exists()
    assert sign_in(cast.paul).post(address).status_code == 404


# --- What the person already has --------------------------------------------------------------------------------------


def test_everything_open_shows_with_what_can_be_done(desk, cast):
    appointment = booked(cast)
    workshop = open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers clics",
        starts_at=NOW.replace(day=4, hour=14),
        ends_at=NOW.replace(day=4, hour=16),
        capacity=2,
        themes=["hardware"],
        by=Actor.at_desk(cast.amina),
    )
    register(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    waiting = ask_for_help(
        beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=Actor.at_desk(cast.claire)
    )
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    for name, args in (
        ("helpdesk:appointment", [appointment.uid]),
        ("helpdesk:cancel", [appointment.uid]),
        ("workshops:sheet", [workshop.uid]),
        ("helpdesk:request", [waiting.uid]),
        ("desk:mark", [appointment.uid, appointment.attendees.get().pk, "arrive"]),
    ):
        assert reverse(name, args=args) in desk.html
    assert f'name="move"\n              value="{appointment.uid}"' in desk.html


def test_moving_keeps_the_reference_and_the_page(desk, cast):
    appointment = booked(cast)
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("move", appointment.uid)
    assert "Choisissez le nouvel horaire" in desk.html
    assert desk.slots[0] in desk.focus
    answer = desk.press("slot", desk.slots[5])
    moved = Appointment.objects.get()
    assert (moved.reference, moved.version) == (appointment.reference, 2)
    assert moved.starts_at != appointment.starts_at
    assert "C’est déplacé" in desk.client.get(answer.url).content.decode()


def test_moving_can_be_given_up(desk, cast):
    appointment = booked(cast)
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("move", appointment.uid)
    desk.press("do", "stay")
    desk.press("slot", desk.slots[5])
    appointment.refresh_from_db()
    assert (appointment.version, Appointment.objects.count()) == (1, 2)


def test_a_partners_appointment_is_not_moved_from_here(desk, cast, sign_in):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.paul_mediator), limit=1)[0]
    theirs = book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.paul))
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", desk.slots[3], moving=str(theirs.uid))
    theirs.refresh_from_db()
    assert theirs.version == 1


def test_arrived_in_one_tap_from_the_call(cast, now, sign_in):
    appointment = booked(cast)
    mark = reverse("desk:mark", args=[appointment.uid, appointment.attendees.get().pk, "arrive"])
    answer = sign_in(cast.claire).post(mark, {"page": "caller"}, headers={"HX-Request": "true"})
    assert "Arrivé" in answer.content.decode()
    assert mark not in answer.content.decode()
    assert appointment.attendees.get().arrived_at


def test_the_persons_page_leads_to_a_call_that_knows_them(cast, now, sign_in):
    client = sign_in(cast.claire)
    address = f"{ACCUEIL}?personne={cast.lucette.uid}"
    assert address in client.get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    JournalEntry.objects.all().delete()
    desk = Desk(client)
    desk.html = client.get(address).content.decode()
    assert desk.fields()["person"] == str(cast.lucette.uid)
    assert JournalEntry.objects.get().subject_uid == cast.lucette.uid


@pytest.mark.parametrize("person", ["", "abc", "\x00", NOBODY])
def test_a_call_about_nobody_known_begins_as_any_other(cast, now, sign_in, person):
    answer = sign_in(cast.claire).get(ACCUEIL, {"personne": person})
    assert answer.status_code == 200
    assert not JournalEntry.objects.exists()


# --- Where it happens -------------------------------------------------------------------------------------------------


def test_the_mode_is_asked_where_the_reason_leaves_a_choice(desk, cast):
    assert 'name="mode"' not in desk.html
    cast.admin_help.modes = [Mode.SITE, Mode.PHONE, Mode.REMOTE]
    cast.admin_help.save()
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "slots", reason=str(cast.admin_help.uid))
    assert desk.fields()["mode"] == Mode.SITE
    desk.press("do", "slots", mode=Mode.REMOTE)
    desk.press("slot", desk.slots[3], remote_link="https://visio.example.org/a")
    appointment = Appointment.objects.get()
    assert (appointment.mode, appointment.remote_link) == (Mode.REMOTE, "https://visio.example.org/a")


def test_a_link_that_is_none_is_said_and_books_nothing(desk, cast):
    cast.any_need.modes = [Mode.REMOTE]
    cast.any_need.save()
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", desk.slots[3], remote_link="pas un lien")
    assert not Appointment.objects.exists()
    assert 'role="alert"' in desk.html


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
    assert "Aucune fiche pour « Ana Lopez »" in desk.html


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
    assert ("8 premières personnes ; précisez le nom ou le numéro." in desk.html) == is_cut
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


@pytest.mark.parametrize("rows", [1, 12])
def test_what_somebody_has_costs_the_same_short_or_long(cast, now, sign_in, django_assert_max_num_queries, rows):
    for number in range(rows):
        ask_for_help(
            beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=Actor.at_desk(cast.claire)
        )
        if number < 3:
            booked(cast, nth=number + 1)
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(45), time_machine.travel(NOW, tick=False):
        client.post(ACCUEIL, {"choose": str(cast.lucette.uid)})


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
