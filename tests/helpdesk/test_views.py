"""Pages of individual help, as agents use them."""

import datetime as dt
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from icalendar import Calendar

from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import AttendeeStatus, Recurrence, WhoBooks
from helpdesk.models import Absence, Appointment, OpeningPeriod, Reason
from helpdesk.selectors import Need, Slot, first_slots
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, DeclaredSource
from mediation.kernel import formats
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")


def slot_at(cast, start: dt.datetime) -> Slot:
    return Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)


@pytest.fixture
def booked(cast) -> Appointment:
    """Lucette with Amina, today at 9:30."""
    return services.book(slot=slot_at(cast, at(9, 30)), people=[cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture
def at_partner(cast) -> Appointment:
    """Lucette with Paul, tomorrow at 14:00, booked by the Mairie's front desk."""
    slot = Slot(at(14, days=1), at(14, 30, days=1), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    return services.book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))


def url(name: str, appointment: Appointment, *args) -> str:
    return reverse(f"helpdesk:{name}", args=[appointment.uid, *args])


def words(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def note(client, appointment: Appointment, verb: str, **more: str):
    attendee = appointment.attendees.first()
    return client.post(url("attendance", appointment, attendee.pk), {"verb": verb, **more})


# --- Agenda -----------------------------------------------------------------------------------------------------


def test_a_mediator_opens_their_own_day(cast, booked, sign_in):
    page = sign_in(cast.amina).get(reverse("helpdesk:agenda")).content.decode()
    assert "Lucette Fabré" in page
    assert "Mardi 1er décembre 2026" in page
    assert "Libre" in page
    assert url("appointment", booked) in page


def test_the_front_desk_opens_a_place_and_reads_its_week(cast, booked, sign_in):
    client = sign_in(cast.claire)
    assert "Médiathèque Empalot" in client.get(reverse("helpdesk:agenda")).content.decode()
    week = client.get(reverse("helpdesk:agenda"), {"vue": "semaine", "jour": "2026-12-24"}).content.decode()
    assert "Noël" in week
    assert "Lucette" not in week
    assert client.get(reverse("helpdesk:agenda"), {"jour": "n’importe quoi", "qui": "m-x"}).status_code == 200


def test_people_of_others_are_only_taken_time(cast, sign_in):
    """At a place that two organisations share, one sees that the other's mediator is taken, not by whom."""
    OpeningPeriod.objects.create(
        mediator=cast.paul_mediator,
        site=cast.empalot,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(12),
    ).reasons.add(cast.admin_help)
    slot = Slot(at(10), at(10, 30), cast.paul_mediator, cast.empalot, cast.admin_help)
    services.book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.paul))
    page = sign_in(cast.claire).get(reverse("helpdesk:agenda"), {"qui": f"s-{cast.empalot.uid}"}).content.decode()
    assert "Hassan" not in page
    assert "Pris" in page


# --- One appointment ----------------------------------------------------------------------------------------------


def test_the_receiver_reads_everything_and_the_journal_keeps_it(cast, booked, sign_in):
    cast.lucette.reception_needs = ["large_print"]
    cast.lucette.save()
    page = sign_in(cast.amina).get(url("appointment", booked)).content.decode()
    assert "Lucette Fabré" in page
    assert "06 39 98 00 01" in page
    assert "gros caractères" in page
    assert formats.reference(booked.reference) in page
    assert "Pris par Claire Martin" in page
    read = JournalEntry.objects.filter(action=JournalEntry.Action.READ, subject_uid=cast.lucette.uid)
    assert read.filter(user_uid=cast.amina.uid).exists()


def test_who_neither_receives_nor_booked_finds_nothing(cast, booked, at_partner, sign_in):
    for somebody, appointment in ((cast.paul, booked), (cast.sofia, booked)):
        client = sign_in(somebody)
        for name in ("appointment", "card", "calendar", "cancel", "move"):
            assert client.get(url(name, appointment)).status_code in (403, 404), (somebody, name)
        assert client.post(url("cancel", appointment), {"asked_by": "person"}).status_code in (403, 404)
        assert note(client, appointment, "arrived").status_code in (403, 404)
    booked.refresh_from_db()
    assert not booked.is_cancelled


def test_who_booked_elsewhere_keeps_seeing_it_and_may_cancel_but_not_say_who_came(cast, at_partner, sign_in):
    client = sign_in(cast.claire)
    page = client.get(url("appointment", at_partner)).content.decode()
    assert "Centre social Bellefontaine" in page
    assert 'name="verb"' not in page
    assert note(client, at_partner, "arrived").status_code == 403
    client.post(url("cancel", at_partner), {"asked_by": "person"})
    assert at_partner.attendees.get().status == AttendeeStatus.EXCUSED


def test_arrived_received_and_taken_back_in_one_touch_each(cast, booked, sign_in, now):
    client = sign_in(cast.amina)
    page = client.get(url("appointment", booked)).content.decode()
    assert 'value="arrived"' in page
    assert 'value="no_show"' not in page
    assert "Lucette Fabré : Arrivé." in words(note(client, booked, "arrived"))
    now.move_to(at(9, 50))
    response = note(client, booked, "seen", next=reverse("helpdesk:agenda"))
    assert response.url == reverse("helpdesk:agenda")
    assert booked.attendees.get().status == AttendeeStatus.SEEN
    note(client, booked, "undo")
    assert booked.attendees.get().state_label == "Arrivé"
    assert "n’existe pas" in words(note(client, booked, "delete"))


def test_a_gesture_never_leads_to_another_site(cast, booked, sign_in):
    response = note(sign_in(cast.amina), booked, "arrived", next="https://exemple.test/")
    assert response.url == url("appointment", booked)


def test_cancel_asks_then_can_be_undone(cast, booked, sign_in):
    client = sign_in(cast.claire)
    assert "Qui annule" in client.get(url("cancel", booked)).content.decode()
    client.post(url("cancel", booked), {"asked_by": "service"})
    page = client.get(url("appointment", booked)).content.decode()
    assert "Annulé par le service" in page
    assert "Rétablir" in page
    client.post(url("reinstate", booked))
    booked.refresh_from_db()
    assert not booked.is_cancelled
    assert "déjà" not in words(client.post(url("cancel", booked), {"asked_by": "person"}))
    assert "déjà annulé" in words(client.post(url("cancel", booked), {"asked_by": "person"}))


def test_a_time_given_away_is_not_restored_but_others_are_proposed(cast, booked, sign_in):
    client = sign_in(cast.claire)
    client.post(url("cancel", booked), {"asked_by": "person"})
    services.book(slot=slot_at(cast, at(9, 30)), people=[cast.hassan], by=Actor.at_desk(cast.claire))
    page = client.post(url("reinstate", booked)).content.decode()
    assert "n’est plus libre" in page
    assert f"10{formats.NO_BREAK}h" in page


def test_another_time_is_chosen_among_those_free(cast, booked, sign_in):
    client = sign_in(cast.claire)
    page = client.get(url("move", booked)).content.decode()
    wanted = slot_at(cast, at(11))
    assert wanted.token in page
    assert "Rivière" not in page
    assert "Rivière" in client.get(url("move", booked), {"avec": "tous", "jour": "2026-12-02"}).content.decode()
    services.book(slot=wanted, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    lost = client.post(url("move", booked), {"slot": wanted.token})
    assert lost.status_code == 409
    assert "vient d’être pris" in lost.content.decode()
    client.post(url("move", booked), {"slot": slot_at(cast, at(10)).token})
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(10)
    assert "Choisissez un horaire" in client.post(url("move", booked), {"slot": "x"}).content.decode()


def test_the_card_says_all_but_what_for_and_who(cast, booked, sign_in):
    cast.admin_help.what_to_bring = "Vos papiers et votre téléphone"
    cast.admin_help.save()
    page = sign_in(cast.claire).get(url("card", booked)).content.decode()
    card = page[page.index("<article") : page.index("</article>")]
    for shown in (formats.reference(booked.reference), booked.code, "Vos papiers", "40 avenue", "05 36 49 00 00"):
        assert shown in card
    for hidden in ("Lucette", "Fabré", cast.admin_help.label):
        assert hidden not in card


def test_the_calendar_file_follows_the_appointment(cast, booked, sign_in):
    client = sign_in(cast.claire)
    first = Calendar.from_ical(client.get(url("calendar", booked)).content).walk("VEVENT")[0]
    client.post(url("move", booked), {"slot": slot_at(cast, at(11)).token})
    moved = Calendar.from_ical(client.get(url("calendar", booked)).content).walk("VEVENT")[0]
    assert (first["UID"], first["SEQUENCE"] + 1) == (moved["UID"], moved["SEQUENCE"])
    assert moved.decoded("DTSTART") == at(11)
    client.post(url("cancel", booked), {"asked_by": "person"})
    text = client.get(url("calendar", booked)).content.decode()
    assert "STATUS:CANCELLED" in text
    page = client.get(url("appointment", booked)).content.decode()
    assert url("calendar", booked) not in page
    assert url("card", booked) not in page
    assert "Lucette" not in text
    assert cast.admin_help.label not in text


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


# --- What is set up -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("duration_minutes", "2", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("duration_minutes", "-1", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("duration_minutes", "99999999", "Écrivez une durée entre 5 et 480 minutes (8 heures)."),
        ("buffer_minutes", "121", "Écrivez un nombre de minutes entre 0 et 120 (2 heures)."),
        ("notice_hours", "721", "Écrivez un nombre d’heures entre 0 et 720 (30 jours)."),
        ("window_days", "91", "Écrivez un nombre de jours entre 1 et 90."),
        ("window_days", "trois", "Écrivez un nombre de jours entre 1 et 90."),
    ],
)
def test_a_limit_is_said_in_plain_words(cast, sign_in, field, typed, words):
    said = {"label": "Impôts", "duration_minutes": 45, "who_books": WhoBooks.EVERYONE, "modes": ["site"]}
    page = sign_in(cast.admin).post(reverse("helpdesk:reason_new"), {**said, field: typed})
    assert page.context["form"].errors == {field: [words]}
    assert words in page.content.decode()


def test_reasons_are_written_by_administrators(cast, sign_in):
    assert sign_in(cast.claire).get(reverse("helpdesk:reasons")).status_code == 403
    client = sign_in(cast.admin)
    assert cast.desk_only.label in client.get(reverse("helpdesk:reasons")).content.decode()
    data = {"label": "Impôts", "duration_minutes": 45, "who_books": WhoBooks.EVERYONE, "themes": ["d_money"]}
    data["modes"] = ["site", "phone"]
    client.post(reverse("helpdesk:reason_new"), {**data, "is_active": "on"})
    reason = Reason.objects.get(label="Impôts")
    assert reason.themes == ["d_money"]
    client.post(reverse("helpdesk:reason", args=[reason.uid]), {**data, "label": "Aide aux impôts"})
    reason.refresh_from_db()
    assert (reason.label, reason.is_active) == ("Aide aux impôts", False)
    bad = client.post(reverse("helpdesk:reason_new"), {**data, "duration_minutes": 2})
    assert bad.context["form"].errors["duration_minutes"]


def test_a_mediator_sets_their_own_hours_and_their_slots_follow(cast, sign_in):
    client = sign_in(cast.amina)
    data = {
        "mediator": cast.amina_mediator.pk,
        "site": cast.bellefontaine.pk,
        "recurrence": Recurrence.WEEKLY,
        "first_day": "2026-12-03",
        "start_time": "14:00",
        "end_time": "16:00",
        "reasons": [cast.admin_help.pk],
        "takes": ["appointments"],
    }
    client.post(reverse("helpdesk:opening_new"), data)
    period = OpeningPeriod.objects.get(site=cast.bellefontaine, mediator=cast.amina_mediator)
    assert cast.amina_mediator in cast.bellefontaine.mediators.all()
    here = Need(reason=cast.admin_help, sites=[cast.bellefontaine], mediator=cast.amina_mediator)
    assert first_slots(here, limit=1)[0].starts_at == at(14, days=2)
    assert "Tous les jeudis" in client.get(reverse("helpdesk:openings")).content.decode()
    not_mine = client.post(reverse("helpdesk:opening_new"), {**data, "mediator": cast.paul_mediator.pk})
    assert not_mine.context["form"].errors["mediator"]
    assert client.get(reverse("helpdesk:opening", args=[cast.partner_opening.uid])).status_code == 404
    client.post(reverse("helpdesk:opening_delete", args=[period.uid]))
    assert not first_slots(here)


@pytest.mark.parametrize(
    ("changes", "clashes"),
    [
        ({}, True),
        ({"recurrence": Recurrence.ONCE}, True),
        ({"start_time": "12:00", "end_time": "13:00"}, False),
        ({"first_day": "2026-12-02"}, False),
        ({"last_day": "2026-12-01"}, True),
    ],
)
def test_nobody_receives_in_two_places_at_once(cast, sign_in, changes, clashes):
    data = {
        "mediator": cast.amina_mediator.pk,
        "site": cast.bellefontaine.pk,
        "recurrence": Recurrence.WEEKLY,
        "first_day": "2026-12-01",
        "start_time": "11:00",
        "end_time": "13:00",
        "reasons": [cast.admin_help.pk],
        "takes": ["appointments"],
    }
    sign_in(cast.amina).post(reverse("helpdesk:opening_new"), {**data, **changes})
    assert OpeningPeriod.objects.filter(site=cast.bellefontaine, mediator=cast.amina_mediator).exists() is not clashes


def test_absent_today_is_one_gesture_that_lists_who_must_be_called(cast, booked, sign_in):
    for somebody in (cast.claire, cast.amina):
        client = sign_in(somebody)
        response = client.post(reverse("helpdesk:absent_today"), {"mediator": cast.amina_mediator.pk})
    assert Absence.objects.count() == 1
    page = client.get(response.url).content.decode()
    assert "Lucette Fabré" in page
    assert "06 39 98 00 01" in page
    assert not first_slots(Need(reason=cast.admin_help, last_day=TODAY))
    client.post(reverse("helpdesk:absence_delete", args=[Absence.objects.get().uid]))
    assert first_slots(Need(reason=cast.admin_help, last_day=TODAY))


def test_an_absence_is_noted_by_day_or_by_the_hour_for_ones_own_only(cast, sign_in):
    client = sign_in(cast.amina)
    data = {"mediator": cast.amina_mediator.pk, "first_day": "2026-12-08", "label": "Formation"}
    client.post(reverse("helpdesk:absence_new"), data)
    client.post(reverse("helpdesk:absence_new"), {**data, "start_time": "10:00", "end_time": "11:00"})
    assert list(Absence.objects.order_by("pk").values_list("starts_at", "ends_at")) == [
        (at(0, days=7), at(0, days=8)),
        (at(10, days=7), at(11, days=7)),
    ]
    page = client.get(reverse("helpdesk:absences")).content.decode()
    assert "mar. 8 déc., toute la journée" in page
    assert "Formation" in page
    backwards = client.post(reverse("helpdesk:absence_new"), {**data, "end_day": "2026-12-01"})
    assert "doit finir après" in str(backwards.context["form"].errors)
    client.post(reverse("helpdesk:absent_today"), {"mediator": cast.paul_mediator.pk})
    assert not Absence.objects.filter(mediator=cast.paul_mediator).exists()


def test_the_agenda_s_fields_say_whose_it_is(cast, now, sign_in):
    html = sign_in(cast.claire).get(reverse("helpdesk:agenda")).content.decode()
    assert re.search(rf'<option value="s-{cast.empalot.uid}"\s+selected>', html)
    assert f'value="{TODAY.isoformat()}"' in html
