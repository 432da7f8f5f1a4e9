"""One appointment: its state, its people, and what can be done with it."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory import rules as people_rules
from helpdesk import rules, selectors, services
from helpdesk.exports import calendar_of
from helpdesk.models import Appointment
from helpdesk.selectors import Need
from helpdesk.services import SlotTaken
from helpdesk.views.shared import come_back, say_refusal
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.forms import DayField
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record

VERBS = {
    "arrived": services.mark_arrived,
    "seen": services.mark_seen,
    "no_show": services.mark_no_show,
    "undo": services.undo_status,
}
MOVE_CHOICES = 12


def _visible(request: HttpRequest, uid: uuid.UUID) -> Appointment:
    return get_object_or_404(Appointment.objects.visible_to(request.user).for_pages(), uid=uid)


@require_safe
@open_to(people_rules.helps_people)
def sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show the appointment; opening it is noted in the journal of each person's data."""
    appointment = _visible(request, uid)
    for attendee in appointment.attendees.all():
        record(action=JournalEntry.Action.READ, subject=attendee.beneficiary, by=Actor.at_desk(request.user))
    page = selectors.appointment_page(appointment, user=request.user)
    return render(request, "helpdesk/appointment.html", {"appointment": appointment, "page": page})


@require_safe
@open_to(people_rules.helps_people)
def card(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show the card to print and hand over, in large type."""
    return render(request, "helpdesk/card.html", {"appointment": _visible(request, uid)})


@require_safe
@open_to(people_rules.helps_people)
def calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Send the appointment as a calendar file."""
    appointment = _visible(request, uid)
    response = HttpResponse(calendar_of(appointment), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rendez-vous-{appointment.reference}.ics"'
    return response


@require_POST
@open_to(people_rules.helps_people)
def attendance(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Note that somebody arrived, was received or did not come, or take it back."""
    appointment = _visible(request, uid)
    attendee = get_object_or_404(appointment.attendees.select_related("appointment__engagement", "beneficiary"), pk=pk)
    if not rules.receives(request.user, appointment):
        raise PermissionDenied
    verb = VERBS.get(request.POST.get("verb", ""))
    try:
        if verb is None:
            raise ValidationError(_("Ce geste n’existe pas."))
        attendee = verb(attendee=attendee, by=Actor.at_desk(request.user))
        if "may_undo" in request.POST and verb is not services.undo_status:
            return redirect(reverse("helpdesk:reports_to_do", query={"note": attendee.pk}))
        messages.success(request, f"{attendee.beneficiary} : {attendee.state_label}.")
    except ValidationError as error:
        say_refusal(request, error)
    return come_back(request, appointment)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.helps_people)
def cancel_appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask who cancels and say who will be told, then cancel. It can be undone ("Rétablir") while the time is free."""
    appointment = _visible(request, uid)
    if request.method != "POST":
        return render(request, "helpdesk/cancel.html", {"appointment": appointment})
    try:
        services.cancel(
            appointment=appointment,
            by=Actor.at_desk(request.user),
            asked_by_person=request.POST.get("asked_by") == "person",
        )
        messages.success(request, _("Rendez-vous annulé. L’heure est de nouveau libre."))
    except ValidationError as error:
        say_refusal(request, error)
    return come_back(request, appointment)


@require_POST
@open_to(people_rules.helps_people)
def reinstate_appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Undo a cancellation; where the time is gone, propose others."""
    appointment = _visible(request, uid)
    try:
        services.reinstate(appointment=appointment, by=Actor.at_desk(request.user))
        messages.success(request, _("Rendez-vous rétabli. Une nouvelle confirmation part."))
    except SlotTaken as taken:
        messages.error(request, _("Cette heure a été donnée à quelqu’un d’autre. Prenez un nouveau rendez-vous."))
        return render(request, "helpdesk/slot_gone.html", {"appointment": appointment, "slots": taken.next_slots})
    except ValidationError as error:
        say_refusal(request, error)
    return come_back(request, appointment)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.helps_people)
def move_appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose another time: with the same mediator first, or with anybody nearby."""
    appointment = _visible(request, uid)
    slots = None
    if request.method == "POST":
        try:
            slot = selectors.slot_from_token(request.POST.get("slot", ""))
            services.move(appointment=appointment, slot=slot, by=Actor.at_desk(request.user))
            messages.success(request, _("Rendez-vous déplacé. Le nouvel horaire est envoyé."))
            return redirect("helpdesk:appointment", uid=uid)
        except SlotTaken as taken:
            say_refusal(request, taken)
            slots = taken.next_slots
        except ValidationError as error:
            say_refusal(request, error)
    with_anybody = request.GET.get("avec") == "tous"
    first_day = parse_day(request.GET.get("jour", "")) or timezone.localdate()
    context = {
        "appointment": appointment,
        "with_anybody": with_anybody,
        "first_day": first_day,
        "slots": slots if slots is not None else _slots_to_move(appointment, first_day, with_anybody),
    }
    return render(request, "helpdesk/move.html", context, status=409 if slots is not None else 200)


def parse_day(text: str) -> dt.date | None:
    """Return the day an address names, or None where it names none."""
    try:
        return DayField(required=False).clean(text)
    except ValidationError:
        return None


def _slots_to_move(appointment: Appointment, first_day: dt.date, with_anybody: bool) -> list[selectors.Slot]:
    site = appointment.site
    here = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    need = Need(
        reason=appointment.reason,
        mediator=None if with_anybody else appointment.mediator,
        first_day=first_day,
        near=here,
    )
    return selectors.first_slots(need, limit=MOVE_CHOICES)
