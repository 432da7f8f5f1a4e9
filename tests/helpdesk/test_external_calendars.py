"""A calendar kept elsewhere: its hours are absences here, and nothing that it holds can harm."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from helpdesk.models import Absence, ExternalCalendar
from helpdesk.selectors import is_offered
from helpdesk.services import book
from helpdesk.services.external_calendars import add_calendar, add_file, read_again, read_due_calendars, remove_calendar
from mediation.accounts.actor import Actor, Door
from tests.cast import NOW, at
from tests.helpdesk.steps import slot_at
from tests.kernel.test_ics_reading import ics
from tests.kernel.web import serve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NINE = "DTSTART;TZID=Europe/Paris:20261208T090000\nDTEND;TZID=Europe/Paris:20261208T100000\nSUMMARY:Dentiste"
TEN = "DTSTART;TZID=Europe/Paris:20261209T100000\nDTEND;TZID=Europe/Paris:20261209T110000"
WORKER = Actor(door=Door.WORKER)


@pytest.fixture
def web(settings):
    with serve() as web:
        settings.EXTERNAL_CALENDAR_HOSTS = frozenset({web.host})
        web.body = ics(NINE, TEN)
        yield web


@pytest.fixture
def calendar(cast, web):
    return add_calendar(mediator=cast.amina_mediator, label="", url=web.url, by=Actor.at_desk(cast.amina))


def hours() -> list[dt.datetime]:
    return [absence.starts_at for absence in Absence.objects.order_by("starts_at")]


def test_what_is_taken_elsewhere_is_taken_here_without_saying_why(cast, calendar):
    assert hours() == [at(9, days=7), at(10, days=8)]
    assert {absence.label for absence in Absence.objects.all()} == {"Agenda personnel"}
    assert "Dentiste" not in str(list(Absence.objects.values()))
    assert not is_offered(slot_at(cast, at(9, 30, days=7)))
    assert is_offered(slot_at(cast, at(10, days=7)))


def test_reading_again_changes_what_changed_and_nothing_else(calendar, web):
    kept = Absence.objects.get(starts_at=at(10, days=8))
    web.body = ics(NINE.replace("T090000", "T093000"), TEN)
    read_again(calendar=calendar, by=WORKER)
    assert hours() == [at(9, 30, days=7), at(10, days=8)]
    assert Absence.objects.filter(pk=kept.pk).exists()
    web.body = ics()
    read_again(calendar=calendar, by=WORKER)
    assert hours() == []


def test_an_absence_noted_by_hand_is_left_alone(cast, calendar, web):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(9, days=20), ends_at=at(12, days=20))
    web.body = ics()
    read_again(calendar=calendar, by=WORKER)
    assert hours() == [at(9, days=20)]


def test_the_worker_reads_each_every_quarter_of_an_hour(calendar, web, now):
    assert read_due_calendars(by=WORKER) == 0
    now.shift(dt.timedelta(minutes=15))
    assert read_due_calendars(by=WORKER) == 1
    assert read_due_calendars(by=WORKER) == 0
    calendar.refresh_from_db()
    assert calendar.read_at == NOW + dt.timedelta(minutes=15)


def test_an_unchanged_calendar_is_not_sent_again_until_another_day(cast, web, now):
    web.headers = {"ETag": '"1"'}
    calendar = add_calendar(mediator=cast.amina_mediator, label="", url=web.url, by=WORKER)
    now.shift(dt.timedelta(hours=1))
    read_again(calendar=calendar, by=WORKER)
    assert web.requests[-1].get("If-None-Match") == '"1"'
    assert (calendar.problem, len(hours())) == ("", 2)
    now.shift(dt.timedelta(days=1))
    read_again(calendar=calendar, by=WORKER)
    assert "If-None-Match" not in web.requests[-1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404}, "plus de calendrier"),
        ({"status": 403}, "ne le donne pas"),
        ({"body": b"<!DOCTYPE html><html></html>"}, "page web"),
        ({"body": b"bonjour"}, "pas un calendrier"),
        ({"body": ics(NINE)[:-10]}, "incomplet"),
        ({"body": ics("SUMMARY:x")}, "abîmé"),
        ({"body": ics(f"{NINE}\nRRULE:FREQ=SECONDLY")}, "sans arrêt"),
        ({"body": ics(*[f"{NINE}\nRRULE:FREQ=DAILY"] * 30)}, "trop d’évènements"),
        ({"body": b"x" * (5 * 1024**2 + 1)}, "trop gros"),
    ],
)
def test_a_reading_that_fails_says_why_and_changes_nothing(calendar, web, answer, said, now):
    before = hours()
    for name, value in answer.items():
        setattr(web, name, value)
    now.shift(dt.timedelta(hours=1))
    read_again(calendar=calendar, by=WORKER)
    calendar.refresh_from_db()
    assert said in calendar.problem
    assert (calendar.read_at, calendar.tried_at) == (NOW, NOW + dt.timedelta(hours=1))
    assert hours() == before
    web.status, web.body = 200, ics(NINE)
    read_again(calendar=calendar, by=WORKER)
    assert (calendar.problem, len(hours())) == ("", 1)


def test_an_event_that_cannot_be_read_is_counted(calendar, web):
    web.body = ics(NINE, "SUMMARY:x")
    read_again(calendar=calendar, by=WORKER)
    assert calendar.problem == "1 évènement illisible n’est pas pris en compte."
    assert hours() == [at(9, days=7)]


@pytest.mark.parametrize(
    "url", ["http://agenda.example.org/a.ics", "agenda", "ftp://x.example.org/", "https://127.0.0.1/a.ics"]
)
def test_an_address_that_cannot_be_read_is_not_kept(cast, url):
    with pytest.raises(ValidationError):
        add_calendar(mediator=cast.amina_mediator, label="", url=url, by=WORKER)
    assert not ExternalCalendar.objects.exists()


def test_a_file_is_read_for_a_year(cast):
    far = "DTSTART;VALUE=DATE:20270801\nDTEND;VALUE=DATE:20270815"
    add_file(mediator=cast.amina_mediator, label="Congés", data=ics(far), by=WORKER)
    (absence,) = Absence.objects.all()
    assert absence.in_words() == "du dim. 1er août au sam. 14 août 2027"
    assert read_due_calendars(by=WORKER) == 0


def test_removing_a_calendar_offers_its_hours_again(cast, calendar):
    remove_calendar(calendar=calendar, by=WORKER)
    assert hours() == []
    assert is_offered(slot_at(cast, at(9, 30, days=7)))


# --- The pages --------------------------------------------------------------------------------------------------------


def url(name, *args):
    return reverse(f"calendars:{name}", args=args)


def test_a_mediator_adds_an_address_and_sees_whom_it_crosses(cast, web, client, sign_in):
    sign_in(cast.amina)
    book(slot=slot_at(cast, at(9, days=7)), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    answers = {"mediator": cast.amina_mediator.pk, "label": "Google", "url": web.url}
    page = client.post(url("external_add"), answers, follow=True).content.decode()
    assert "2 absences à venir" in page
    assert "Lucette" in page
    assert web.url not in page
    assert web.url not in client.get(url("external")).content.decode()


def test_what_is_wrong_with_an_address_is_said_at_the_field(cast, web, client, sign_in):
    sign_in(cast.amina)
    web.body = b"<html></html>"
    page = client.post(url("external_add"), {"mediator": cast.amina_mediator.pk, "url": web.url})
    assert "page web" in str(page.context["form"].errors["url"])
    assert not ExternalCalendar.objects.exists()


def test_a_file_is_given_once(cast, client, sign_in):
    sign_in(cast.amina)
    for data, kept in ((b"bonjour", 0), (ics(NINE), 1)):
        file = SimpleUploadedFile("conges.ics", data, "text/calendar")
        client.post(url("external_file"), {"mediator": cast.amina_mediator.pk, "file": file})
        assert ExternalCalendar.objects.count() == kept


def test_a_calendar_is_its_mediators_business(cast, calendar, client, sign_in):
    sign_in(cast.paul)
    assert client.get(url("external_sheet", calendar.uid)).status_code == 404
    assert client.post(url("external_read", calendar.uid)).status_code == 404
    assert client.post(url("external_remove", calendar.uid)).status_code == 404
    answers = {"mediator": cast.amina_mediator.pk, "url": "https://agenda.example.org/a.ics"}
    assert client.post(url("external_add"), answers).context["form"].errors
    sign_in(cast.amina)
    assert client.get(url("external_remove", calendar.uid)).status_code == 200
    client.post(url("external_remove", calendar.uid))
    assert not ExternalCalendar.objects.exists()


def test_trouble_is_told_where_the_day_is_planned(cast, calendar, web, client, sign_in, now):
    web.status = 500
    now.shift(dt.timedelta(minutes=30))
    read_due_calendars(by=WORKER)
    pages = (reverse("desk:today"), reverse("helpdesk:absences"))
    sign_in(cast.amina)
    assert not any("ne se lit plus" in client.get(page).content.decode() for page in pages), "once is nothing"
    now.shift(dt.timedelta(hours=1))
    read_due_calendars(by=WORKER)
    assert all("ne se lit plus" in client.get(page).content.decode() for page in pages)
    web.status = 200
    now.shift(dt.timedelta(minutes=15))
    read_due_calendars(by=WORKER)
    assert not any("ne se lit plus" in client.get(page).content.decode() for page in pages)


def test_absences_noted_by_hand_are_not_drowned_by_those_that_were_read(cast, calendar, client, sign_in):
    Absence.objects.create(
        mediator=cast.amina_mediator, starts_at=at(9, days=20), ends_at=at(12, days=20), label="Formation"
    )
    sign_in(cast.amina)
    page = client.get(reverse("helpdesk:absences")).content.decode()
    assert "Formation" in page
    assert "Agenda personnel" not in page
