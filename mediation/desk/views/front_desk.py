"""Accueil: the person on the phone, the first slots, the booking, all on one page and by keyboard alone.

Searching is a POST that changes nothing: names and numbers stay out of addresses, histories and server logs.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.rules import helps_people
from directory.selectors import desk_organisation
from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import calls_to_make, count_must_move, slot_from_token
from helpdesk.services import SlotTaken, move, wish_earlier, withdraw_wish
from mediation.accounts.actor import Actor
from mediation.desk import selectors
from mediation.desk.call import Call
from mediation.desk.filters import PERSON, address_of, read_filters
from mediation.desk.other_time import other_time
from mediation.desk.saying import announcement
from mediation.desk.services import ask_for_guests, book_for_guests, done_before
from mediation.kernel.access import open_to
from mediation.messaging.selectors.replies import count_replies
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record

WAIT = "wait"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(helps_people)
def front_desk(request: HttpRequest) -> HttpResponse:
    """Hear, find, propose; and book, move or note when the agent says so. ``?personne=`` begins with somebody."""
    if request.method != "POST":
        said = request.GET
        call = Call.begin(
            request.user,
            filters=read_filters(said),
            person=said.get(PERSON, ""),
            picked=said.get("creneau", ""),
        )
    else:
        call = Call.hear(request.POST, request.user)
    if call.just_chosen:
        record(action=JournalEntry.Action.READ, subject=call.person, by=Actor.at_desk(request.user))
    if request.method == "POST" and (call.token or request.POST.get("do") == WAIT):
        return _finish(request, call)
    return _draw(request, call)


@require_safe
@open_to(helps_people)
def booked(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what to read out once the appointment is taken; the page can be reloaded without booking again."""
    return render(request, "desk/booked.html", {"booking": selectors.booking(_visible(request, uid))})


@require_safe
@open_to(helps_people)
def noted(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what to read out once a request is noted."""
    waiting = HelpRequest.objects.visible_to(request.user).select_related("beneficiary", "organisation")
    return render(request, "desk/noted.html", {"noted": selectors.noted(get_object_or_404(waiting, uid=uid))})


@require_POST
@open_to(helps_people)
def wish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that the person would come earlier, or take it back."""
    appointment = _visible(request, uid)
    by = Actor.at_desk(request.user)
    problem = ""
    try:
        if known := selectors.booking(appointment).wish:
            withdraw_wish(wish=known, by=by)
        else:
            wish_earlier(appointment=appointment, by=by)
    except ValidationError as refusal:
        problem = " ".join(refusal.messages)
    if not request.htmx:
        return redirect("desk:booked", uid)
    context = {"booking": selectors.booking(appointment), "problem": problem, "focused": True}
    return render(request, "desk/_wish.html", context)


def _visible(request: HttpRequest, uid: UUID) -> Appointment:
    return get_object_or_404(Appointment.objects.visible_to(request.user).for_pages().distinct(), uid=uid)


def _finish(request: HttpRequest, call: Call) -> HttpResponse:
    """Do what was chosen for whoever calls, or say on the same page what stands in the way."""
    if call.is_new and call.look_for_duplicates():
        call.focus = "duplicates"
    elif not call.guests and not call.moving:
        call.problem, call.focus = _("Dites d’abord pour qui."), "search"
    elif call.data.get("override") and (other := other_time(call)) and other.lacks_why:
        # Said beside the field.
        call.focus = "other"
    else:
        try:
            return _go_to(request, _take(call, Actor.at_desk(request.user)))
        except SlotTaken as lost:
            call.lose(lost)
        except ValidationError as refusal:
            call.problem, call.focus = " ".join(refusal.messages), _where(call)
    # What stands in the way may be what the same form did a moment ago.
    known = done_before(call.key)
    return _go_to(request, known) if known else _draw(request, call)


def _where(call: Call) -> str:
    """Return where the keyboard goes after a refusal: to what was being typed."""
    if call.data.get("override"):
        return "other"
    return "phone_typed" if call.is_new else "slots"


def _take(call: Call, by: Actor) -> Appointment | HelpRequest:
    """Book, move or note, through the services that every door uses; raise ValidationError where they refuse."""
    said = {"guests": call.guests, "by": by, "note": call.data.get("note", "")}
    if not call.token:
        home = desk_organisation(by.user)
        return ask_for_guests(**said, **call.checked_need().asked(), organisation=home, request_key=call.key)
    slot, why = slot_from_token(call.token), call.why_all_the_same
    place = call.place_of(slot)
    if call.moving:
        return move(appointment=call.moving, slot=slot, by=by, override_reason=why)
    home = desk_organisation(by.user, read=slot.mediator.organisation)
    return book_for_guests(**said, **place, slot=slot, organisation=home, request_key=call.key, override_reason=why)


def _go_to(request: HttpRequest, done: Appointment | HelpRequest) -> HttpResponse:
    """Show what was done in the page; without JavaScript, go to it, so that a reload does not do it again."""
    is_request = isinstance(done, HelpRequest)
    address = reverse("desk:noted" if is_request else "desk:booked", args=[done.uid])
    if not request.htmx:
        return redirect(address)
    if is_request:
        response = render(request, "desk/_noted.html", {"noted": selectors.noted(done)})
    else:
        shown = Appointment.objects.for_pages().get(pk=done.pk)
        response = render(request, "desk/_booked.html", {"booking": selectors.booking(shown)})
    response["HX-Push-Url"] = address
    return response


def _draw(request: HttpRequest, call: Call) -> HttpResponse:
    """Draw the call; htmx asks for that part of the page alone."""
    context = {
        "call": call,
        "who": call.who,
        "need": None if call.is_lost else call.need_form,
        "slots": call.slots,
        "standing": selectors.standing_of(call.person, request.user) if call.person and not call.is_lost else None,
        "other": None if call.is_lost else other_time(call),
        "announcement": announcement(call),
    }
    if request.htmx:
        response = render(request, "desk/_call.html", context)
        if request.POST.get("do") == "slots":
            response["HX-Replace-Url"] = address_of(call, request)
        return response
    context["arrivals"] = [] if call.is_lost else selectors.arrivals_today(request.user)
    context["to_call"] = None if call.is_lost else calls_to_make(request.user)
    context["must_move"] = 0 if call.is_lost else count_must_move(user=request.user)
    context["replies_to_handle"] = 0 if call.is_lost else count_replies(request.user)
    context["page"] = "front_desk"
    return render(request, "desk/front_desk.html", context)
