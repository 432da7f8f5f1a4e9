"""Booking without account: need, place, time, who, done. One question per page, the answers in its address.

Nothing in an address says who asks: name and number travel in the body of the last form only. No cookie is set
before the appointment exists, which is also why the form has no CSRF token: nobody's rights are borrowed by it.
"""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.models import Reason
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.services import SlotTaken
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.services import book_for_resident
from mediation.channels.web.access import HELD, held_here
from mediation.channels.web.distances import distance_in_words
from mediation.channels.web.forms import AnswersForm, WhoForm
from mediation.channels.web.holdings import held_appointment
from mediation.channels.web.selectors import instead_of, offered_places, reasons_of, times
from mediation.channels.web.selectors.times import nearest_first
from mediation.channels.web.told import message_in_words
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited, too_often
from mediation.territory.models import Quartier


@open_to(anyone)
@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """What for? A place chosen before stays chosen."""
    answers = AnswersForm(request.GET)
    reasons = reasons_of(answers.site) if answers.site else Reason.objects.self_service()
    return render(
        request, "web/booking/need.html", {"reasons": reasons.order_by("is_any_need", "label"), "answers": answers}
    )


@open_to(anyone)
# Sent, it changes nothing: a token would need a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limited(attempts.SEARCHES)
def place(request: HttpRequest) -> HttpResponse:
    """Where? The nearest first to whoever says a quartier or a postcode, which is all that an address repeats."""
    answers = AnswersForm(request.POST if request.method == "POST" else request.GET)
    if answers.reason is None:
        return redirect("web:book")
    if request.method == "POST" and answers.spot:
        return redirect(f"{reverse('web:book_place')}?{answers.query}")
    found = nearest_first(offered_places(answers.reason), answers.here)
    context = {
        "answers": answers,
        "places": [(slot, distance_in_words(kilometres)) for slot, kilometres in found],
        "first": min((slot.starts_at for slot, _kilometres in found), default=None),
        "quartiers": Quartier.objects.defer("outline"),
    }
    return render(request, "web/booking/place.html", context)


@open_to(anyone)
@require_safe
@limited(attempts.SEARCHES)
def time(request: HttpRequest) -> HttpResponse:
    """When?"""
    answers = AnswersForm(request.GET)
    if answers.reason is None:
        return redirect("web:book")
    found = times(answers.reason, answers.site, answers.here, answers.first_day)
    return render(request, "web/booking/time.html", {"times": found, "answers": answers})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Who comes? Then the appointment is made, or the next times are shown where somebody was quicker."""
    try:
        slot = slot_from_token((request.POST or request.GET).get("slot", ""))
    except ValidationError:
        return redirect("web:book")
    if _is_booked_already(request, slot):
        return redirect("web:book_done")
    form = WhoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _book(request, slot, form)
    # Sent, the form learns it from booking itself; before, nobody should have to write their name for nothing.
    return _ask_who(request, slot, form, next_slots=None if form.is_bound else instead_of(slot))


@open_to(anyone)
@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What to keep: when, where, the reference and the code."""
    held = held_here(request)
    if held is None:
        return redirect("web:appointment")
    # A form that is sent again after somebody cancelled what it booked books nothing: the sheet says so.
    if held.is_computer or held.is_cancelled:
        return redirect("web:appointment_sheet")
    return render(request, "web/booking/done.html", {"held": held, "message": message_in_words(held)})


def _book(request: HttpRequest, slot: Slot, form: WhoForm) -> HttpResponse:
    phone = form.cleaned_data["phone"]
    bookings = attempts.bookings(request, phone=phone)
    if wait := bookings.wait() or attempts.after_decoy(form):
        return too_often(request, wait=wait)
    try:
        appointment = book_for_resident(
            slot=slot, by=Actor(door=Door.WEB), request_key=_form_key(request), **form.person()
        )
    except SlotTaken as taken:
        return _ask_who(request, slot, form, next_slots=taken.next_slots, was_taken=True)
    except ValidationError as error:
        # A service speaks of the file's own fields ("phone_typed"); here they are general remarks.
        form.add_error(None, error.messages)
        return _ask_who(request, slot, form, next_slots=instead_of(slot))
    bookings.count()
    response = redirect("web:book_done")
    HELD.give(response, held_appointment(appointment).name)
    return response


def _ask_who(
    request: HttpRequest,
    slot: Slot,
    form: WhoForm,
    next_slots: list[Slot] | None = None,
    *,
    was_taken: bool = False,
) -> HttpResponse:
    context = {
        "slot": slot,
        "form": form,
        "form_key": _form_key(request),
        "next_slots": next_slots,
        "was_taken": was_taken,
        "title": _("Qui vient ?") if next_slots is None else _title_of_lost(was_taken=was_taken),
        "back_url": f"{reverse('web:book_time')}?need={slot.reason.uid}&place={slot.site.uid}",
    }
    return render(request, "web/booking/who.html", context)


def _title_of_lost(*, was_taken: bool) -> str:
    return _("Cet horaire vient d’être pris") if was_taken else _("Cet horaire n’est plus libre")


def _form_key(request: HttpRequest) -> UUID:
    """Return what tells this form from another: pressed twice, it books once."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid4()


def _is_booked_already(request: HttpRequest, slot: Slot) -> bool:
    """Say whether the browser's back button brought somebody here who has this very appointment."""
    held = held_here(request)
    if held is None or held.is_cancelled:
        return False
    return (held.starts_at, held.mediator) == (slot.starts_at, slot.mediator)
