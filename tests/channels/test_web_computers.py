"""A computer for later, without account, cookie or JavaScript; then see it, and give it back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from mediation.accounts.actor import Actor, Door
from mediation.channels import computer_limits
from sites import services
from sites.models import Reservation, Site, Workstation
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
WEB = Actor(door=Door.WEB)


def text_of(response) -> str:
    return response.content.decode()


def links_to(response, name: str) -> list[str]:
    found = (link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', text_of(response)))
    return [link for link in found if link.startswith(reverse(name) + "?")]


def who_url(site: Site, moment: str = "2026-12-01T14:30", **more: str) -> str:
    return reverse("web:computer_who", query={"place": site.uid, "when": moment, **more})


def test_a_resident_reserves_step_by_step(client, cast):
    page = client.get(reverse("web:computer"))
    page = client.get(next(link for link in links_to(page, "web:computer_place") if "printer" in link))
    assert "Médiathèque Empalot" in text_of(page)
    page = client.get(links_to(page, "web:computer_time")[0])
    page = client.get(links_to(page, "web:computer_who")[0])
    assert not client.cookies, "No cookie before the computer is reserved."
    url = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    assert parse_qs(urlsplit(url).query)["when"] == ["2026-12-01T10:00"]

    done = client.post(url, {"first_name": "Odette"}, follow=True)

    kept = Reservation.objects.get()
    assert (kept.starts_at, kept.workstation, kept.first_name) == (at(10), cast.workstation, "Odette")
    assert (kept.booked_through, kept.arrived_at) == (Door.WEB, None)
    text = text_of(done)
    assert "votre poste est réservé" in text
    assert kept.code in text
    assert " ".join(kept.reference[i : i + 2] for i in range(0, 8, 2)) in text
    assert set(client.cookies) == {"rendez-vous"}


def test_nobody_has_to_say_who_comes_and_nothing_personal_is_in_an_address(client, cast):
    response = client.post(who_url(cast.empalot), {"first_name": "Odette Personnelle"})
    assert "Odette" not in response.url
    Reservation.objects.all().delete()
    client.post(who_url(cast.empalot), {})
    assert Reservation.objects.get().first_name == ""


def test_only_places_that_have_what_is_wanted(client, cast):
    page = client.get(reverse("web:computer_place", query={"equipment": "scanner"}))
    assert "Médiathèque Empalot" not in text_of(page)
    assert "pas de poste à réserver" in text_of(page)
    page = client.get(reverse("web:computer", query={"place": cast.empalot.uid}))
    assert "Imprimer" in text_of(page)
    assert "Scanner" not in text_of(page)


def test_the_nearest_place_comes_first_to_whoever_says_a_quartier(client, cast):
    far = Site.objects.create(
        national_id="far", name="Ailleurs", latitude=43.65, longitude=1.35, opening_hours="Tu 09:00-18:00"
    )
    Workstation.objects.create(site=far, label="Poste 1")
    soonest = text_of(client.get(reverse("web:computer_place")))
    assert soonest.index("Ailleurs") < soonest.index("Médiathèque Empalot")
    nearest = text_of(client.get(reverse("web:computer_place", query={"quartier": cast.empalot_quartier.pk})))
    assert nearest.index("Médiathèque Empalot") < nearest.index("Ailleurs")


def test_whoever_is_slower_chooses_another_time(client, cast):
    services.reserve(site=cast.empalot, starts_at=at(14, 30), by=WEB)
    before = client.get(who_url(cast.empalot))
    assert "n’est plus libre" in text_of(before)
    after = client.post(who_url(cast.empalot), {})
    assert "n’est plus libre" in text_of(after)
    assert "16\xa0h" in text_of(after)
    assert Reservation.objects.count() == 1
    assert "rendez-vous" not in client.cookies


def test_the_same_form_sent_twice_reserves_once(client, cast):
    key = re.search(r'name="key" value="([^"]+)"', text_of(client.get(who_url(cast.empalot)))).group(1)
    Workstation.objects.create(site=cast.empalot, label="Poste 2")
    first, second = (client.post(who_url(cast.empalot), {"key": key}) for _number in range(2))
    assert first.url == second.url
    assert Reservation.objects.count() == 1


@pytest.mark.parametrize("answers", [{}, {"place": "x"}, {"when": "2026-13-45T99:99"}, {"equipment": "throne"}])
def test_answers_that_mean_nothing_are_asked_again(client, cast, answers):
    assert client.get(reverse("web:computer_who", query=answers)).status_code == 302
    assert client.get(reverse("web:computer_time", query=answers)).status_code == 302
    assert client.get(reverse("web:computer_place", query=answers)).status_code == 200
    assert client.post(who_url(cast.empalot, "n’importe quoi"), {}).status_code == 302
    assert not Reservation.objects.exists()


def test_it_is_seen_kept_and_given_back_by_reference_and_code(client, cast):
    kept = services.reserve(site=cast.empalot, starts_at=at(14, 30), by=WEB)
    digits = {"reference": kept.reference, "secret": kept.code}
    sheet = client.post(reverse("web:appointment"), digits, follow=True)
    assert "Mon ordinateur réservé" in text_of(sheet)
    assert "Changer l’horaire" not in text_of(sheet)
    calendar = client.get(reverse("web:appointment_calendar"))
    assert b"Ordinateur r" in calendar.content
    cancel = client.get(reverse("web:appointment_cancel"))
    assert "Rendre ce poste" in text_of(cancel)
    token = re.search(r'name="token" value="([^"]+)"', text_of(cancel)).group(1)
    client.post(reverse("web:appointment_cancel"), {"token": token})
    kept.refresh_from_db()
    assert kept.is_released
    assert "n’est plus réservé" in text_of(client.get(reverse("web:appointment_sheet")))


@pytest.mark.parametrize("name", ["book_done", "appointment_move", "appointment_moved", "appointment_earlier"])
def test_pages_of_appointments_lead_whoever_holds_a_computer_to_its_card(client, cast, name):
    client.post(who_url(cast.empalot), {})
    page = client.get(reverse(f"web:{name}"), follow=True)
    assert page.status_code == 200
    assert page.redirect_chain


def test_a_program_and_whoever_reserves_again_and_again_are_told_to_call(client, cast):
    assert client.post(who_url(cast.empalot), {"website": "https://example.org"}).status_code == 429
    for _number in range(computer_limits.RESERVED_FROM.most):
        client.post(who_url(cast.empalot), {})
        Reservation.objects.all().delete()
    refused = client.post(who_url(cast.empalot), {})
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert not Reservation.objects.exists()


def test_it_speaks_the_language_of_the_address(client, cast):
    with translation.override("ar"):
        page = client.get(reverse("web:computer_time", query={"place": cast.empalot.uid}))
    assert page.status_code == 200
    assert 'dir="rtl"' in text_of(page)
    assert "/ar/ordinateur/vous/" in text_of(page)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_places_costs_the_same_for_one_row_or_twenty(client, cast, rows, django_assert_num_queries):
    for number in range(rows - 1):
        site = Site.objects.create(national_id=f"p{number}", name=f"Lieu {number}", opening_hours="Tu 09:00-18:00")
        Workstation.objects.create(site=site, label="Poste 1")
    client.get(reverse("web:computer_place"))
    with django_assert_num_queries(7):
        client.get(reverse("web:computer_place"))
