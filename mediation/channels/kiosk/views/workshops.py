"""A workshop: which one, a number or none; where it is full, a rank on the waiting list."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from mediation.channels.kiosk import limits
from mediation.channels.kiosk.access import HELD, actor, at_kiosk, doors
from mediation.channels.kiosk.forms import ChoiceForm, WorkshopForm
from mediation.channels.kiosk.selectors import TIMES_SHOWN, workshop_choice
from mediation.channels.models import KioskDevice
from mediation.channels.services import register_resident
from mediation.channels.web.holdings import held_registration
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import too_often
from workshops.models import Workshop
from workshops.selectors import rank_in_words, seats_of
from workshops.services import WorkshopFull


@open_to(anyone)
@at_kiosk
@require_safe
def workshop_list(request: HttpRequest, device: KioskDevice) -> HttpResponse:
    """Which workshop? At this place, else around it."""
    form = ChoiceForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    skip, nearby = chosen.get("skip") or 0, bool(chosen.get("nearby"))
    back = reverse("kiosk:workshops") if skip or nearby else reverse("kiosk:menu")
    context = {
        "choice": workshop_choice(device.site, nearby=nearby, skip=skip),
        "nearby": nearby,
        "next_skip": skip + TIMES_SHOWN,
        **doors(device, back=back),
    }
    return render(request, "kiosk/workshops.html", context)


@open_to(anyone)
@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: HttpRequest, device: KioskDevice, uid: UUID) -> HttpResponse:
    """Shall we remind you? A number is needed by whoever waits only; then they are in."""
    row = _offered(uid)
    if row is None:
        return redirect("kiosk:workshops")
    if request.method != "POST":
        return _ask_phone(request, device, row, WorkshopForm())
    without = {"key": request.POST.get("key", "")}
    form = WorkshopForm(without if "without" in request.POST else request.POST)
    if not form.is_valid():
        return _ask_phone(request, device, row, form)
    return _register(request, device, row, form)


def _register(request: HttpRequest, device: KioskDevice, row: Workshop, form: WorkshopForm) -> HttpResponse:
    number = form.cleaned_data["phone"]
    bookings = limits.bookings(device, phone=number)
    if wait := bookings.wait():
        return too_often(request, wait=wait, template="kiosk/too_many.html", **doors(device))
    try:
        registration = register_resident(
            workshop=row,
            by=actor(device),
            wait_if_full=form.cleaned_data["waits"],
            phone=number,
            language=get_language(),
            request_key=form.cleaned_data["key"],
        )
    except WorkshopFull:
        # What was shown was counted before somebody else took the last seat.
        return _ask_phone(request, device, _offered(row.uid), WorkshopForm(initial={"phone": number}))
    except ValidationError as error:
        return render(request, "kiosk/refused.html", {"problems": error.messages, **doors(device)})
    bookings.count()
    response = redirect("kiosk:done")
    HELD.give(response, held_registration(registration).name)
    return response


def _ask_phone(request: HttpRequest, device: KioskDevice, row: Workshop, form: WorkshopForm) -> HttpResponse:
    seats = seats_of(row)
    form.fields["phone"].required = seats.is_full
    context = {
        "workshop": row,
        "seats": seats,
        "rank": rank_in_words(row.waiting),
        "form": form,
        **doors(device, back=reverse("kiosk:workshops")),
    }
    return render(request, "kiosk/workshop.html", context)


def _offered(uid: UUID) -> Workshop | None:
    offered = Workshop.objects.upcoming().filter(is_public=True, site__is_published=True)
    return offered.for_pages().with_seats().filter(uid=uid).first()
