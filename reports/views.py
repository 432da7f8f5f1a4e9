"""Pages of the coordination report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from mediation.kernel.access import open_to
from reports.rules import reads_reports


@open_to(reads_reports)
@require_safe
def coordination(request: HttpRequest) -> HttpResponse:
    """Show the report of a period."""
    return render(request, "reports/coordination.html")


@open_to(reads_reports)
@require_safe
def coordination_pdf(request: HttpRequest) -> HttpResponse:
    """Give the report as a document."""
    return HttpResponse(content_type="application/pdf")


@open_to(reads_reports)
@require_safe
def coordination_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the report as a workbook."""
    return HttpResponse()


@open_to(reads_reports)
@require_POST
def confirm(request: HttpRequest, uid: str) -> HttpResponse:
    """Confirm an organisation's figures."""
    return HttpResponse()
