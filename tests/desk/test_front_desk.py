"""Accueil: from the ringing telephone to the appointment, without a mouse and without JavaScript."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from directory.models import Beneficiary
from directory.services import link
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.messaging.models import Message
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY, at
from tests.desk.robot import ACCUEIL, Desk


def test_it_begins_on_the_search_box_with_the_first_slots_already_there(desk):
    assert 'name="q"' in desk.focus
    assert len(desk.slots) == 9
    assert "Médiathèque Empalot" in desk.html


def test_three_enters_book_for_somebody_unknown(desk, cast):
    """Name, Enter; number, Enter; Enter on the first slot: 3 of the 12 key strokes allowed."""
    desk.press(q="ana lopez")
    assert 'value="Ana"' in desk.html
    assert 'value="Lopez"' in desk.html
    assert 'name="phone_typed"' in desk.focus
    desk.press(phone_typed="06 39 98 00 33")
    assert desk.slots[0] in desk.focus
    # Not the first, which begins this very minute: nobody is sent a message about that one.
    answer = desk.press("slot", desk.slots[3])
    appointment = Appointment.objects.get()
    assert answer.url == reverse("desk:booked", args=[appointment.uid])
    ana = appointment.attendees.get().beneficiary
    assert (ana.full_name, ana.phone) == ("Ana Lopez", "+33639980033")
    assert ana.links.get().organisation == cast.mairie
    assert appointment.booked_by == cast.claire
    page = desk.client.get(answer.url).content.decode()
    digits = appointment.reference
    assert " ".join(digits[i : i + 2] for i in range(0, 8, 2)) in page
    assert appointment.code in page
    assert escape(Message.objects.get(kind="booked").body) in page


def test_two_enters_when_everything_is_typed_at_once(desk):
    desk.press(q="Ana Lopez 06 39 98 00 33")
    assert desk.slots[0] in desk.focus
    desk.press("slot", desk.slots[0])
    assert Appointment.objects.get().attendees.get().beneficiary.phone == "+33639980033"


def test_three_enters_book_for_somebody_known(desk, cast):
    desk.press(q="fabre")
    assert str(cast.lucette.uid) in desk.focus
    desk.press("choose", cast.lucette.uid)
    assert "06 39 98 00 01" in desk.html
    desk.press("slot", desk.slots[0])
    assert Appointment.objects.get().attendees.get().beneficiary == cast.lucette
    assert Beneficiary.objects.count() == 2


@pytest.mark.parametrize(("gateway", "is_said"), [("file", True), ("twilio", False)])
def test_nobody_is_promised_a_message_that_no_operator_carries(desk, cast, settings, gateway, is_said):
    settings.SMS_GATEWAYS = (gateway,)
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    booked = desk.client.get(desk.press("slot", desk.slots[-1]).url).content.decode()
    assert "desk-message" in booked
    assert ("la personne ne le recevra pas" in booked) is is_said


def test_a_time_that_was_cancelled_is_offered_again_and_can_be_booked(desk, cast):
    desk.press(q="Ana Lopez 06 39 98 00 33")
    slot = desk.slots[3]
    desk.press("slot", slot)
    first = Appointment.objects.get()
    desk.html = desk.client.get(ACCUEIL).content.decode()
    assert slot not in desk.slots
    desk.client.post(reverse("helpdesk:cancel", args=[first.uid]), {"asked_by": "person"})
    desk.html = desk.client.get(ACCUEIL).content.decode()
    assert slot in desk.slots
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", slot)
    first.refresh_from_db()
    second = Appointment.objects.exclude(pk=first.pk).get()
    assert first.is_cancelled
    assert (second.starts_at, second.mediator) == (first.starts_at, first.mediator)


def test_htmx_gets_the_call_alone_then_the_confirmation_in_the_page(cast, now, sign_in):
    desk = Desk(sign_in(cast.claire), **{"HX-Request": "true"})
    desk.press(q="Ana Lopez 06 39 98 00 33")
    assert desk.html.lstrip().startswith("<form")
    answer = desk.press("slot", desk.slots[0])
    assert "C’est réservé" in desk.html
    assert answer["HX-Push-Url"] == reverse("desk:booked", args=[Appointment.objects.get().uid])
    assert "data-new-call" in desk.focus


def test_names_and_numbers_stay_out_of_addresses(desk):
    answer = desk.press(q="Ana Lopez 06 39 98 00 33")
    assert answer.status_code == 200
    assert 'method="post"' in desk.html[desk.html.index('<form id="call"') :]


def test_a_wrong_number_is_said_beside_it_and_nothing_typed_is_lost(desk):
    desk.press(q="ana lopez")
    desk.press(phone_typed="06 39")
    assert "pas complet" in desk.html
    assert 'name="phone_typed"' in desk.focus
    assert (desk.fields()["first_name"], desk.fields()["phone_typed"]) == ("Ana", "06 39")
    desk.press("slot", desk.slots[0])
    assert not Appointment.objects.exists()
    assert Beneficiary.objects.count() == 2


def test_a_slot_without_anybody_asks_for_whom(desk):
    desk.press("slot", desk.slots[0])
    assert "Dites d’abord pour qui" in desk.html
    assert 'name="q"' in desk.focus


def test_somebody_who_looks_alike_is_offered_before_a_second_file_is_made(desk, cast):
    desk.press(q="Lucie F")
    desk.press("do", "new", first_name="Lucie", last_name="F", phone_typed="06 39 98 00 01")
    desk.press("slot", desk.slots[0])
    assert "Peut-être déjà connue" in desk.html
    assert str(cast.lucette.uid) in desk.focus
    desk.press("do", "else")
    assert desk.slots[0] in desk.focus
    desk.press("slot", desk.slots[0])
    assert Appointment.objects.get().attendees.get().beneficiary.first_name == "Lucie"


def test_the_one_who_looks_alike_may_be_the_one(desk, cast):
    desk.press(q="Lucie F")
    desk.press(phone_typed="06 39 98 00 01")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", desk.slots[0])
    assert Appointment.objects.get().attendees.get().beneficiary == cast.lucette


def test_a_lost_race_shows_the_next_three_slots_and_keeps_everything_typed(desk, cast):
    desk.press(q="Ana Lopez 06 39 98 00 33", note="Vient avec son fils")
    wanted = desk.slots[0]
    first = first_slots(Need(reason=cast.any_need), limit=1)[0]
    book(slot=first, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    desk.press("slot", wanted)
    assert "vient d’être pris" in desk.html
    assert len(desk.slots) == 3
    assert wanted not in desk.slots
    assert desk.slots[0] in desk.focus
    assert desk.fields()["phone_typed"] == "06 39 98 00 33"
    assert not Beneficiary.objects.filter(first_name="Ana").exists()
    desk.press("slot", desk.slots[0])
    assert Beneficiary.objects.filter(first_name="Ana").count() == 1
    assert Appointment.objects.count() == 2


def test_a_reference_leads_to_its_appointment(desk, cast):
    slot = first_slots(Need(reason=cast.any_need), limit=1)[0]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    desk.press(q=appointment.reference)
    assert reverse("helpdesk:appointment", args=[appointment.uid]) in desk.focus


def test_a_demarche_shows_what_to_bring_and_chooses_who_helps(desk, cast):
    type(cast.caf).objects.filter(pk=cast.caf.pk).update(
        search_words="caf allocations rsa", what_to_bring=["numéro d’allocataire"]
    )
    desk.press(q="rsa")
    assert "numéro d’allocataire" in desk.html
    assert desk.fields()["reason"] == str(cast.admin_help.uid)


def test_how_somebody_comes_narrows_the_slots(desk, cast):
    cast.lucette.language = "ar"
    cast.lucette.reception_needs = ["step_free"]
    cast.lucette.save()
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    assert (desk.fields()["language"], desk.fields()["step_free"]) == ("ar", "on")
    assert "Paul Rivière" not in desk.html[desk.html.index("slots-title") : desk.html.index("</form>")]


def test_filters_change_the_slots_and_keep_the_person(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "slots", site=str(cast.bellefontaine.uid))
    assert desk.fields()["person"] == str(cast.lucette.uid)
    shown = desk.html[desk.html.index("slots-title") :]
    assert "Paul Rivière" in shown
    assert "Amina Benali" not in shown[: shown.index("data-other")]


# --- Who sees whom ----------------------------------------------------------------------------------------------------


def test_the_mairie_does_not_see_the_partners_people(desk, cast):
    for words in ("Hassan", "06 39 98 00 02"):
        desk.press(q=words)
        assert "Idrissi" not in desk.html
        assert "Nouvelle personne" in desk.html
    desk.press("choose", cast.hassan.uid)
    assert "Idrissi" not in desk.html


def test_the_mairie_books_at_the_partners_and_keeps_seeing_what_it_booked(desk, cast, sign_in):
    desk.press(q="Ana Lopez 06 39 98 00 33")
    desk.press("do", "slots", site=str(cast.bellefontaine.uid))
    desk.press("slot", desk.slots[0])
    appointment = Appointment.objects.get()
    assert (appointment.mediator, appointment.booked_for) == (cast.paul_mediator, cast.mairie)
    ana = appointment.attendees.get().beneficiary
    assert set(ana.links.values_list("organisation", flat=True)) == {cast.mairie.pk, cast.partner.pk}
    seen = desk.client.get(reverse("desk:person", args=[ana.uid])).content.decode()
    assert "mer. 2 déc., 14" in seen
    assert "Centre social Bellefontaine" in seen
    received = sign_in(cast.paul).get(reverse("desk:person", args=[ana.uid])).content.decode()
    assert "Ana Lopez" in received


def test_choosing_somebody_is_journaled_once(desk, cast):
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("do", "slots")
    entry = JournalEntry.objects.get()
    assert (entry.action, entry.subject_uid, entry.user_uid) == ("read", cast.lucette.uid, cast.claire.uid)


@pytest.mark.parametrize("who", ["sofia", "admin"])
def test_it_is_closed_to_those_who_see_figures(cast, sign_in, who):
    assert sign_in(getattr(cast, who)).get(ACCUEIL).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_it_costs_the_same_for_one_person_or_twenty(cast, now, sign_in, django_assert_max_num_queries, rows):
    for number in range(rows):
        person = Beneficiary.objects.create(first_name="Ana", last_name=f"N{number}")
        link(beneficiary=person, organisation=cast.mairie, on=TODAY)
    slots = [slot for slot in first_slots(Need(reason=cast.any_need), limit=6) if slot.starts_at < at(12)]
    for slot in slots if rows > 1 else slots[:1]:
        book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(30):
        client.post(ACCUEIL, {"q": "ana", "do": "search"})
