"""Mistakes that residents find on the pages of places, and the agents who mend them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mediation.accounts.actor import Actor, Door
from sites.enums import ErrorSubject
from sites.models import ErrorReport
from sites.services import forget_reports, mark_report, report_error

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
RESIDENT = Actor(door=Door.WEB)


@pytest.fixture
def report(cast) -> ErrorReport:
    """Somebody stood before a closed door."""
    return report_error(site=cast.empalot, subject=ErrorSubject.HOURS, text="Fermé le mardi", by=RESIDENT)


def send(client, site, **fields):
    return client.post(reverse("web:place_report", args=[site.uid]), fields, follow=True)


def test_a_resident_reports_a_mistake_without_saying_who(client, cast):
    assert reverse("web:place_report", args=[cast.empalot.uid]) in (
        client.get(reverse("web:place", args=[cast.empalot.uid])).content.decode()
    )
    answer = send(client, cast.empalot, subject="hours", text="Fermé le mardi")
    assert cast.mairie.name in answer.content.decode()
    assert not client.cookies
    (report,) = ErrorReport.objects.all()
    assert (report.site, report.subject, report.text) == (cast.empalot, "hours", "Fermé le mardi")


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "rien de choisi"},
        {"subject": "other", "text": "  "},
        {"subject": "hours", "text": "2 48 02 31 555 123 45"},
        {"subject": "hours", "text": "x" * 501},
    ],
)
def test_what_says_nothing_or_too_much_is_asked_again(client, cast, fields):
    answer = send(client, cast.empalot, **fields)
    assert "data-focus" in answer.content.decode()
    assert not ErrorReport.objects.exists()


def test_a_program_and_whoever_reports_again_and_again_get_the_telephone(client, cast, settings):
    assert send(client, cast.empalot, subject="hours", website="https://spam.example").status_code == 429
    for _time in range(20):
        assert send(client, cast.empalot, subject="hours").status_code == 200
    answer = send(client, cast.empalot, subject="hours")
    assert answer.status_code == 429
    assert settings.NETWORK_PHONE in answer.content.decode()
    assert ErrorReport.objects.count() == 20


def test_the_page_of_a_hidden_place_takes_no_report(client, cast):
    cast.empalot.is_published = False
    cast.empalot.save()
    assert send(client, cast.empalot, subject="hours").status_code == 404


def test_agents_of_the_place_deal_with_it_and_may_think_again(cast, sign_in, report):
    client, sheet = sign_in(cast.claire), reverse("sites:sheet", args=[cast.empalot.uid])
    assert "Fermé le mardi" in client.get(sheet).content.decode()
    mark = reverse("sites:error_report_mark", args=[report.uid])
    assert client.post(mark, {"handled": "1", "from_sheet": "1"}).url == sheet
    report.refresh_from_db()
    assert report.is_handled
    assert report.handled_by == cast.claire
    assert "Fermé le mardi" not in client.get(sheet).content.decode()
    assert "Rouvrir" in client.get(reverse("sites:error_reports")).content.decode()
    client.post(mark)
    report.refresh_from_db()
    assert not report.is_handled
    assert report.handled_by is None


def test_another_organisation_neither_reads_nor_settles_it(cast, sign_in, report):
    client = sign_in(cast.paul)
    for page in (reverse("sites:error_reports"), reverse("sites:sheet", args=[cast.empalot.uid])):
        assert "Fermé le mardi" not in client.get(page).content.decode()
    assert client.post(reverse("sites:error_report_mark", args=[report.uid]), {"handled": "1"}).status_code == 404


def test_administrators_of_the_network_read_those_of_places_without_organisation(cast, sign_in, report):
    cast.empalot.organisation = None
    cast.empalot.save()
    page = reverse("sites:error_reports")
    assert "Fermé le mardi" not in sign_in(cast.claire).get(page).content.decode()
    assert "Fermé le mardi" in sign_in(cast.admin).get(page).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_mistake_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        report_error(site=cast.empalot, subject=ErrorSubject.PHONE, text=f"n° {number}", by=RESIDENT)
    client = sign_in(cast.claire)
    client.get(reverse("sites:error_reports"))
    with django_assert_num_queries(6):
        client.get(reverse("sites:error_reports"))


def test_other_needs_words(cast):
    with pytest.raises(ValidationError, match="quelques mots"):
        report_error(site=cast.empalot, subject=ErrorSubject.OTHER, text=" ", by=RESIDENT)


def test_what_was_dealt_with_is_forgotten_after_six_months(cast, now, report):
    now.shift(dt.timedelta(days=400))
    assert forget_reports() == 0
    mark_report(report=report, handled=True, by=Actor.at_desk(cast.claire))
    now.shift(dt.timedelta(days=179))
    assert forget_reports() == 0
    now.shift(dt.timedelta(days=2))
    assert forget_reports() == 1
