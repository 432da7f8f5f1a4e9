"""Kiosks as agents know them: paired by a code, named, revoked; who calls from one shows at its desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device, revoke_device
from mediation.channels.models import CallForHelp, KioskDevice

START = reverse("kiosk:start")


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
    assert kiosk.get(reverse("kiosk:alive")).content == b"ok"
    revoke_device(device=device, by=Actor.at_desk(cast.admin))
    for name in ("start", "menu", "alive"):
        assert kiosk.get(reverse(f"kiosk:{name}")).status_code == 403


def test_calling_somebody_shows_at_the_desk_until_somebody_goes(kiosk, cast, sign_in):
    kiosk.post(reverse("kiosk:call"))
    kiosk.post(reverse("kiosk:call"))
    assert CallForHelp.objects.count() == 1
    desk = sign_in(cast.claire)
    assert "Borne de l’entrée" in desk.get(reverse("kiosk:calls")).content.decode()
    call = CallForHelp.objects.get()
    desk.post(reverse("kiosk:answer_call", args=[call.pk]), headers={"HX-Request": "true"})
    assert "Borne de l’entrée" not in desk.get(reverse("kiosk:calls")).content.decode()


def test_a_call_is_for_the_desk_of_that_place(kiosk, cast, sign_in):
    kiosk.post(reverse("kiosk:call"))
    call = CallForHelp.objects.get()
    assert sign_in(cast.paul).post(reverse("kiosk:answer_call", args=[call.pk])).status_code == 404
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
