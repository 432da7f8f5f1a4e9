"""What the page of one appointment says, and what can be done there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import ReceptionNeed, Source
from directory.models import Beneficiary
from helpdesk import rules
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from mediation.kernel import formats
from mediation.messaging.models import Message
from mediation.messaging.selectors import Standing, standing

TONES = {
    AttendeeStatus.UNKNOWN: "info",
    AttendeeStatus.SEEN: "ok",
    AttendeeStatus.NOSHOW: "warn",
    AttendeeStatus.EXCUSED: "plain",
    AttendeeStatus.REVOKED: "plain",
}


@dataclass(frozen=True)
class PersonLine:
    """One person of the appointment. ``needs`` and ``has_contact`` are for those who receive."""

    attendee: Attendee
    label: str
    tone: str
    verbs: list[str]
    has_contact: bool
    has_file: bool
    needs: list[str]


@dataclass(frozen=True)
class AppointmentPage:
    """An appointment as one reader may see it."""

    people: list[PersonLine]
    history: list[tuple[dt.datetime, str]]
    messages: list[tuple[Message, Standing]]
    receives: bool
    may_report: bool
    is_over: bool
    is_decided: bool


def appointment_page(appointment: Appointment, *, user: Any) -> AppointmentPage:
    """Return what ``user`` may see of the appointment. It is fetched by ``for_pages``."""
    attendees = list(appointment.attendees.all())
    receives = rules.receives(user, appointment)
    files = set(
        Beneficiary.objects.visible_to(user).filter(pk__in=[a.beneficiary_id for a in attendees]).values_list("pk")
    )
    occasion = f"appointment:{appointment.uid}"
    written = Message.objects.visible_to(user).about(occasion).for_pages().order_by("due_at", "pk")
    now = timezone.now()
    return AppointmentPage(
        people=[_person(appointment, one, receives, (one.beneficiary_id,) in files, now) for one in attendees],
        history=_history(appointment, attendees),
        messages=[(message, standing(message, now)) for message in written],
        receives=receives,
        may_report=_may_report(appointment, attendees, user),
        is_over=appointment.ends_at <= now,
        is_decided=all(one.status != AttendeeStatus.UNKNOWN for one in attendees),
    )


def tone_of(attendee: Attendee) -> str:
    """Return the tone of the badge of somebody's state."""
    has_arrived = attendee.status == AttendeeStatus.UNKNOWN and attendee.arrived_at
    return "ok" if has_arrived else TONES[AttendeeStatus(attendee.status)]


def verbs_for(appointment: Appointment, attendee: Attendee, now: dt.datetime) -> list[str]:
    """Return what can be noted of somebody now: arrived, seen, no_show, undo."""
    if appointment.is_cancelled:
        return []
    if attendee.status != AttendeeStatus.UNKNOWN:
        return [] if appointment.activity_id and attendee.status == AttendeeStatus.SEEN else ["undo"]
    verbs = []
    if timezone.localdate(appointment.starts_at) <= timezone.localdate(now):
        verbs = ["seen"] if attendee.arrived_at else ["arrived", "seen"]
    if appointment.starts_at <= now and not attendee.arrived_at:
        verbs.append("no_show")
    return [*verbs, "undo"] if attendee.arrived_at else verbs


def reports_here(appointment: Any) -> bool:
    """Say whether a report is asked (``for_pages``): not of who reports in La Coop or by monthly totals."""
    return bool(appointment.declared_source == Source.HERE)


@dataclass(frozen=True)
class ReportLine:
    """A past appointment to complete: what can be noted of each person, and whether a report is asked."""

    appointment: Appointment
    people: list[tuple[Attendee, list[str]]]
    reports_here: bool


def report_lines(appointments: Iterable[Appointment]) -> list[ReportLine]:
    """Return what each of these appointments waits for."""
    now = timezone.now()
    return [
        ReportLine(
            appointment=one,
            people=[(attendee, verbs_for(one, attendee, now)) for attendee in one.attendees.all()],
            reports_here=reports_here(one),
        )
        for one in appointments
    ]


def _may_report(appointment: Appointment, attendees: list[Attendee], user: Any) -> bool:
    if appointment.is_cancelled or appointment.activity_id or not rules.may_report(user, appointment):
        return False
    has_begun = appointment.starts_at <= timezone.now() or any(one.arrived_at for one in attendees)
    is_met = any(one.status == AttendeeStatus.SEEN for one in attendees)
    is_expected = any(one.status == AttendeeStatus.UNKNOWN for one in attendees)
    return (is_met or (is_expected and has_begun)) and reports_here(appointment)


def _person(
    appointment: Appointment, attendee: Attendee, receives: bool, has_file: bool, now: dt.datetime
) -> PersonLine:
    person = attendee.beneficiary
    labels = dict(ReceptionNeed.choices)
    return PersonLine(
        attendee=attendee,
        label=attendee.state_label,
        tone=tone_of(attendee),
        verbs=verbs_for(appointment, attendee, now) if receives else [],
        has_contact=receives or has_file,
        has_file=has_file,
        needs=[str(labels.get(need, need)) for need in person.reception_needs] if receives or has_file else [],
    )


def _history(appointment: Appointment, attendees: list[Attendee]) -> list[tuple[dt.datetime, str]]:
    """Return what happened, in order."""
    door = appointment.get_booked_through_display()
    who = f"{appointment.booked_by}, {door}" if appointment.booked_by else door
    booked_for = f" ({appointment.booked_for})" if appointment.booked_for else ""
    events = [(appointment.booked_at, _("Pris par %(who)s%(where)s") % {"who": who, "where": booked_for})]
    events += [
        (one.arrived_at, _("Arrivée : %(who)s") % {"who": one.beneficiary}) for one in attendees if one.arrived_at
    ]
    if released_at := appointment.engagement.released_at:
        events.append((released_at, _("Annulé")))
    if appointment.activity:
        minutes = formats.duration(appointment.activity.duration_minutes)
        events.append((appointment.activity.recorded_at, _("Compte rendu enregistré, %(long)s") % {"long": minutes}))
    return sorted(events)
