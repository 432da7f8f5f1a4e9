"""The kiosk: paired with one place, six screens of one question, nothing left of the last person."""

import re
import uuid
from dataclasses import replace

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor, Door
from mediation.channels.kiosk import limits
from mediation.kernel.languages import LANGUAGES

START = reverse("kiosk:start")


def links(response) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/borne/[^"]*)"', response.content.decode())]


def hidden(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def test_a_screen_that_is_not_paired_says_so_in_words(client, db, settings):
    for name in ("start", "menu", "need", "time", "book", "done", "workshops", "arrival", "arrival_hour", "alive"):
        response = client.get(reverse(f"kiosk:{name}"))
        assert response.status_code == 403
        assert "Cette borne n’est pas prête" in response.content.decode()
        assert settings.NETWORK_PHONE in response.content.decode()


def test_six_screens_of_one_question_without_javascript(kiosk, cast, now):
    start = kiosk.get(START)
    menu = kiosk.get(kiosk.post(reverse("kiosk:language"), {"language": "fr"}).url)
    need = kiosk.get(next(link for link in links(menu) if link == reverse("kiosk:need")))
    when = kiosk.get(next(link for link in links(need) if str(cast.admin_help.uid) in link))
    phone = kiosk.get(next(link for link in links(when) if "slot=" in link))
    assert "Mardi 1er décembre" in phone.content.decode(), "what is about to be booked is seen"
    answers = {"slot": hidden(phone, "slot"), "key": hidden(phone, "key"), "phone": "06 39 98 00 77"}
    booked = kiosk.post(reverse("kiosk:book"), answers)
    done = kiosk.get(booked.url)
    appointment = Appointment.objects.get()
    text = done.content.decode()
    assert appointment.booked_through == Door.KIOSK
    assert appointment.site == cast.empalot
    assert appointment.code in text
    assert " ".join(appointment.reference[i : i + 2] for i in range(0, 8, 2)) in text
    for screen in (start, menu, need, when, phone, done):
        assert "no-store" in screen["Cache-Control"]
        assert not any("0639" in link or "06%2039" in link for link in links(screen))
    # The same form again, sent by somebody who touched twice.
    assert kiosk.post(reverse("kiosk:book"), answers).status_code == 302
    assert Appointment.objects.count() == 1


def test_a_form_sent_again_once_the_appointment_is_cancelled_says_so(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    answers = {"slot": slot.token, "key": str(uuid.uuid4()), "without": "1"}
    kiosk.post(reverse("kiosk:book"), answers)
    appointment = Appointment.objects.get()
    cancel(appointment=appointment, by=Actor.at_desk(cast.claire), asked_by_person=True)
    again = kiosk.get(kiosk.post(reverse("kiosk:book"), answers).url).content.decode()
    assert "Ce rendez-vous est annulé" in again
    assert "est pris" not in again
    assert appointment.code not in again


def test_the_language_is_asked_first_kept_and_forgotten(kiosk, cast, now):
    start = kiosk.get(START).content.decode()
    for code, name in LANGUAGES:
        assert re.search(rf'value="{code}"', start), name
        assert name[1:] in start
    answer = kiosk.post(reverse("kiosk:language"), {"language": "ar"})
    menu = kiosk.get(answer.url)
    assert menu["Content-Language"] == "ar"
    assert '<html lang="ar"' in menu.content.decode()
    assert 'dir="rtl"' in menu.content.decode()
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "phone": "06 39 98 00 77"})
    person = Appointment.objects.get().attendees.get().beneficiary
    assert person.language == "ar"
    kiosk.get(START)
    assert kiosk.get(reverse("kiosk:menu"))["Content-Language"] == "fr"


def test_a_language_that_nobody_speaks_here_starts_again(kiosk, cast):
    assert kiosk.post(reverse("kiosk:language"), {"language": "xx"}).url == START
    kiosk.cookies["borne-langue"] = "xx"
    assert kiosk.get(reverse("kiosk:menu"))["Content-Language"] == "fr"


def test_the_language_is_over_a_quarter_of_an_hour_after_the_last_screen(kiosk, cast, now):
    kiosk.post(reverse("kiosk:language"), {"language": "es"})
    for _screen in range(3):
        now.shift(10 * 60)
        assert kiosk.get(reverse("kiosk:menu"))["Content-Language"] == "es"
    now.shift(16 * 60)
    assert kiosk.get(reverse("kiosk:menu"))["Content-Language"] == "fr"


def test_each_question_leads_back_to_the_one_before(kiosk, cast, now):
    def back(response):
        return response.context["back_url"]

    assert not back(kiosk.get(START))
    assert back(kiosk.get(reverse("kiosk:menu"))) == START
    need = kiosk.get(reverse("kiosk:need"))
    assert back(need) == reverse("kiosk:menu")
    times = next(link for link in links(need) if str(cast.admin_help.uid) in link)
    when = kiosk.get(times)
    assert back(when) == reverse("kiosk:need")
    number = next(link for link in links(when) if "slot=" in link)
    phone = kiosk.get(number)
    assert back(phone) == times
    assert times in links(phone)


def test_a_number_is_never_required(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    # Half a number was typed before "Réserver sans numéro" was touched.
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "phone": "06 3", "without": "1"})
    person = Appointment.objects.get().attendees.get().beneficiary
    assert person.full_name == "nom à demander"
    assert person.phone == ""


def test_half_a_number_is_asked_again(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    again = kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "phone": "06 3"})
    assert "Ce numéro n’est pas complet" in again.content.decode()
    assert not Appointment.objects.exists()


def test_nearest_places_are_offered_where_this_one_has_nothing(kiosk, cast, now):
    cast.opening.delete()
    text = kiosk.get(f"{reverse('kiosk:time')}?need={cast.admin_help.uid}").content.decode()
    assert "Il n’y a plus d’horaire ici" in text
    assert "Centre social Bellefontaine" in text


def test_a_lost_slot_shows_the_next_ones_and_leaves_no_file(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    files = Beneficiary.objects.count()
    answer = kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "phone": "06 39 98 00 77"})
    assert "Cet horaire vient d’être pris" in answer.content.decode()
    assert len(re.findall(r'name="slot"', answer.content.decode())) == 3
    assert hidden(answer, "phone") == "06 39 98 00 77"
    assert Beneficiary.objects.count() == files


@pytest.mark.parametrize(("limit", "most"), [("BOOKINGS_AT", 1), ("BOOKINGS_FOR", 1)])
def test_one_screen_and_one_number_do_not_take_every_time(kiosk, cast, now, monkeypatch, limit, most):
    monkeypatch.setattr(limits, limit, replace(getattr(limits, limit), most=most))
    slots = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=2)
    first, second = (
        kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "phone": "06 39 98 00 77"}) for slot in slots
    )
    assert (first.status_code, second.status_code) == (302, 429)
    assert "Téléphonez au" in second.content.decode()
    assert Appointment.objects.count() == 1


def test_nothing_of_the_last_person_is_left(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:language"), {"language": "uk"})
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "without": "1"})
    assert kiosk.get(reverse("kiosk:done")).status_code == 200
    kiosk.get(START)
    left = {name for name, cookie in kiosk.cookies.items() if cookie.value}
    assert left <= {"borne", "csrftoken"}
    assert kiosk.get(reverse("kiosk:done")).url == START


def test_the_last_screen_is_over_by_itself(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "without": "1"})
    now.shift(130)
    assert kiosk.get(reverse("kiosk:done")).url == START


def test_more_time_keeps_what_the_last_screen_shows_and_nothing_else_does(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "without": "1"})
    for _extension in range(10):
        now.shift(100)
        kiosk.get(reverse("kiosk:alive"), {"more": ""})
    assert kiosk.get(reverse("kiosk:done")).status_code == 200
    now.shift(100)
    kiosk.get(reverse("kiosk:alive"))
    now.shift(30)
    assert kiosk.get(reverse("kiosk:done")).url == START


def test_every_choice_of_every_screen_has_its_ear(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    addresses = [
        START,
        *(reverse(f"kiosk:{name}") for name in ("menu", "need", "arrival", "arrival_hour", "workshops")),
    ]
    addresses += [f"{reverse('kiosk:time')}?need={cast.any_need.uid}", f"{reverse('kiosk:book')}?slot={slot.token}"]
    for address in addresses:
        text = kiosk.get(address).content.decode()
        choices = len(re.findall(r'class="answer"', text)) + len(re.findall(r'class="kiosk-key"', text))
        ears = len(re.findall(r"data-say=", text))
        assert choices
        assert ears >= choices + 1, f"{address}: {ears} ears for {choices} choices and their question"


def test_what_is_private_is_said_in_a_headset_only(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:book"), {"slot": slot.token, "without": "1"})
    text = kiosk.get(reverse("kiosk:done")).content.decode()
    code = " ".join(Appointment.objects.get().code)
    ears = re.findall(r"<button[^>]*data-say=[^>]*>", text)
    saying = [ear for ear in ears if code in ear]
    assert len(saying) == 1
    assert "data-private" in saying[0]
    assert "hidden" in saying[0]
    assert "data-headset" in text
