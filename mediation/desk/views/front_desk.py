"""Accueil: the person on the phone, the first slots, the booking, all on one page and by keyboard alone.

Searching is a POST that changes nothing: names and numbers stay out of addresses, histories and server logs.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.models import Beneficiary
from directory.rules import helps_people
from directory.selectors import desk_organisation
from helpdesk.models import Appointment
from helpdesk.selectors import slot_from_token
from helpdesk.services import SlotTaken, book
from mediation.accounts.actor import Actor
from mediation.desk import selectors
from mediation.desk.call import Call
from mediation.desk.services import book_for_somebody_new
from mediation.kernel.access import open_to
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(helps_people)
def front_desk(request: HttpRequest) -> HttpResponse:
    """Hear, find, propose; and book when a slot is chosen."""
    if request.method != "POST":
        return _draw(request, Call.begin(request.user))
    call = Call.hear(request.POST, request.user)
    if token := request.POST.get("slot"):
        return _book(request, call, token)
    if call.just_chosen:
        record(action=JournalEntry.Action.READ, subject=call.person, by=Actor.at_desk(request.user))
    return _draw(request, call)


@require_safe
@open_to(helps_people)
def booked(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what to read out once the appointment is taken; the page can be reloaded without booking again."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).for_pages().distinct(), uid=uid)
    return render(request, "desk/booked.html", {"booking": selectors.booking(appointment)})


def _book(request: HttpRequest, call: Call, token: str) -> HttpResponse:
    """Book the slot for whoever calls, or say on the same page what stands in the way."""
    if call.is_new and call.look_for_duplicates():
        call.focus = "duplicates"
        return _draw(request, call)
    if call.person is None and not call.is_new:
        call.problem, call.focus = _("Dites d’abord pour qui est le rendez-vous."), "search"
        return _draw(request, call)
    try:
        appointment = _take(call, token, Actor.at_desk(request.user))
    except SlotTaken as lost:
        call.next_slots, call.problem, call.focus = lost.next_slots, " ".join(lost.messages), "slots"
    except ValidationError as refusal:
        call.problem, call.focus = " ".join(refusal.messages), "phone_typed" if call.is_new else "slots"
    else:
        return _show_booked(request, appointment)
    return _draw(request, call)


def _take(call: Call, token: str, by: Actor) -> Appointment:
    """Book through the service that every door uses; raise ValidationError where it refuses."""
    slot, organisation = slot_from_token(token), desk_organisation(by.user)
    note = call.data.get("note", "")
    if call.person:
        return book(slot=slot, people=[call.person], by=by, booked_for=organisation, note=note)
    who = call.who
    if not who.is_valid():
        raise ValidationError([error for errors in who.errors.as_data().values() for error in errors])
    _person, appointment = book_for_somebody_new(slot=slot, organisation=organisation, by=by, note=note, **who.known())
    return appointment


def _show_booked(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Show the confirmation in the page; without JavaScript, go to it, so that a reload does not book again."""
    address = reverse("desk:booked", args=[appointment.uid])
    if not request.htmx:
        return redirect(address)
    shown = Appointment.objects.for_pages().get(pk=appointment.pk)
    response = render(request, "desk/_booked.html", {"booking": selectors.booking(shown)})
    response["HX-Push-Url"] = address
    return response


def _draw(request: HttpRequest, call: Call) -> HttpResponse:
    """Draw the call; htmx asks for that part of the page alone."""
    person: Beneficiary | None = call.person
    context = {
        "call": call,
        "who": call.who,
        "need": call.need_form,
        "slots": call.slots(),
        "appointments": selectors.appointments_of(person, request.user) if person else [],
    }
    if request.htmx:
        return render(request, "desk/_call.html", context)
    context["arrivals"] = selectors.arrivals_today(request.user)
    context["page"] = "front_desk"
    return render(request, "desk/front_desk.html", context)
