"""The calendar of workshops, and registration without account."""

from itertools import groupby
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.services import register_resident
from mediation.channels.web.access import HELD
from mediation.channels.web.forms import RegistrationForm
from mediation.channels.web.holdings import held_registration
from mediation.channels.web.structured import workshop_data
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited, too_often
from workshops.models import Workshop
from workshops.selectors import WorkshopCard, rank_in_words, seats_of, upcoming_for_public
from workshops.services import WorkshopFull


@open_to(anyone)
@require_safe
@limited(attempts.SEARCHES)
def workshop_list(request: HttpRequest) -> HttpResponse:
    """The workshops to come, day by day."""
    cards = upcoming_for_public()
    days = [(day, list(found)) for day, found in groupby(cards, _day)]
    return render(request, "web/workshops.html", {"days": days})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One workshop, and who comes. As for an appointment, nobody's rights are borrowed: no CSRF token, no cookie."""
    offered = Workshop.objects.upcoming().filter(is_public=True, site__is_published=True)
    row = get_object_or_404(offered.for_pages().with_seats(), uid=uid)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _register(request, row, form)
    return _show(request, row, form)


def _register(request: HttpRequest, row: Workshop, form: RegistrationForm) -> HttpResponse:
    who = form.person()
    bookings = attempts.bookings(request, phone=who["phone"])
    if wait := bookings.wait() or attempts.after_decoy(form):
        return too_often(request, wait=wait)
    try:
        registration = register_resident(
            workshop=row,
            by=Actor(door=Door.WEB),
            wait_if_full=form.cleaned_data["waits"],
            request_key=form.cleaned_data["key"],
            **who,
        )
    except WorkshopFull:
        # What is shown was counted before somebody else took the last seat.
        return _show(request, Workshop.objects.for_pages().with_seats().get(pk=row.pk), form, was_quicker=True)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, row, form)
    bookings.count()
    response = redirect("web:book_done")
    HELD.give(response, held_registration(registration).name)
    return response


def _show(request: HttpRequest, row: Workshop, form: RegistrationForm, *, was_quicker: bool = False) -> HttpResponse:
    context = {
        "workshop": row,
        "seats": seats_of(row),
        "rank": rank_in_words(row.waiting),
        "form": form,
        "was_quicker": was_quicker,
        "structured": workshop_data(request, row),
    }
    return render(request, "web/workshop.html", context)


def _day(card: WorkshopCard):
    return timezone.localdate(card.workshop.starts_at)
