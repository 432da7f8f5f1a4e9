"""What residents touch: five screens of one question. Nothing of them is in an address but needs and times."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.selectors.queue import queues_now
from helpdesk.services import SlotTaken
from mediation.channels.kiosk.access import APPOINTMENT, ASKED, TICKET, actor, at_kiosk, doors
from mediation.channels.kiosk.forms import ChoiceForm, PhoneForm
from mediation.channels.kiosk.selectors import TIMES_SHOWN, choice, needs
from mediation.channels.kiosk.services import call_for_help
from mediation.channels.models import KioskDevice
from mediation.channels.services import book_for_resident
from mediation.kernel.access import anyone, open_to


@open_to(anyone)
@at_kiosk
@require_safe
def start(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What do you need? Nothing of the last person is left from here on."""
    context = {"needs": needs(), "queue": queues_now([device.site]).get(device.site.pk), **doors(device, start=True)}
    response = render(request, "kiosk/start.html", context)
    APPOINTMENT.take_back(response)
    TICKET.take_back(response)
    ASKED.take_back(response)
    return response


@open_to(anyone)
@at_kiosk
@require_safe
def time(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """When? At this place, else at the nearest ones."""
    form = ChoiceForm(request.GET)
    if not form.is_valid():
        return redirect("kiosk:start")
    chosen = form.cleaned_data
    skip = chosen["skip"] or 0
    context = {
        "reason": chosen["need"],
        "choice": choice(chosen["need"], device.site, nearby=chosen["nearby"], skip=skip),
        "nearby": chosen["nearby"],
        "next_skip": skip + TIMES_SHOWN,
        **doors(device, back=_times(chosen["need"]) if skip or chosen["nearby"] else reverse("kiosk:start")),
    }
    return render(request, "kiosk/time.html", context)


@open_to(anyone)
@at_kiosk
@require_safe
def phone(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Shall we remind you? A number is never required."""
    slot = _slot(request.GET)
    if slot is None:
        return redirect("kiosk:start")
    return _ask_phone(request, device, slot, PhoneForm())


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Is that right? Then it is booked."""
    slot = _slot(request.POST)
    if slot is None:
        return redirect("kiosk:start")
    form = PhoneForm({} if "without" in request.POST else request.POST)
    if not form.is_valid():
        return _ask_phone(request, device, slot, form)
    number = form.cleaned_data["phone"]
    if "confirmed" in request.POST:
        return _book(request, device, slot, number)
    return render(request, "kiosk/confirm.html", {"slot": slot, "phone": number, **doors(device, back=_phone_of(slot))})


@open_to(anyone)
@at_kiosk
@require_safe
def done(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What to keep, for two minutes at most."""
    name = APPOINTMENT.read(request)
    appointment = Appointment.objects.for_pages().filter(uid=UUID(name)).first() if name else None
    if appointment is None:
        return redirect("kiosk:start")
    has_phone = any(attendee.beneficiary.phone for attendee in appointment.attendees.all())
    return render(request, "kiosk/done.html", {"appointment": appointment, "has_phone": has_phone, **doors(device)})


@open_to(anyone)
@at_kiosk
@require_POST
def call(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Somebody comes."""
    call_for_help(device=device)
    return render(request, "kiosk/called.html", doors(device))


def _book(request: HttpRequest, device: KioskDevice, slot: Slot, number: str) -> HttpResponse:
    try:
        appointment = book_for_resident(slot=slot, by=actor(device), phone=number)
    except SlotTaken as taken:
        context = {"next_slots": taken.next_slots, "phone": number, **doors(device)}
        return render(request, "kiosk/taken.html", context)
    except ValidationError as error:
        return render(request, "kiosk/refused.html", {"problems": error.messages, **doors(device)})
    response = redirect("kiosk:done")
    APPOINTMENT.give(response, appointment.uid.hex)
    return response


def _ask_phone(request: HttpRequest, device: KioskDevice, slot: Slot, form: PhoneForm) -> HttpResponse:
    context = {"slot": slot, "form": form, **doors(device, back=_times(slot.reason))}
    return render(request, "kiosk/phone.html", context)


def _times(reason: Reason) -> str:
    return reverse("kiosk:time", query={"need": reason.uid})


def _phone_of(slot: Slot) -> str:
    return reverse("kiosk:phone", query={"slot": slot.token})


def _slot(answers: dict) -> Slot | None:
    """Return the time that was touched; somebody who comes without one starts again."""
    try:
        return slot_from_token(answers.get("slot", ""))
    except ValidationError:
        return None
