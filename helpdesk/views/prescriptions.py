"""What one's organisation booked elsewhere for somebody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import rules as people_rules
from helpdesk import selectors
from helpdesk.models import Appointment
from mediation.kernel.access import open_to

PER_PAGE = 25


@require_safe
@open_to(people_rules.helps_people)
def prescription_list(request: HttpRequest) -> HttpResponse:
    """Follow the appointments that were booked at other organisations: when, where, what became of them."""
    page = Paginator(Appointment.objects.booked_elsewhere_by(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = selectors.prescription_lines(page, user=request.user)
    return render(request, "helpdesk/prescriptions.html", {"page": page, "lines": lines})
