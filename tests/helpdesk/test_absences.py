"""Absences: changed where they stand, said with what nobody knows yet."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from helpdesk import services
from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.models import Absence, ExternalCalendar
from helpdesk.selectors import Need, first_slots
from mediation.accounts.actor import Actor
from tests.cast import TODAY, at
from tests.helpdesk.steps import slot_at

pytestmark = pytest.mark.usefixtures("now")


def away(cast, start: dt.datetime, end: dt.datetime, **said) -> Absence:
    return Absence.objects.create(mediator=cast.amina_mediator, starts_at=start, ends_at=end, **said)


def address(absence: Absence, name: str = "absence_edit") -> str:
    return reverse(f"helpdesk:{name}", args=[absence.uid])


def typed(client, absence: Absence) -> dict:
    """Return what the page sends back where nothing was changed."""
    form = client.get(address(absence)).context["form"]
    shown = {field.name: field.field.prepare_value(field.value()) for field in form}
    values = {
        name: field.field.widget.format_value(shown[name]) if hasattr(field.field.widget, "format") else shown[name]
        for name, field in ((one.name, one) for one in form)
    }
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# --- Changing one -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "more"),
    [
        ((0, 7), (0, 8), {}),
        ((0, 7), (0, 14), {"label": "Congés"}),
        ((9, 7), (12, 7), {}),
        ((14, 7), (0, 8), {}),
        ((14, 7), (10, 9), {}),
        ((9, 7), (12, 7), {"recurrence": Recurrence.WEEKLY, "interval_weeks": 2, "skipped_days": ["2026-12-22"]}),
        ((0, 7), (0, 9), {"recurrence": Recurrence.WEEKLY, "last_day": dt.date(2027, 3, 2)}),
        ((9, 7), (12, 7), {"recurrence": Recurrence.MONTHLY, "month_week": 2, "outside_school_holidays": True}),
    ],
)
def test_saved_as_it_is_shown_it_stays_what_it_was(cast, sign_in, start, end, more):
    absence = away(cast, at(start[0], days=start[1]), at(end[0], days=end[1]), **more)
    before = Absence.objects.filter(pk=absence.pk).values().get()
    client = sign_in(cast.amina)
    answer = client.post(address(absence), typed(client, absence))
    assert answer.url == address(absence, "absence")
    assert Absence.objects.filter(pk=absence.pk).values().get() == before


def test_who_is_no_longer_hindered_leaves_the_list_and_others_enter_it(cast, sign_in):
    by = Actor.at_desk(cast.claire)
    services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=by)
    services.book(slot=slot_at(cast, at(11, days=7)), people=[cast.hassan], by=Actor.at_desk(cast.amina))
    absence = away(cast, at(9, days=7), at(10, days=7))
    client = sign_in(cast.amina)
    page = client.get(address(absence, "absence")).content.decode()
    assert address(absence) in page
    assert ("Lucette" in page, "Hassan" in page) == (True, False)
    answer = client.post(address(absence), {**typed(client, absence), "start_time": "11:00", "end_time": "12:00"})
    page = client.get(answer.url).content.decode()
    assert ("Lucette" in page, "Hassan" in page) == (False, True)
    assert Absence.objects.count() == 1


def test_its_old_time_is_offered_again_and_its_new_one_no_longer(cast, sign_in):
    absence = away(cast, at(0, days=7), at(0, days=8))
    client = sign_in(cast.amina)
    client.post(address(absence), {**typed(client, absence), "first_day": "2026-12-15"})
    for days, is_offered in ((7, True), (14, False)):
        day = TODAY + dt.timedelta(days=days)
        need = Need(reason=cast.admin_help, mediator=cast.amina_mediator, first_day=day, last_day=day)
        assert bool(first_slots(need)) == is_offered


def test_who_was_moved_because_of_it_stays_moved_and_that_is_said(cast, sign_in):
    by = Actor.at_desk(cast.claire)
    appointment = services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=by)
    absence = away(cast, at(0, days=7), at(0, days=8))
    services.move(appointment=appointment, slot=slot_at(cast, at(9, 30, days=14)), by=by)
    client = sign_in(cast.amina)
    kept = client.post(address(absence), {**typed(client, absence), "label": "Formation"})
    assert "déplacé" not in said(kept)
    freed = client.post(address(absence), {**typed(client, absence), "first_day": "2026-12-22"})
    assert "1 rendez-vous avait été déplacé" in said(freed)
    appointment.refresh_from_db()
    assert appointment.starts_at == at(9, 30, days=14)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"end_day": "2026-12-01"}, "end_day", "doit finir après"),
        ({"end_time": "08:00"}, "end_time", "doit finir après"),
        ({"first_day": ""}, "first_day", "obligatoire"),
        ({"first_day": "2099-01-01"}, "first_day", "Vérifiez l’année"),
        ({"recurrence": "monthly"}, "month_week", "lequel du mois"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_changes(cast, sign_in, changes, field, words):
    absence = away(cast, at(9, days=7), at(12, days=7))
    client = sign_in(cast.amina)
    answer = client.post(address(absence), {**typed(client, absence), **changes})
    assert words in " ".join(answer.context["form"].errors[field])
    absence.refresh_from_db()
    assert (absence.starts_at, absence.ends_at) == (at(9, days=7), at(12, days=7))


def test_one_that_is_over_once_changed_leads_to_the_list(cast, sign_in):
    absence = away(cast, at(9, days=7), at(12, days=7))
    client = sign_in(cast.amina)
    answer = client.post(address(absence), {**typed(client, absence), "first_day": "2026-11-24"}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == reverse("helpdesk:absences")


def test_only_those_who_note_it_change_it_and_never_one_of_a_calendar_kept_elsewhere(cast, sign_in):
    absence = away(cast, at(9, days=7), at(12, days=7))
    calendar = ExternalCalendar.objects.create(mediator=cast.amina_mediator, label="Le mien")
    read = away(cast, at(9, days=8), at(12, days=8), calendar=calendar, external_uid="a")
    assert sign_in(cast.paul).get(address(absence)).status_code == 404
    assert sign_in(cast.paul).post(address(absence), {}).status_code == 404
    assert sign_in(cast.claire).get(address(absence)).status_code == 200
    assert sign_in(cast.amina).get(address(read)).status_code == 404
    given = {**typed(sign_in(cast.amina), absence), "mediator": cast.paul_mediator.pk}
    answer = sign_in(cast.amina).post(address(absence), given)
    assert "mediator" in answer.context["form"].errors


# --- What nobody knows yet --------------------------------------------------------------------------------------------


def test_the_list_and_the_sheet_say_what_must_be_checked(cast, sign_in):
    absence = away(cast, at(9, days=7), at(12, days=7), recurrence=Recurrence.WEEKLY, outside_school_holidays=True)
    client = sign_in(cast.amina)
    for page in (reverse("helpdesk:absences"), address(absence, "absence")):
        assert "sauf vacances scolaires (à vérifier" in client.get(page).content.decode()
    Absence.objects.update(outside_school_holidays=False)
    assert "à vérifier" not in client.get(reverse("helpdesk:absences")).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    for number in range(rows):
        away(
            cast,
            at(9, days=7 + number),
            at(12, days=7 + number),
            recurrence=Recurrence.MONTHLY,
            month_week=MonthWeek.FIRST,
            outside_school_holidays=True,
        )
    client = sign_in(cast.amina)
    client.get(reverse("helpdesk:absences"))
    with django_assert_num_queries(8):
        assert client.get(reverse("helpdesk:absences")).content.decode().count("à vérifier") == rows
