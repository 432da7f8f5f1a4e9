"""What a call may need besides one person and one slot: several people, another time, somebody to call back."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.enums import Cause, Mode
from helpdesk.models import Appointment, EarlierWish, HelpRequest
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.desk.robot import ACCUEIL
from tests.desk.steps import NOBODY, people_of

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
