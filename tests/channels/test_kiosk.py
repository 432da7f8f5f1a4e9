"""The kiosk: paired with one place, five screens, nothing left of the last person; calls for help at the desk."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor, Door
from mediation.channels.kiosk.services import add_device, revoke_device
from mediation.channels.models import CallForHelp, KioskDevice


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def paired(cast):
    return add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))


@pytest.fixture
def kiosk(paired):
    """A screen that was paired with the library of Empalot."""
    _device, code = paired
    screen = Client()
    response = screen.post(reverse("kiosk:pair"), {"code": code})
    assert response.url == reverse("kiosk:start")
    return screen


def links(response) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="(/borne/[^"]*)"', response.content.decode())]


def hidden(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def test_a_screen_that_is_not_paired_says_so_in_words(client, db, settings):
    for name in ("start", "time", "phone", "confirm", "done"):
        response = client.get(reverse(f"kiosk:{name}"))
        assert response.status_code == 403
        assert "Cette borne n’est pas prête" in response.content.decode()
        assert settings.NETWORK_PHONE in response.content.decode()


def test_five_screens_of_one_question_without_javascript(kiosk, cast, now):
    start = kiosk.get(reverse("kiosk:start"))
    when = kiosk.get(next(link for link in links(start) if str(cast.admin_help.uid) in link))
    phone = kiosk.get(next(link for link in links(when) if "slot=" in link))
    slot = hidden(phone, "slot")
    check = kiosk.post(reverse("kiosk:confirm"), {"slot": slot, "phone": "06 39 98 00 77"})
    assert not Appointment.objects.exists()
    assert "06 39 98 00 77" in check.content.decode()
    booked = kiosk.post(reverse("kiosk:confirm"), {"slot": slot, "phone": hidden(check, "phone"), "confirmed": "1"})
    done = kiosk.get(booked.url)
    appointment = Appointment.objects.get()
    text = done.content.decode()
    assert appointment.booked_through == Door.KIOSK
    assert appointment.site == cast.empalot
    assert appointment.code in text
    assert " ".join(appointment.reference[i : i + 2] for i in range(0, 8, 2)) in text
    for screen in (start, when, phone, check, done):
        assert "no-store" in screen["Cache-Control"]
        assert not any("0639" in link or "06%2039" in link for link in links(screen))


def test_each_question_leads_back_to_the_one_before(kiosk, cast, now):
    def back(response):
        return response.context["back_url"]

    start = kiosk.get(reverse("kiosk:start"))
    assert not back(start)
    times = next(link for link in links(start) if str(cast.admin_help.uid) in link)
    when = kiosk.get(times)
    assert back(when) == reverse("kiosk:start")
    number = next(link for link in links(when) if "slot=" in link)
    phone = kiosk.get(number)
    assert back(phone) == times
    check = kiosk.post(reverse("kiosk:confirm"), {"slot": hidden(phone, "slot"), "without": "1"})
    assert back(check) == number
    assert back(check) in links(check)


def test_a_number_is_never_required(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    # Half a number was typed before "Sans numéro" was touched.
    check = kiosk.post(reverse("kiosk:confirm"), {"slot": slot.token, "phone": "06 3", "without": "1"})
    assert hidden(check, "phone") == ""
    kiosk.post(reverse("kiosk:confirm"), {"slot": slot.token, "phone": "", "confirmed": "1"})
    person = Appointment.objects.get().attendees.get().beneficiary
    assert person.full_name == "nom à demander"
    assert person.phone == ""


def test_half_a_number_is_asked_again(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    again = kiosk.post(reverse("kiosk:confirm"), {"slot": slot.token, "phone": "06 3"})
    assert "Ce numéro n’est pas complet" in again.content.decode()


def test_nearest_places_are_offered_where_this_one_has_nothing(kiosk, cast, now):
    cast.opening.delete()
    text = kiosk.get(f"{reverse('kiosk:time')}?need={cast.admin_help.uid}").content.decode()
    assert "Il n’y a plus d’horaire ici" in text
    assert "Centre social Bellefontaine" in text


def test_a_lost_slot_shows_the_next_ones_and_leaves_no_file(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    files = Beneficiary.objects.count()
    answer = kiosk.post(
        reverse("kiosk:confirm"), {"slot": slot.token, "phone": "06 39 98 00 77", "confirmed": "1"}
    ).content.decode()
    assert "Cet horaire vient d’être pris" in answer
    assert len(re.findall(r'name="slot"', answer)) == 3
    assert Beneficiary.objects.count() == files


def test_nothing_of_the_last_person_is_left(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:confirm"), {"slot": slot.token, "phone": "", "confirmed": "1"})
    assert kiosk.get(reverse("kiosk:done")).status_code == 200
    kiosk.get(reverse("kiosk:start"))
    assert kiosk.get(reverse("kiosk:done")).url == reverse("kiosk:start")


def test_the_last_screen_is_over_by_itself(kiosk, cast, now):
    slot = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)[0]
    kiosk.post(reverse("kiosk:confirm"), {"slot": slot.token, "phone": "", "confirmed": "1"})
    now.shift(130)
    assert kiosk.get(reverse("kiosk:done")).url == reverse("kiosk:start")


def test_a_code_works_once_for_half_an_hour_and_a_few_attempts(paired, client, now):
    _device, code = paired
    now.shift(31 * 60)
    assert "ne marche pas" in client.post(reverse("kiosk:pair"), {"code": code}).content.decode()
    for _attempt in range(4):
        client.post(reverse("kiosk:pair"), {"code": code})
    assert client.post(reverse("kiosk:pair"), {"code": code}).status_code == 429


def test_only_hashes_are_kept(paired, kiosk):
    device, code = paired
    device.refresh_from_db()
    stored = " ".join(str(value) for value in KioskDevice.objects.values_list().get())
    assert code not in stored
    assert kiosk.cookies["borne"].value not in stored
    assert Client().post(reverse("kiosk:pair"), {"code": code}).status_code == 200


def test_a_revoked_kiosk_opens_nothing(paired, kiosk, cast):
    device, _code = paired
    revoke_device(device=device, by=Actor.at_desk(cast.admin))
    assert kiosk.get(reverse("kiosk:start")).status_code == 403


def test_calling_somebody_shows_at_the_desk_until_somebody_goes(kiosk, paired, cast, sign_in):
    device, _code = paired
    kiosk.post(reverse("kiosk:call"))
    kiosk.post(reverse("kiosk:call"))
    assert CallForHelp.objects.count() == 1
    desk = sign_in(cast.claire)
    assert "Borne de l’entrée" in desk.get(reverse("kiosk:calls")).content.decode()
    desk.post(reverse("kiosk:answer_call", args=[device.uid]), headers={"HX-Request": "true"})
    assert "Borne de l’entrée" not in desk.get(reverse("kiosk:calls")).content.decode()


def test_a_call_is_for_the_desk_of_that_place(kiosk, cast, sign_in):
    kiosk.post(reverse("kiosk:call"))
    assert "Borne de l’entrée" not in sign_in(cast.paul).get(reverse("kiosk:calls")).content.decode()


def test_an_administrator_adds_renames_and_retires_kiosks(cast, sign_in):
    office = sign_in(cast.admin)
    page = office.post(reverse("kiosk:device_add"), {"site": cast.empalot.pk, "name": "Borne"})
    device = KioskDevice.objects.get()
    code = re.search(r"<bdi>(\d\d \d\d \d\d \d\d)</bdi>", page.content.decode()).group(1)
    assert Client().post(reverse("kiosk:pair"), {"code": code}).status_code == 302
    assert "en service" in office.get(reverse("kiosk:devices")).content.decode()
    office.post(reverse("kiosk:device_rename", args=[device.uid]), {"name": "Borne du hall"})
    assert "Borne du hall" in office.get(reverse("kiosk:devices")).content.decode()
    assert "n’ouvrira plus rien" in office.get(reverse("kiosk:device_revoke", args=[device.uid])).content.decode()
    office.post(reverse("kiosk:device_revoke", args=[device.uid]))
    assert "retirée" in office.get(reverse("kiosk:devices")).content.decode()


@pytest.mark.parametrize("who", ["claire", "amina", "sofia"])
def test_others_do_not_set_up_kiosks(cast, sign_in, who):
    assert sign_in(getattr(cast, who)).get(reverse("kiosk:devices")).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_kiosks_costs_the_same_for_one_or_twenty(cast, sign_in, rows, django_assert_max_num_queries):
    for number in range(rows):
        add_device(site=cast.empalot, name=f"Borne {number}", by=Actor.at_desk(cast.admin))
    office = sign_in(cast.admin)
    with django_assert_max_num_queries(7):
        office.get(reverse("kiosk:devices"))
