"""The desk sees who has which computer, gives one out, prolongs it and takes it back."""

import re

import pytest
from django.urls import reverse

from mediation.accounts.actor import Actor, Door
from sites import services
from sites.models import Reservation, Workstation
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
WEB, KIOSK = Actor(door=Door.WEB), Actor(door=Door.KIOSK)


@pytest.fixture(autouse=True)
def open_now(cast):
    """The library of Empalot is open from 9:00."""
    cast.empalot.opening_hours = "Tu-Sa 09:00-18:00"
    cast.empalot.save()


def text_of(response) -> str:
    return re.sub(r"[ \n]+", " ", response.content.decode())


def gesture(client, reservation, name, **extra):
    return client.post(reverse("sites:reservation_gesture", args=[reservation.uid]), {"gesture": name, **extra})


def test_the_desk_keeps_a_computer_for_somebody_on_the_telephone(cast, sign_in):
    client = sign_in(cast.claire)
    url = reverse("sites:reservation_new", args=[cast.empalot.uid])
    times = re.findall(r'<option value="([^"]+)"', client.get(url).content.decode())
    assert times[0] == "now"
    card = client.post(url, {"when": times[3], "first_name": "Lucette", "wanted": ["printer"]}, follow=True)
    kept = Reservation.objects.get()
    assert (kept.starts_at, kept.booked_by, kept.booked_through) == (at(10, 30), cast.claire, Door.DESK)
    for told in ("Lucette", kept.code, f"{kept.reference[:2]} {kept.reference[2:4]}", "10\xa0h\xa030"):
        assert told in card.content.decode()


def test_what_is_taken_meanwhile_is_refused_in_words(cast, sign_in):
    url = reverse("sites:reservation_new", args=[cast.empalot.uid])
    answer = sign_in(cast.claire).post(url, {"when": "now", "wanted": ["scanner"]})
    assert "Aucun poste n’est libre à ce moment" in text_of(answer)
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("page", ["sheet", "list"])
def test_lists_say_who_has_the_computer_until_when(cast, sign_in, page):
    services.take_now(site=cast.empalot, by=KIOSK, first_name="Lucette")
    services.reserve(site=cast.empalot, starts_at=at(10), by=WEB, first_name="Odette")
    client = sign_in(cast.claire)
    url = cast.empalot.get_absolute_url() if page == "sheet" else reverse("sites:workstations")
    text = text_of(client.get(url))
    assert "Occupé" in text
    assert "jusqu’à 9\xa0h\xa045" in text
    assert "Lucette" in text
    assert "Odette" in text


def test_others_see_that_it_is_taken_but_not_by_whom(cast, sign_in):
    taken = services.take_now(site=cast.empalot, by=KIOSK, first_name="Lucette")
    for user in (cast.paul, cast.sofia):
        client = sign_in(user)
        for url in (reverse("sites:workstations"), cast.empalot.get_absolute_url()):
            text = text_of(client.get(url))
            assert "jusqu’à 9\xa0h\xa045" in text
            assert "Lucette" not in text
        assert client.get(reverse("sites:reservation", args=[taken.uid])).status_code in (403, 404)
        assert gesture(client, taken, "release").status_code in (403, 404)
        assert client.get(reverse("sites:reservation_new", args=[cast.empalot.uid])).status_code in (403, 404)
    taken.refresh_from_db()
    assert not taken.is_released


def test_one_tap_each(cast, sign_in, now):
    kept = services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    now.move_to(at(10, 2))
    client = sign_in(cast.claire)
    assert "Réservé" in text_of(client.get(reverse("sites:workstations")))
    sheet = cast.empalot.get_absolute_url()
    assert gesture(client, kept, "arrive", next=sheet).url == sheet
    gesture(client, kept, "prolong")
    kept.refresh_from_db()
    assert (kept.arrived_at, kept.ends_at) == (at(10, 2), at(11))
    gesture(client, kept, "release")
    kept.refresh_from_db()
    assert kept.is_released
    assert gesture(client, kept, "dance").status_code == 400


def test_nobody_is_there_for_another_day(cast, sign_in):
    today, tomorrow = (services.reserve(site=cast.empalot, starts_at=at(10, days=days), by=WEB) for days in (0, 1))
    client = sign_in(cast.claire)
    pages = [text_of(client.get(reverse("sites:reservation", args=[kept.uid]))) for kept in (today, tomorrow)]
    assert ["La personne est là" in page for page in pages] == [True, False]


def test_the_answer_to_a_tap_is_the_line_alone_and_says_what_is_wrong(cast, sign_in):
    taken = services.take_now(site=cast.empalot, by=KIOSK)
    services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    client, url = sign_in(cast.claire), reverse("sites:reservation_gesture", args=[taken.uid])
    htmx = {"headers": {"HX-Request": "true"}}
    assert "jusqu’à 10\xa0h" in text_of(client.post(url, {"gesture": "prolong"}, **htmx))
    refused = text_of(client.post(url, {"gesture": "prolong"}, **htmx))
    assert "<html" not in refused
    assert "réservé ce poste juste après" in refused
    freed = text_of(client.post(url, {"gesture": "release"}, **htmx))
    assert "Libre" in freed


def test_free_computers_are_counted_alike_everywhere(cast, client, sign_in):
    Workstation.objects.create(site=cast.empalot, label="Poste 2")
    services.take_now(site=cast.empalot, by=KIOSK)
    for page in (reverse("web:place", args=[cast.empalot.uid]), reverse("web:places")):
        assert "1 ordinateur libre sur 2" in text_of(client.get(page))
    assert "1 sur 2" in text_of(sign_in(cast.claire).get(reverse("sites:list")))


@pytest.mark.parametrize("rows", [1, 20])
def test_lists_cost_the_same_for_one_computer_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    services.add_workstations(site=cast.empalot, number=rows, equipment=[], by=KIOSK)
    for _number in range(rows):
        services.take_now(site=cast.empalot, by=KIOSK)
    client = sign_in(cast.claire)
    client.get(reverse("sites:workstations"))
    with django_assert_num_queries(9):
        assert client.get(reverse("sites:workstations")).status_code == 200


def test_an_administrator_says_how_long_and_how_many(cast, sign_in):
    page = text_of(sign_in(cast.admin).get(reverse("sites:edit", args=[cast.empalot.uid])))
    assert "session_minutes" in page
    cast.empalot.session_minutes = 60
    cast.empalot.save()
    assert services.take_now(site=cast.empalot, by=KIOSK).ends_at == at(10)
