"""The people of an appointment: somebody more, somebody less, and why somebody did not come."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory import rules as people_rules
from directory.models import Beneficiary
from helpdesk import rules, services
from helpdesk.models import Appointment, Attendee
from helpdesk.views.shared import say_refusal
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to

MOST_FOUND = 12


def _visible(request: HttpRequest, uid: uuid.UUID) -> Appointment:
    return get_object_or_404(Appointment.objects.visible_to(request.user).for_pages(), uid=uid)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.helps_people)
def add(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Look for somebody on file and expect them too. Searching is a POST: names stay out of addresses."""
    appointment = _visible(request, uid)
    if chosen := request.POST.get("person"):
        return _add(request, appointment, chosen)
    words = request.POST.get("q", "").strip()
    found = []
    if words:
        here = appointment.attendees.values("beneficiary")
        found = Beneficiary.objects.visible_to(request.user).matching(words).exclude(pk__in=here)[:MOST_FOUND]
    context = {"appointment": appointment, "words": words, "found": found}
    return render(request, "helpdesk/add_person.html", context)


@require_POST
@open_to(people_rules.helps_people)
def remove(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Expect one person less; they are told. Adding them again undoes it."""
    attendee = _attendee(_visible(request, uid), pk)
    try:
        services.remove_person(attendee=attendee, by=Actor.at_desk(request.user))
        text = _("%(who)s n’est plus attendu à ce rendez-vous, et en sera prévenu.")
        messages.success(request, text % {"who": attendee.beneficiary})
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:appointment", uid=uid)


@require_POST
@open_to(people_rules.helps_people)
def missed(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Keep why somebody did not come, as they say it."""
    appointment = _visible(request, uid)
    if not rules.receives(request.user, appointment):
        raise PermissionDenied
    try:
        services.note_why_missed(
            attendee=_attendee(appointment, pk),
            because=request.POST.get("because", ""),
            by=Actor.at_desk(request.user),
        )
        messages.success(request, _("C’est noté."))
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:appointment", uid=uid)


def _add(request: HttpRequest, appointment: Appointment, chosen: str) -> HttpResponse:
    try:
        known = Beneficiary.objects.visible_to(request.user)
        person = get_object_or_404(known, uid=forms.UUIDField().clean(chosen))
        services.add_person(appointment=appointment, beneficiary=person, by=Actor.at_desk(request.user))
        messages.success(request, _("%(who)s est attendu aussi, et en est prévenu.") % {"who": person})
    except ValidationError as error:
        say_refusal(request, error)
        return redirect("helpdesk:add_person", uid=appointment.uid)
    return redirect("helpdesk:appointment", uid=appointment.uid)


def _attendee(appointment: Appointment, pk: int) -> Attendee:
    related = ("appointment__engagement__mediator__organisation", "beneficiary")
    return get_object_or_404(appointment.attendees.select_related(*related), pk=pk)
