"""What messages cost in a month, and how many arrived."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory import rules
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked
from mediation.messaging import selectors
from mediation.messaging.filters import MonthForm
from mediation.messaging.tables import ArrivalsTable, SpendingTable, month_rows


@open_to(rules.is_agent)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """Show a month's parts, cost and deliveries by organisation."""
    form = MonthForm(request.GET, today=timezone.localdate())
    months = selectors.month_of(request.user, form.day)
    if file := export_if_asked(request, month_rows(form.day, months), f"messages-{form.day:%Y-%m}"):
        return file
    context = {
        "form": form,
        "day": form.day,
        "spending": SpendingTable(months),
        "arrivals": ArrivalsTable([one for one in selectors.totals(months) if one.ended]),
        "today": selectors.parts_today(timezone.now()),
        "near": [one for one in months if one.spending.is_near],
        "reads_messages": rules.helps_people(request.user),
    }
    return render(request, "messaging/month.html", context)
