"""Feeds: what a telephone reads, for how long, and that nobody else does."""

import datetime as dt
import logging

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from icalendar import Calendar

from directory.enums import Role
from directory.models import Membership
from helpdesk.services import book, cancel, move
from mediation.accounts.actor import Actor
from mediation.calendars.models import Feed
from mediation.calendars.services import create_feed
from mediation.calendars.views.feeds import IN_VAIN
from tests.cast import NOW, at
from tests.helpdesk.steps import slot_at
from tests.workshops.conftest import open_workshop
from workshops.services import cancel_workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def address(token: str) -> str:
    return reverse("calendars:feed", args=[token])


@pytest.fixture
def amina_feed(cast):
    """The address of Amina's agenda, made by herself."""
    _feed, token = create_feed(subject=cast.amina_mediator, by=Actor.at_desk(cast.amina))
    return address(token)


@pytest.fixture
def booked(cast):
    return book(slot=slot_at(cast, at(11, days=7)), people=[cast.lucette], by=Actor.at_desk(cast.claire), note="CAF")


def events(response):
    assert response.status_code == 200, response.status_code
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_telephone_reads_times_and_places_and_nothing_of_people(cast, client, amina_feed, booked):
    workshop = open_workshop(cast, Actor.at_desk(cast.amina), title="Ma CAF en ligne")
    response = client.get(amina_feed)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    atelier, rendez_vous = events(response)
    assert (atelier["SUMMARY"], rendez_vous["SUMMARY"]) == ("Atelier", "Rendez-vous")
    assert rendez_vous.decoded("DTSTART") == at(11, days=7)
    assert "40 avenue Jean Moulin" in rendez_vous["LOCATION"]
    assert str(booked.uid) in rendez_vous["URL"]
    assert str(workshop.uid) in atelier["URL"]
    text = response.content.decode()
    assert "TZID:Europe/Paris" in text
    for hidden in ("Lucette", "Fabré", booked.reference, "CAF", cast.admin_help.label, "39980001"):
        assert hidden not in text


def test_a_place_shows_everybody_who_receives_there(cast, client, booked):
    _feed, token = create_feed(subject=cast.empalot, by=Actor.at_desk(cast.admin))
    (one,) = events(client.get(address(token)))
    assert one["SUMMARY"] == "Rendez-vous, Amina Benali"
    _feed, token = create_feed(subject=cast.bellefontaine, by=Actor.at_desk(cast.admin))
    assert events(client.get(address(token))) == []


def test_a_moved_appointment_keeps_its_name_and_rises(cast, client, amina_feed, booked, now):
    (before,) = events(client.get(amina_feed))
    now.shift(60)
    move(appointment=booked, slot=slot_at(cast, at(9, days=7)), by=Actor.at_desk(cast.claire))
    (after,) = events(client.get(amina_feed))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("LAST-MODIFIED") >= NOW + dt.timedelta(seconds=60)


def test_a_cancelled_time_says_so_for_two_weeks(cast, client, amina_feed, booked, now):
    by = Actor.at_desk(cast.amina)
    workshop = open_workshop(cast, by)
    cancel(appointment=booked, by=by, asked_by_person=True)
    cancel_workshop(workshop=workshop, by=by)
    assert [one["STATUS"] for one in events(client.get(amina_feed))] == ["CANCELLED", "CANCELLED"]
    now.move_to(NOW + dt.timedelta(days=14))
    assert len(events(client.get(amina_feed))) == 2
    now.move_to(NOW + dt.timedelta(days=15))
    assert events(client.get(amina_feed)) == []


def test_old_times_leave_and_far_ones_wait(cast, client, amina_feed, booked, now):
    now.move_to(at(0, 5, days=7 + 28))
    assert len(events(client.get(amina_feed))) == 1
    now.move_to(at(0, 5, days=7 + 29))
    assert events(client.get(amina_feed)) == []


def test_who_has_it_already_is_told_so(cast, client, amina_feed, booked, now):
    first = client.get(amina_feed)
    assert "private" in first["Cache-Control"]
    assert first["Last-Modified"]
    again = client.get(amina_feed, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(amina_feed, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    now.shift(60)
    assert client.get(amina_feed)["ETag"] == first["ETag"]
    cancel(appointment=booked, by=Actor.at_desk(cast.claire), asked_by_person=True)
    assert client.get(amina_feed, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.get(amina_feed, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 200


@pytest.mark.parametrize("rows", [1, 6])
def test_it_costs_the_same_for_one_time_or_six(cast, client, amina_feed, rows, django_assert_num_queries):
    for number in range(rows):
        book(
            slot=slot_at(cast, at(9 + number // 2, 30 * (number % 2), days=7)),
            people=[cast.lucette],
            by=Actor.at_desk(cast.claire),
        )
    client.get(amina_feed)
    # The feed, the roles of who made it (2), appointments, workshops.
    with django_assert_num_queries(5):
        assert len(events(client.get(amina_feed))) == rows


def test_an_address_that_was_taken_back_shows_nothing(cast, client, sign_in, amina_feed, booked):
    feed = Feed.objects.get()
    sign_in(cast.amina)
    url = reverse("calendars:revoke", args=[feed.uid])
    assert "Retirer" in client.get(url).content.decode()
    assert client.get(amina_feed).status_code == 200
    client.post(url)
    assert client.get(amina_feed).status_code == 404


def test_whoever_loses_the_role_or_the_account_reads_nothing_more(cast, client, amina_feed):
    cast.amina.is_active = False
    cast.amina.save()
    assert client.get(amina_feed).status_code == 404
    cast.amina.is_active = True
    cast.amina.save()
    assert client.get(amina_feed).status_code == 200
    Membership.objects.filter(user=cast.amina).delete()
    assert client.get(amina_feed).status_code == 404


def test_a_mediator_who_left_has_no_agenda_any_more(cast, client, amina_feed):
    cast.amina_mediator.is_active = False
    cast.amina_mediator.save()
    assert client.get(amina_feed).status_code == 404


def test_guessing_is_slowed_down_but_good_addresses_answer(client, amina_feed):
    for _attempt in range(IN_VAIN.most):
        assert client.get(address("x" * 43)).status_code == 404
    assert client.get(address("x" * 43)).status_code == 429
    assert client.get(amina_feed).status_code == 200


def test_the_secret_stands_in_no_log_and_no_row(client, amina_feed, caplog):
    secret = amina_feed.split("/")[-1].removesuffix(".ics")
    caplog.set_level(logging.DEBUG)
    Feed.objects.update(revoked_at=NOW)
    assert client.get(amina_feed).status_code == 404
    assert "Not Found" in caplog.text
    assert secret not in caplog.text
    assert secret not in str(list(Feed.objects.values()))


def test_a_mediator_makes_an_address_and_sees_it_once(cast, client, sign_in):
    sign_in(cast.amina)
    page = client.get(reverse("calendars:feeds"))
    form = page.context["form"]
    assert f'class="back" href="{reverse("helpdesk:agenda")}"' in page.content.decode()
    response = client.post(reverse("calendars:feeds"), {"subject": form.fields["subject"].initial})
    shown = response.context["address"]
    assert shown in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert client.get(shown).status_code == 200
    page = client.get(reverse("calendars:feeds")).content.decode()
    assert shown.split("/")[-1] not in page
    assert "à l’instant" in page


def test_nobody_makes_or_takes_back_an_address_for_somebody_elses_agenda(cast, client, sign_in, amina_feed):
    sign_in(cast.paul)
    for key in (f"m-{cast.amina_mediator.uid}", f"s-{cast.empalot.uid}", "m-x", ""):
        assert client.post(reverse("calendars:feeds"), {"subject": key}).context["form"].errors
    assert "Amina" not in client.get(reverse("calendars:feeds")).content.decode()
    assert client.post(reverse("calendars:revoke", args=[Feed.objects.get().uid])).status_code == 404
    sign_in(cast.claire)
    assert client.get(reverse("calendars:feeds")).status_code == 403


def test_an_administrator_looks_after_those_of_their_organisation(cast, client, sign_in, amina_feed):
    Membership.objects.create(user=cast.claire, organisation=cast.mairie, role=Role.ADMINISTRATOR)
    sign_in(cast.claire)
    page = client.get(reverse("calendars:feeds"))
    assert set(page.context["form"].found.values()) == {cast.amina_mediator, cast.empalot}
    assert "Amina Benali" in page.content.decode()


def test_a_feed_is_of_one_mediator_or_one_place(cast):
    for wrong in ({}, {"mediator": cast.amina_mediator, "site": cast.empalot}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feed.objects.create(token_hash="0" * 64, **wrong)
