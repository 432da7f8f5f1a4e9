"""What is asked after an appointment, and noted in one touch."""

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk import services
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, DeclaredSource
from tests.cast import TODAY, at
from tests.helpdesk.steps import note, slot_at, url

pytestmark = pytest.mark.usefixtures("now")


# --- Reports ------------------------------------------------------------------------------------------------------


def test_a_report_is_saved_as_it_comes_prefilled(cast, booked, sign_in, now):
    """From "terminé" to saved: open the page, save."""
    now.move_to(at(10, 5))
    client = sign_in(cast.amina)
    form = client.get(url("report", booked)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    assert client.post(url("report", booked), data).url == reverse("desk:today")
    activity = Activity.objects.get()
    assert activity.appointment == booked
    assert (activity.site, activity.day, activity.duration_minutes) == (cast.empalot, TODAY, 30)
    assert list(activity.themes.values_list("theme", flat=True)) == [Theme.ADMIN]
    assert activity.assistances.get().beneficiary == cast.lucette
    assert client.get(url("report", booked)).url == url("appointment", booked)


def test_a_reason_s_themes_of_demarches_are_prefilled_too(cast, booked, sign_in, now):
    cast.admin_help.themes = [Theme.ADMIN, "d_money"]
    cast.admin_help.save()
    now.move_to(at(10, 5))
    form = sign_in(cast.amina).get(url("report", booked)).context["form"]
    assert form["themes"].value() == [Theme.ADMIN]
    assert form["demarche_themes"].value() == ["d_money"]


def test_front_desks_never_report(cast, booked, sign_in):
    assert sign_in(cast.claire).get(url("report", booked)).status_code == 403


def test_a_mediator_of_la_coop_is_only_asked_who_came(cast, at_partner, sign_in, now):
    now.move_to(at(15, days=1))
    client = sign_in(cast.paul)
    page = client.get(reverse("helpdesk:reports_to_do")).content.decode()
    assert 'value="seen"' in page
    assert url("report", at_partner) not in page
    assert client.get(url("report", at_partner)).status_code == 302
    note(client, at_partner, "seen")
    assert "Tout est à jour" in client.get(reverse("helpdesk:reports_to_do")).content.decode()


def test_what_was_noted_by_mistake_is_taken_back_where_it_was_noted(cast, booked, sign_in, now):
    now.move_to(at(11))
    client = sign_in(cast.amina)
    attendee = booked.attendees.get()
    response = note(client, booked, "no_show", may_undo="1")
    page = client.get(response.url)
    assert page.context["noted"] == attendee
    assert page.context["lines"] == []
    assert url("attendance", booked, attendee.pk) in page.content.decode()
    back = note(client, booked, "undo", next=reverse("helpdesk:reports_to_do"))
    assert [line.appointment for line in client.get(back.url).context["lines"]] == [booked]
    assert client.get(response.url).context["noted"] is None
    assert client.get(reverse("helpdesk:reports_to_do"), {"note": "x"}).context["noted"] is None


def test_a_declared_source_changes_what_is_asked(cast, booked, sign_in, now):
    now.move_to(at(11))
    client = sign_in(cast.amina)
    assert url("report", booked) in client.get(reverse("helpdesk:reports_to_do")).content.decode()
    DeclaredSource.objects.create(mediator=cast.amina_mediator, source="coop", starts_on=TODAY)
    assert url("report", booked) not in client.get(reverse("helpdesk:reports_to_do")).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_what_is_to_report_costs_the_same_for_one_row_or_twenty(cast, sign_in, now, rows, django_assert_num_queries):
    cast.opening.end_time = dt.time(20)
    cast.opening.save()
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}")
        start = at(9) + dt.timedelta(minutes=30 * number)
        services.book(slot=slot_at(cast, start), people=[person], by=Actor.at_desk(cast.claire))
    now.move_to(at(21))
    client = sign_in(cast.amina)
    with django_assert_num_queries(8):
        assert len(client.get(reverse("helpdesk:reports_to_do")).context["lines"]) == rows
