"""What the page of one appointment says, and what can be done there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import ReceptionNeed, Source
from directory.models import Beneficiary
from helpdesk import rules
from helpdesk.enums import CANCELLED, AttendeeStatus, ChangeKind, MissedBecause
from helpdesk.models import Appointment, AppointmentChange, Attendee, EarlierOffer, EarlierWish
from helpdesk.selectors.requests import often_missed
from helpdesk.selectors.wishes import open_offer, wish_of
from mediation.accounts.actor import Door
from mediation.kernel import formats
from mediation.messaging.models import Message
from mediation.messaging.selectors import Standing, standing

# As they stand after "par".
DOORS = {
    Door.DESK: gettext_lazy("l’accueil"),
    Door.WEB: gettext_lazy("le site public"),
    Door.KIOSK: gettext_lazy("la borne"),
    Door.VOICE: gettext_lazy("le téléphone automatique"),
    Door.SMS: gettext_lazy("SMS"),
    Door.API: gettext_lazy("un autre logiciel"),
    Door.WORKER: gettext_lazy("une tâche automatique"),
    Door.COMMAND: gettext_lazy("une commande"),
}
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
    often_missed: int


@dataclass(frozen=True)
class AppointmentPage:
    """An appointment as one reader may see it."""

    people: list[PersonLine]
    history: list[tuple[dt.datetime, str]]
    wish: EarlierWish | None
    offer: EarlierOffer | None
    may_change: bool
    messages: list[tuple[Message, Standing]]
    receives: bool
    may_report: bool
    is_over: bool
    is_decided: bool

    @property
    def missed_reasons(self) -> list[tuple[str, str]]:
        """What somebody who did not come may say."""
        return [(reason.value, str(reason.label)) for reason in MissedBecause]


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
    is_over = appointment.ends_at <= now
    is_decided = all(one.status != AttendeeStatus.UNKNOWN for one in attendees)
    wish = wish_of(appointment)
    missed = often_missed([one.beneficiary_id for one in attendees], user) if receives else {}
    return AppointmentPage(
        people=[
            _person(appointment, one, receives, (one.beneficiary_id,) in files, missed.get(one.beneficiary_id, 0), now)
            for one in attendees
        ],
        history=_history(appointment, attendees, receives=receives),
        wish=wish,
        offer=open_offer(wish, now) if wish else None,
        may_change=not (appointment.is_cancelled or is_over or is_decided),
        messages=[(message, standing(message, now)) for message in written],
        receives=receives,
        may_report=_may_report(appointment, attendees, user),
        is_over=is_over,
        is_decided=is_decided,
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
    appointment: Appointment, attendee: Attendee, receives: bool, has_file: bool, missed: int, now: dt.datetime
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
        often_missed=missed,
    )


def _history(appointment: Appointment, attendees: list[Attendee], *, receives: bool) -> list[tuple[dt.datetime, str]]:
    """Return what happened, in order. Who came when, and what was done, is for those who receive."""
    booked_for = f" ({appointment.booked_for})" if appointment.booked_for else ""
    who = _who(appointment.booked_by, appointment.booked_through)
    events = [(appointment.booked_at, _("Pris par %(who)s%(where)s") % {"who": who, "where": booked_for})]
    changes = list(appointment.changes.select_related("by_user", "was_at", "was_with"))
    events += [(one.at, _change_in_words(one)) for one in changes]
    released_at = appointment.engagement.released_at
    if released_at and not any(one.kind in CANCELLED for one in changes):
        events.append((released_at, _("Annulé")))
    if receives:
        events += _what_took_place(appointment, attendees)
    return sorted(events)


def _change_in_words(change: AppointmentChange) -> str:
    """Return "Déplacé par Claire Martin, accueil : c’était mar. 8 déc., 9 h 30, Médiathèque Empalot, Amina Benali"."""
    what, who = change.get_kind_display(), _who(change.by_user, change.door)
    if change.kind != ChangeKind.MOVED:
        return _("%(what)s (noté par : %(who)s)") % {"what": what, "who": who}
    was = f"{formats.moment(change.was_starting_at)}, {change.was_at}, {change.was_with}"
    return _("%(what)s par %(who)s : c’était %(was)s") % {"what": what, "who": who, "was": was}


def _what_took_place(appointment: Appointment, attendees: list[Attendee]) -> list[tuple[dt.datetime, str]]:
    events = [
        (one.arrived_at, _("Arrivée : %(who)s") % {"who": one.beneficiary}) for one in attendees if one.arrived_at
    ]
    if appointment.activity:
        minutes = formats.duration(appointment.activity.duration_minutes)
        events.append((appointment.activity.recorded_at, _("Compte rendu enregistré, %(long)s") % {"long": minutes}))
    return events


def _who(user: Any, door: str) -> str:
    """Return who did it and through which door; the door alone where nobody is known."""
    return f"{user}, {Door(door).label}" if user else str(DOORS[Door(door)])
