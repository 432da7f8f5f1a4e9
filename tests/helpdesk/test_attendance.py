"""Who came, and the report of what was done."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, Assistance
from tests.cast import TODAY, at


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.amina)


@pytest.fixture
def appointment(cast, now, by) -> Appointment:
    """Lucette and Marcel, today at 9:30; it is 9:40."""
    marcel = Beneficiary.objects.create(first_name="Marcel")
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    booked = services.book(slot=slot, people=[cast.lucette, marcel], by=by)
    now.move_to(at(9, 40))
    return booked


def test_arrived_then_received_and_back(appointment, by):
    lucette = appointment.attendees.first()
    lucette = services.mark_arrived(attendee=lucette, by=by)
    assert (lucette.state_label, lucette.arrived_at) == ("Arrivé", at(9, 40))
    assert services.mark_seen(attendee=lucette, by=by).state_label == "Reçu"
    with pytest.raises(ValidationError, match="ne peut plus"):
        services.mark_arrived(attendee=lucette, by=by)
    assert services.undo_status(attendee=lucette, by=by).state_label == "Arrivé"
    assert services.undo_status(attendee=lucette, by=by).state_label == "Prévu"


def test_nobody_is_missing_before_the_hour(appointment, by, now):
    lucette = appointment.attendees.first()
    now.move_to(at(9, 20))
    with pytest.raises(ValidationError, match="pas encore commencé"):
        services.mark_no_show(attendee=lucette, by=by)
    now.move_to(at(9, 20, days=-1))
    with pytest.raises(ValidationError, match="un autre jour"):
        services.mark_seen(attendee=lucette, by=by)
    now.move_to(at(9, 50))
    assert services.mark_no_show(attendee=lucette, by=by).state_label == "Pas venu"


def test_a_cancelled_appointment_receives_nobody(appointment, by):
    services.cancel(appointment=appointment, by=by, asked_by_person=True)
    for verb in (services.mark_arrived, services.mark_seen, services.mark_no_show, services.undo_status):
        with pytest.raises(ValidationError, match="Rétablissez"):
            verb(attendee=appointment.attendees.first(), by=by)
    with pytest.raises(ValidationError, match="Rétablissez"):
        services.report(appointment=appointment, by=by)


def test_the_report_knows_what_the_appointment_knows(cast, appointment, by):
    first, second = appointment.attendees.order_by("pk")
    services.mark_no_show(attendee=second, by=by)
    activity = services.report(appointment=appointment, by=by, demarches=[cast.caf])
    assert (activity.mediator, activity.site, activity.day) == (cast.amina_mediator, cast.empalot, TODAY)
    assert activity.duration_minutes == 30
    assert Theme.ADMIN in activity.themes.values_list("theme", flat=True)
    assert [row.beneficiary for row in Assistance.objects.filter(activity=activity)] == [first.beneficiary]
    appointment.refresh_from_db()
    assert appointment.activity == activity
    first.refresh_from_db()
    assert first.status == AttendeeStatus.SEEN
    with pytest.raises(ValidationError, match="déjà fait"):
        services.report(appointment=appointment, by=by)
    with pytest.raises(ValidationError, match="Corrigez-le"):
        services.undo_status(attendee=first, by=by)
    assert Activity.objects.count() == 1


def test_no_report_where_nobody_came(appointment, by):
    for attendee in appointment.attendees.all():
        services.mark_no_show(attendee=attendee, by=by)
    with pytest.raises(ValidationError, match="Personne n’est venu"):
        services.report(appointment=appointment, by=by)
    assert not Activity.objects.exists()


def test_what_waits_for_a_report(cast, appointment, by, now):
    """Ici: until the report. La Coop: until "venu / pas venu", and nobody nags for more."""
    assert not Appointment.objects.to_report()
    now.move_to(at(18))
    assert list(Appointment.objects.to_report()) == [appointment]
    for attendee in appointment.attendees.all():
        services.mark_seen(attendee=attendee, by=by)
    assert list(Appointment.objects.to_report()) == [appointment]
    cast.mairie.default_source = cast.partner.default_source
    cast.mairie.save()
    assert not Appointment.objects.to_report()


def test_a_theme_is_asked_where_the_reason_gives_none(cast, now, by):
    slot = Slot(at(10), at(10, 30), cast.amina_mediator, cast.empalot, cast.any_need)
    appointment = services.book(slot=slot, people=[cast.lucette], by=by)
    now.move_to(at(10) + dt.timedelta(minutes=5))
    with pytest.raises(ValidationError, match="thème"):
        services.report(appointment=appointment, by=by)
    assert appointment.attendees.get().status == AttendeeStatus.UNKNOWN
