"""An appointment: what for, when, a number or none. Nothing of whoever books is in an address."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.models import Reason
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.services import SlotTaken
from mediation.channels.kiosk import limits
from mediation.channels.kiosk.access import HELD, actor, at_kiosk, doors
from mediation.channels.kiosk.forms import PhoneForm, TimeForm
from mediation.channels.kiosk.selectors import TIMES_SHOWN, choice, needs
from mediation.channels.models import KioskDevice
from mediation.channels.services import book_for_resident
from mediation.channels.web.holdings import held_appointment
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often


@open_to(anyone)
@at_kiosk
@require_safe
def need(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What for?"""
    return render(request, "kiosk/need.html", {"needs": needs(), **doors(device, back=reverse("kiosk:menu"))})


@open_to(anyone)
@at_kiosk
@require_safe
def time(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """When? At this place, else at the nearest ones."""
    form = TimeForm(request.GET)
    if not form.is_valid():
        return redirect("kiosk:need")
    chosen = form.cleaned_data
    skip = chosen["skip"] or 0
    context = {
        "choice": choice(chosen["need"], device.site, nearby=chosen["nearby"], skip=skip),
        "nearby": chosen["nearby"],
        "next_skip": skip + TIMES_SHOWN,
        **doors(device, back=_times(chosen["need"]) if skip or chosen["nearby"] else reverse("kiosk:need")),
    }
    return render(request, "kiosk/time.html", context)


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Shall we remind you? A number is never required; then it is booked."""
    slot = _slot(request.POST if request.method == "POST" else request.GET)
    if slot is None:
        return redirect("kiosk:need")
    if request.method != "POST":
        return _ask_phone(request, device, slot, PhoneForm())
    without = {"key": request.POST.get("key", "")}
    form = PhoneForm(without if "without" in request.POST else request.POST)
    if not form.is_valid():
        return _ask_phone(request, device, slot, form)
    return _book(request, device, slot, form)


def _book(request: HttpRequest, device: KioskDevice, slot: Slot, form: PhoneForm) -> HttpResponse:
    number, key = form.cleaned_data["phone"], form.cleaned_data["key"]
    bookings = limits.bookings(device, phone=number)
    if wait := bookings.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    try:
        appointment = book_for_resident(
            slot=slot, by=actor(device), phone=number, language=get_language(), request_key=key
        )
    except SlotTaken as taken:
        context = {"next_slots": taken.next_slots, "form": form, **doors(device, back=_times(slot.reason))}
        return render(request, "kiosk/taken.html", context)
    except ValidationError as error:
        return render(request, "kiosk/refused.html", {"problems": error.messages, **doors(device)})
    bookings.count()
    response = redirect("kiosk:done")
    HELD.give(response, held_appointment(appointment).name)
    return response


def _ask_phone(request: HttpRequest, device: KioskDevice, slot: Slot, form: PhoneForm) -> HttpResponse:
    context = {"slot": slot, "form": form, **doors(device, back=_times(slot.reason))}
    return render(request, "kiosk/phone.html", context)


def _times(reason: Reason) -> str:
    return reverse("kiosk:time", query={"need": reason.uid})


def _slot(answers: dict) -> Slot | None:
    """Return the time that was touched; somebody who comes without one starts again."""
    try:
        return slot_from_token(answers.get("slot", ""))
    except ValidationError:
        return None
