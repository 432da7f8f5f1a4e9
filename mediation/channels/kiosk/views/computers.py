"""A computer, now or later: what for, when, its number. Whoever has reserved one gets its number too."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediation.channels import computer_limits as limits
from mediation.channels.computer_forms import WISHES, TicketForm, WishForm, read_moment, wish_words
from mediation.channels.kiosk.access import HELD, actor, at_kiosk, doors, forget_everybody
from mediation.channels.kiosk.forms import ChoiceForm, OnceForm
from mediation.channels.models import KioskDevice
from mediation.channels.web.holdings import Held, held_by_name, held_reservation
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often
from sites import services
from sites.models import Reservation
from sites.sessions import offer_at

# The first screen offers now too; the next ones show as many as fit without scrolling.
TIMES_SHOWN, MORE_SHOWN = 3, 6
NOW = "now"


@open_to(anyone)
@at_kiosk
@require_safe
def wish(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """What for? Only what the computers of this place can do is asked."""
    found = {item for one in device.site.workstations.working() for item in (*one.equipment, "")}
    context = {
        "wishes": [one for one in WISHES if one[0] in found],
        **doors(device, back=reverse("kiosk:menu")),
    }
    return render(request, "kiosk/computer.html", context)


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Now or later? A touch takes it."""
    if request.method == "POST":
        return _take(request, device)
    return _ask_time(request, device)


@open_to(anyone)
@at_kiosk
@require_safe
def done(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """The number of the computer, until when, and the digits to keep, or that it is given back; two minutes at most."""
    held = _held(request, device)
    if held is None:
        return redirect("kiosk:start")
    if held.is_cancelled:
        return render(request, "kiosk/cancelled.html", {"held": held, **doors(device)})
    reservation = held.row
    context = {"reservation": reservation, "is_now": reservation.is_under_way(timezone.now()), **doors(device)}
    return render(request, "kiosk/computer_done.html", context)


@open_to(anyone)
@at_kiosk
@require_POST
def give_back(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """No after all: somebody else may have it."""
    held = _held(request, device)
    if held and held.ends_at > timezone.now():
        services.release(reservation=held.row, by=actor(device))
    return forget_everybody(redirect("kiosk:start"))


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def reserved(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Which digits are on your card? Then the number of the computer. Wrong and unknown digits get one answer."""
    form = TicketForm(request.POST if request.method == "POST" else None)
    is_wrong = False
    if request.method == "POST" and form.is_valid():
        reference, code = form.cleaned_data["ticket"][:8], form.cleaned_data["ticket"][8:]
        failures = limits.wrong_tickets(device, reference=reference)
        if wait := failures.wait():
            return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
        reservation = services.find_reservation(reference, code)
        if reservation and reservation.workstation.site == device.site:
            return _arrive(request, device, reservation)
        failures.count()
        is_wrong = True
    context = {"form": form, "is_wrong": is_wrong, **doors(device, back=reverse("kiosk:computer"))}
    return render(request, "kiosk/computer_reserved.html", context)


def _ask_time(request: HttpRequest, device: KioskDevice, *, was_taken: bool = False) -> HttpResponse:
    answers = WishForm(request.POST or request.GET)
    offer = offer_at(device.site, timezone.now(), answers.wanted)
    form = ChoiceForm(request.GET)
    skip = (form.is_valid() and form.cleaned_data["skip"]) or 0
    end = skip + (MORE_SHOWN if skip else TIMES_SHOWN)
    first = reverse("kiosk:computer_time", query={"equipment": answers.equipment_text} if answers.wanted else None)
    context = {
        "answers": answers,
        "offer": offer,
        "words": wish_words(answers.wanted),
        "times": offer.later[skip:end],
        "next_skip": end if offer.later[end:] else 0,
        "is_later": bool(skip),
        "was_taken": was_taken,
        "once": OnceForm(),
        **doors(device, back=first if skip else reverse("kiosk:computer")),
    }
    return render(request, "kiosk/computer_time.html", context)


def _take(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    taken = limits.taken(device)
    if wait := taken.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    what = {"site": device.site, "by": actor(device), "wanted": WishForm(request.POST).wanted}
    what["request_key"] = OnceForm(request.POST).sent_key()
    try:
        if request.POST.get("when") == NOW:
            reservation = services.take_now(**what)
        elif starts_at := read_moment(request.POST.get("when", "")):
            reservation = services.reserve(starts_at=starts_at, **what)
        else:
            return redirect("kiosk:computer")
    except services.NoComputer:
        return _ask_time(request, device, was_taken=True)
    taken.count()
    return _show(reservation)


def _arrive(request: HttpRequest, device: KioskDevice, reservation: Reservation) -> HttpResponse:
    try:
        services.arrive(reservation=reservation, by=actor(device))
    except services.TooEarly:
        return _show(reservation)
    except ValidationError as problem:
        context = {"problem": " ".join(problem.messages), **doors(device)}
        return render(request, "kiosk/computer_late.html", context)
    return _show(reservation)


def _show(reservation: Reservation) -> HttpResponse:
    response = redirect("kiosk:computer_done")
    HELD.give(response, held_reservation(reservation).name)
    return response


def _held(request: HttpRequest, device: KioskDevice) -> Held | None:
    """Return the computer of this place that was taken or shown last on this screen."""
    held = held_by_name(HELD.read(request))
    return held if held and held.is_computer and held.site == device.site else None
