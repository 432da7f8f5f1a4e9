"""A mediator's day, on a phone first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.models import Mediator
from directory.rules import is_mediator
from helpdesk.selectors import calls_to_make, count_must_move
from helpdesk.selectors.external_calendars import calendars_in_trouble
from helpdesk.selectors.queue import mediator_queues, tickets_to_report
from mediation.desk import selectors
from mediation.kernel.access import open_to
from mediation.messaging.selectors.replies import count_replies


@require_safe
@open_to(is_mediator)
def today(request: HttpRequest) -> HttpResponse:
    """Show the mediator's appointments and workshops, who waits, and what is left to finish."""
    mediator = Mediator.objects.filter(user=request.user).first()
    day = selectors.mediator_day(mediator) if mediator else None
    context = {"mediator": mediator, "day": day, "now": timezone.now(), "page": "today"}
    if mediator:
        context |= {"to_call": calls_to_make(request.user), "must_move": count_must_move(user=request.user)}
        context["replies_to_handle"] = count_replies(request.user)
        context["in_trouble"] = calendars_in_trouble([mediator])
        context |= {"my_queues": mediator_queues(mediator), "my_tickets": tickets_to_report(mediator)}
    return render(request, "desk/today.html", context)
