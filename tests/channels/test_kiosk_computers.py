"""A computer at the kiosk, now or later: three screens after the language and the need, a ticket, nothing left."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mediation.accounts.actor import Actor, Door
from mediation.channels import computer_limits
from mediation.channels.kiosk.services import add_device
from sites import services
from sites.models import Reservation, Workstation
from sites.sessions import offer_at
from tests.cast import NOW, at

pytestmark = pytest.mark.usefixtures("now")
WISH, TIME, DONE = (reverse(f"kiosk:computer{step}") for step in ("", "_time", "_done"))
RESERVED, START = reverse("kiosk:computer_reserved"), reverse("kiosk:start")
WEB = Actor(door=Door.WEB)


@pytest.fixture
def kiosk(cast) -> Client:
    """A screen at the library of Empalot, open from 9:00, with one computer and its printer."""
    cast.empalot.opening_hours = "Tu-Sa 09:00-18:00"
    cast.empalot.save()
    _device, code = add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    return screen


def text_of(response) -> str:
    return response.content.decode()


def test_now_is_two_touches_and_a_ticket(kiosk, cast):
    assert WISH in text_of(kiosk.get(reverse("kiosk:menu")))
    wish = text_of(kiosk.get(WISH))
    assert "Imprimer" in wish
    assert "Scanner" not in wish, "No computer here has a scanner."
    when = text_of(kiosk.get(TIME, {"equipment": "printer"}))
    assert "Jusqu’à 9\xa0h\xa045" in when
    response = kiosk.post(TIME, {"equipment": "printer", "when": "now"})
    done = kiosk.get(response.url)
    taken = Reservation.objects.get()
    assert (taken.starts_at, taken.arrived_at, taken.booked_through) == (NOW, NOW, Door.KIOSK)
    for told in ("Poste 1", "9\xa0h\xa045", taken.code, " ".join(re.findall("..", taken.reference))):
        assert told in text_of(done)
    for screen in (response, done):
        assert "no-store" in screen["Cache-Control"]
        assert taken.reference not in screen.request["PATH_INFO"]


def test_later_is_kept_and_waits_for_the_person(kiosk, cast):
    times = re.findall(r'name="when" value="([^"]+)"', text_of(kiosk.get(TIME)))
    assert times == ["now", "2026-12-01T09:30", "2026-12-01T10:00", "2026-12-01T10:30"]
    done = kiosk.get(kiosk.post(TIME, {"when": "2026-12-01T10:30"}).url)
    kept = Reservation.objects.get()
    assert (kept.starts_at, kept.arrived_at) == (at(10, 30), None)
    assert "dix minutes de retard" in text_of(done)


def test_all_times_are_there_few_at_a_time(kiosk, cast):
    found, url = [], f"{TIME}?equipment=printer"
    while url:
        page = text_of(kiosk.get(url))
        times = re.findall(r'name="when" value="([^"]+)"', page)
        assert 0 < len(times) <= 6
        found += times
        more = re.search(r'href="(\?[^"]*skip=\d+[^"]*)"', page)
        url = more and TIME + more[1].replace("&amp;", "&")
    offered = offer_at(cast.empalot, NOW, ["printer"]).later
    assert found == ["now", *(f"{timezone.localtime(one.starts_at):%Y-%m-%dT%H:%M}" for one in offered)]


def test_nothing_of_the_last_person_is_left(kiosk, now):
    done = kiosk.post(TIME, {"when": "now"}).url
    kiosk.get(START)
    assert kiosk.get(done).url == START
    Reservation.objects.all().delete()
    kiosk.post(TIME, {"when": "now"})
    now.shift(121)
    assert kiosk.get(done).url == START


def test_who_does_not_want_it_after_all_gives_it_back(kiosk):
    kiosk.post(TIME, {"when": "now"})
    assert kiosk.post(reverse("kiosk:computer_give_back")).url == START
    assert Reservation.objects.get().is_released
    assert kiosk.get(DONE).url == START


@pytest.mark.parametrize("when", ["now", "2026-12-01T10:30"])
def test_a_second_tap_takes_no_second_computer(kiosk, cast, when):
    Workstation.objects.create(site=cast.empalot, label="Poste 2")
    keys = [re.search(r'name="key" value="([^"]+)"', text_of(kiosk.get(TIME))).group(1) for _person in range(2)]
    assert keys[0] != keys[1], "the next person's form is another"
    first, again = (text_of(kiosk.get(kiosk.post(TIME, {"when": when, "key": keys[0]}).url)) for _tap in range(2))
    taken = Reservation.objects.get()
    assert taken.code in first
    assert taken.code in again
    kiosk.post(TIME, {"when": when, "key": keys[1]})
    assert Reservation.objects.count() == 2


def test_a_form_sent_again_once_the_computer_is_given_back_says_so(kiosk):
    touched = {"when": "now", "key": re.search(r'name="key" value="([^"]+)"', text_of(kiosk.get(TIME))).group(1)}
    kiosk.post(TIME, touched)
    kiosk.post(reverse("kiosk:computer_give_back"))
    answer = text_of(kiosk.get(kiosk.post(TIME, touched).url))
    assert "Ce poste n’est plus réservé" in answer
    assert Reservation.objects.get().code not in answer


def test_whoever_is_slower_chooses_again(kiosk, cast):
    services.take_now(site=cast.empalot, by=WEB)
    answer = kiosk.post(TIME, {"when": "now"})
    assert "plus rapide" in text_of(answer)
    assert "10\xa0h" in text_of(answer)
    assert Reservation.objects.count() == 1


@pytest.mark.parametrize("when", ["", "x", "2026-02-31T10:00", "2026-12-01T03:00", "2020-01-01T10:00"])
def test_moments_that_mean_nothing_give_nothing(kiosk, when):
    assert kiosk.post(TIME, {"when": when, "equipment": "throne"}).status_code in (200, 302)
    assert not Reservation.objects.exists()


def test_whoever_has_reserved_learns_the_number_of_the_computer(kiosk, cast, now):
    kept = services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    now.move_to(at(10, 3))
    digits = " ".join(re.findall("..", kept.reference + kept.code))
    done = kiosk.get(kiosk.post(RESERVED, {"ticket": digits}).url)
    assert "Poste 1" in text_of(done)
    kept.refresh_from_db()
    assert kept.arrived_at == at(10, 3)


def test_whoever_shows_the_card_a_day_early_sees_it_again_and_is_not_there_yet(kiosk, cast):
    kept = services.reserve(site=cast.empalot, starts_at=at(10, days=1), by=WEB)
    done = text_of(kiosk.get(kiosk.post(RESERVED, {"ticket": kept.reference + kept.code}).url))
    assert "C’est réservé" in done
    kept.refresh_from_db()
    assert kept.arrived_at is None


def test_paper_names_the_keys_as_the_screen_does(kiosk, cast):
    for language in ("fr", "ar", "uk", "es"):
        kiosk.post(reverse("kiosk:language"), {"language": language})
        menu, wish = (text_of(kiosk.get(url)) for url in (reverse("kiosk:menu"), WISH))
        kiosk.post(TIME, {"when": "2026-12-01T10:30"})
        slip = text_of(kiosk.get(DONE))
        key = re.search(rf'href="{WISH}">.*?<span>(.*?)\s*<small>', menu, re.DOTALL)[1]
        reserved = re.search(rf'href="{RESERVED}">.*?<span>(.*?)\s*</span>', wish, re.DOTALL)[1]
        assert all(f"{name}" in slip.split("print-only", 1)[1] for name in (key, reserved))
        Reservation.objects.all().delete()


def test_whoever_is_too_late_is_told_how_to_have_another(kiosk, cast, now):
    kept = services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    now.move_to(at(10, 20))
    services.give_back_missed()
    answer = text_of(kiosk.post(RESERVED, {"ticket": kept.reference + kept.code}))
    assert "n’est plus réservé" in answer
    assert WISH in answer


def test_wrong_unknown_and_other_places_digits_get_one_answer(kiosk, cast):
    kept = services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    Workstation.objects.create(site=cast.bellefontaine, label="Poste 9")
    elsewhere = services.reserve(site=cast.bellefontaine, starts_at=at(10), by=WEB)
    wrong = "0000" if kept.code != "0000" else "1111"
    answers = {
        re.sub(r'value="[^"]*"', "", text_of(kiosk.post(RESERVED, {"ticket": ticket})))
        for ticket in (kept.reference + wrong, f"00000000{kept.code}", elsewhere.reference + elsewhere.code)
    }
    assert len(answers) == 1
    assert "Nous ne trouvons pas" in answers.pop()
    assert "douze chiffres" in text_of(kiosk.post(RESERVED, {"ticket": "123"}))


def test_guessing_digits_ends_soon(kiosk, cast):
    kept = services.reserve(site=cast.empalot, starts_at=at(10), by=WEB)
    wrong = "0000" if kept.code != "0000" else "1111"
    for _number in range(computer_limits.TICKETS_OF.most):
        kiosk.post(RESERVED, {"ticket": kept.reference + wrong})
    answer = kiosk.post(RESERVED, {"ticket": kept.reference + kept.code})
    assert answer.status_code == 429
    assert "Appeler quelqu’un" in text_of(answer)


def test_one_screen_gives_out_so_many_an_hour(kiosk):
    for _number in range(computer_limits.RESERVED_AT.most):
        kiosk.post(TIME, {"when": "now"})
        Reservation.objects.all().delete()
    assert kiosk.post(TIME, {"when": "now"}).status_code == 429
    assert not Reservation.objects.exists()


def test_a_place_without_computers_has_no_such_key(kiosk, cast):
    cast.empalot.workstations.all().delete()
    assert WISH not in text_of(kiosk.get(reverse("kiosk:menu")))
    assert "pas d’ordinateur en libre accès ici" in text_of(kiosk.get(WISH))
    assert "Aucun poste n’est libre" in text_of(kiosk.get(TIME))


def test_it_speaks_the_language_that_was_chosen(kiosk):
    kiosk.post(reverse("kiosk:language"), {"language": "ar"})
    assert 'dir="rtl"' in text_of(kiosk.get(TIME))


def test_a_screen_that_is_not_paired_gives_nothing(client, cast):
    for name in ("computer", "computer_time", "computer_done", "computer_reserved"):
        assert client.get(reverse(f"kiosk:{name}")).status_code == 403
    assert client.post(TIME, {"when": "now"}).status_code == 403
    assert not Reservation.objects.exists()
