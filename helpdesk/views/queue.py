"""The queue of people without an appointment: the desk's page, the mediator's part, the waiting room's screen."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.models import Mediator
from directory.rules import helps_people, is_coordinator, is_mediator
from helpdesk.models import Reason
from helpdesk.selectors import queue as lines
from mediation.kernel.access import anyone, open_to
from sites.models import Site


@dataclass(frozen=True)
class Post:
    """One mediator on the desk's page, and whether this agent may call people for them."""

    mine: lines.MediatorQueue
    may_call: bool


@require_safe
@open_to(helps_people)
def queue_list(request: HttpRequest) -> HttpResponse:
    """Choose a place; whoever has only one goes there at once."""
    sites = list(lines.sites_with_queue(request.user))
    if len(sites) == 1:
        return redirect("helpdesk:queue", uid=sites[0].uid)
    queues = lines.queues_now(sites)
    return render(request, "helpdesk/queues.html", {"places": [(site, queues.get(site.pk)) for site in sites]})


@require_safe
@open_to(helps_people)
def queue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give tickets, see who waits. htmx asks again and again for what changes."""
    context = queue_context(request, site_with_queue(request, uid), request.GET.get("donne", ""))
    return render(request, "helpdesk/_queue.html" if request.htmx else "helpdesk/queue.html", context)


@require_safe
@open_to(is_mediator)
def mine(request: HttpRequest) -> HttpResponse:
    """Return the mediator's queues again, for the page that keeps itself current."""
    return render(request, "helpdesk/_my_queues.html", my_context(request))


@require_safe
@never_cache
@open_to(anyone)
def display(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the waiting room which numbers are called; never a name of those who wait."""
    site = get_object_or_404(Site, uid=uid)
    return render(request, "helpdesk/queue_display.html", {"queue": lines.queue_of(site)})


@require_safe
@open_to(helps_people, is_coordinator)
def counts(request: HttpRequest) -> HttpResponse:
    """Show the figures of the day or of the month, place by place."""
    period = "mois" if request.GET.get("periode") == "mois" else "jour"
    first, last = lines.period_of(period)
    found = lines.queue_counts(lines.sites_counted(request.user), first, last)
    context = {"counts": found, "period": period, "first": first, "last": last}
    return render(request, "helpdesk/queue_counts.html", context)


def site_with_queue(request: HttpRequest, uid: UUID) -> Site:
    """Return a place where the user gives tickets."""
    return get_object_or_404(lines.sites_with_queue(request.user), uid=uid)


def queue_context(request: HttpRequest, site: Site, given: str = "") -> dict[str, Any]:
    """Return what the desk's page shows; ``given`` names the ticket that was just handed over."""
    found = lines.queue_of(site)
    with_somebody = [ticket.mediator for ticket in found.tickets if ticket.is_under_way]
    mediators = dict.fromkeys([*(one.mediator for one in found.receivers), *with_somebody])
    colleagues = set(Mediator.objects.of_colleagues(request.user).values_list("pk", flat=True))
    ticket = next((one for one in found.tickets if one.uid == read_uid(given)), None)
    return {
        "queue": found,
        "posts": [Post(lines.mediator_queue(one, found), one.pk in colleagues) for one in mediators],
        "reasons": Reason.objects.bookable_by(request.user).order_by("-is_any_need", "label", "pk"),
        "given": ticket,
        "given_turn": found.turn_of(ticket) if ticket else None,
        "page": "queue",
    }


def my_context(request: HttpRequest) -> dict[str, Any]:
    """Return what a mediator sees of their queues."""
    mediator = Mediator.objects.filter(user=request.user).first()
    return {
        "my_queues": lines.mediator_queues(mediator) if mediator else [],
        "my_tickets": lines.tickets_to_report(mediator) if mediator else [],
        "page": "today",
    }


def read_uid(text: str) -> UUID | None:
    """Return the identifier that an address or a form gives, or None where it is none."""
    try:
        return forms.UUIDField(required=False).clean(text)
    except ValidationError:
        return None
