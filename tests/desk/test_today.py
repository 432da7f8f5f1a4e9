"""Aujourd'hui and the arrivals: one tap each, and one tap to take it back."""

import pytest
from django.urls import reverse

from directory.enums import EngagementKind, Source
from directory.models import Beneficiary, Engagement
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.activity.models import DeclaredSource
from sites.models import Site
from tests.cast import Cast, at
from workshops.models import Workshop

TODAY_PAGE = "/agent/aujourd-hui/"


@pytest.fixture
def appointment(cast: Cast, now) -> Appointment:
    """Lucette with Amina at 9:30 today."""
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    return book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire), note="Vient avec sa fille")


def mark(client, attendee: Attendee, name: str, **kwargs):
    address = reverse("desk:mark", args=[attendee.appointment.uid, attendee.pk, name])
    return client.post(address, {"page": "today"}, **kwargs)


def test_the_day_shows_people_workshops_the_next_free_slot_and_what_is_left(cast, appointment, sign_in, now):
    time = Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(14), ends_at=at(16), kind=EngagementKind.WORKSHOP
    )
    Workshop.objects.create(engagement=time, site=cast.empalot, title="Premiers pas")
    html = sign_in(cast.amina).get(TODAY_PAGE).content.decode()
    assert html.index("Lucette Fabré") < html.index("Premiers pas") < html.index("Prochain créneau libre")
    assert "Vient avec sa fille" in html
    assert "9\u00a0h" in html[html.index("Prochain créneau libre") :]
    assert "Tout est à jour" in html
    assert reverse("helpdesk:reports_to_do") not in html
    now.move_to(at(10, 5))
    html = sign_in(cast.amina).get(TODAY_PAGE).content.decode()
    assert reverse("helpdesk:report", args=[appointment.uid]) in html[html.index("Comptes rendus à faire") :]
    assert reverse("helpdesk:reports_to_do") in html


def test_a_report_is_asked_where_the_mediator_declares_that_day(cast, appointment, sign_in):
    report_url = reverse("helpdesk:report", args=[appointment.uid])
    client = sign_in(cast.amina)
    mark(client, appointment.attendees.get(), "arrive")
    assert report_url in client.get(TODAY_PAGE).content.decode()
    DeclaredSource.objects.create(mediator=cast.amina_mediator, source=Source.COOP, starts_on=at(0).date())
    assert report_url not in client.get(TODAY_PAGE).content.decode()


def test_who_has_come_is_said_on_top(cast, appointment, sign_in):
    attendee = appointment.attendees.get()
    mark(sign_in(cast.claire), attendee, "arrive")
    html = sign_in(cast.amina).get(TODAY_PAGE).content.decode()
    assert "1 personne vous attend" in html


def test_a_mediator_sees_only_their_own_day(cast, appointment, sign_in):
    assert "Lucette" not in sign_in(cast.paul).get(TODAY_PAGE).content.decode()


def test_a_role_without_a_mediators_file_is_explained(cast, sign_in):
    cast.amina_mediator.user = None
    cast.amina_mediator.save()
    assert "lié à aucun médiateur" in sign_in(cast.amina).get(TODAY_PAGE).content.decode()


def test_one_tap_and_one_tap_back(cast, appointment, sign_in, now):
    client, attendee = sign_in(cast.amina), appointment.attendees.get()
    now.move_to(at(9, 40))
    for name, status, arrived in (
        ("arrive", AttendeeStatus.UNKNOWN, True),
        ("recu", AttendeeStatus.SEEN, True),
        ("defaire", AttendeeStatus.UNKNOWN, True),
        ("defaire", AttendeeStatus.UNKNOWN, False),
        ("pas-venu", AttendeeStatus.NOSHOW, False),
        ("defaire", AttendeeStatus.UNKNOWN, False),
    ):
        assert mark(client, attendee, name).url == TODAY_PAGE
        attendee.refresh_from_db()
        assert (attendee.status, attendee.arrived_at is not None) == (status, arrived)


def test_htmx_gets_the_line_with_the_focus_on_taking_it_back(cast, appointment, sign_in):
    answer = mark(sign_in(cast.claire), appointment.attendees.get(), "arrive", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.lstrip().startswith("<li")
    assert "Arrivé" in html
    assert "autofocus" in html[html.index("defaire") : html.index("defaire") + 400]


def test_what_cannot_be_noted_is_said_in_words(cast, appointment, sign_in):
    client, attendee = sign_in(cast.amina), appointment.attendees.get()
    mark(client, attendee, "pas-venu")
    assert "pas encore commencé" in client.get(TODAY_PAGE).content.decode()
    html = mark(client, attendee, "pas-venu", headers={"HX-Request": "true"}).content.decode()
    assert "pas encore commencé" in html


def test_whoever_booked_elsewhere_does_not_note_who_came(cast, now, sign_in):
    slot = Slot(at(14, days=1), at(14, 30, days=1), cast.paul_mediator, cast.bellefontaine, cast.any_need)
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    now.move_to(at(14, days=1))
    attendee = appointment.attendees.get()
    assert mark(sign_in(cast.claire), attendee, "arrive").status_code == 404
    assert mark(sign_in(cast.paul), attendee, "arrive").status_code == 302


def test_an_unknown_mark_and_a_read_change_nothing(cast, appointment, sign_in):
    client, attendee = sign_in(cast.amina), appointment.attendees.get()
    assert mark(client, attendee, "effacer").status_code == 404
    assert client.get(reverse("desk:mark", args=[appointment.uid, attendee.pk, "arrive"])).status_code == 405


def test_the_front_desk_expects_its_own_organisations_people(cast, appointment, sign_in):
    assert "Lucette Fabré" in sign_in(cast.claire).get(reverse("desk:arrivals")).content.decode()
    assert "Personne n’est attendu" in sign_in(cast.paul).get(reverse("desk:arrivals")).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(
    ("page", "who", "queries"), [(TODAY_PAGE, "amina", 24), ("/agent/accueil/arrivees/", "claire", 6)]
)
def test_a_full_day_costs_the_same_as_a_quiet_one(
    cast, now, sign_in, django_assert_num_queries, rows, page, who, queries
):
    for number in range(rows):
        start = at(10 + number // 4, 15 * (number % 4))
        time = Engagement.objects.create(
            mediator=cast.amina_mediator,
            starts_at=start,
            ends_at=at(10 + number // 4, 15 * (number % 4) + 14),
            kind=EngagementKind.APPOINTMENT,
        )
        kept = Appointment.objects.create(
            engagement=time, site=Site.objects.get(pk=cast.empalot.pk), reason=cast.admin_help, booked_through="desk"
        )
        person = Beneficiary.objects.create(first_name="Ana", last_name=f"N{number}")
        Attendee.objects.create(appointment=kept, beneficiary=person)
    client = sign_in(getattr(cast, who))
    with django_assert_num_queries(queries):
        assert client.get(page).status_code == 200
