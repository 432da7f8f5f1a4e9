"""What one's organisation booked elsewhere for somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from directory import rules as people_rules
from helpdesk.filters import PrescriptionFilter
from helpdesk.models import Appointment
from helpdesk.tables import PrescriptionTable
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many

PER_PAGE = 25


@require_safe
@open_to(people_rules.helps_people)
def prescription_list(request: HttpRequest) -> HttpResponse:
    """Follow the appointments that were booked at other organisations: when, where, what became of them."""
    booked = Appointment.objects.booked_elsewhere_by(request.user)
    listing = PrescriptionFilter(request.GET, booked, user=request.user)
    table = PrescriptionTable(listing.qs, user=request.user)
    if file := export_if_asked(request, table, "rendez-vous-pris-ailleurs"):
        named = {person for people in table.people_shown.values() for person in people}
        record_many(action=JournalEntry.Action.EXPORT, subjects=named, by=Actor.at_desk(request.user))
        return file
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    return render(request, "helpdesk/prescriptions.html", {"filter": listing, "table": table})
