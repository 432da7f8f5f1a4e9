"""What residents say is wrong on the pages of places."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.rules import is_agent
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from sites import services
from sites.models import ErrorReport

PER_PAGE = 25


@open_to(is_agent)
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """The mistakes found on the places of one's organisations, those that wait first."""
    reports = ErrorReport.objects.visible_to(request.user)
    page = Paginator(reports.for_pages(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sites/error_reports.html", {"page": page, "waiting": reports.waiting().count()})


@open_to(is_agent)
@require_POST
def report_mark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that a mistake is dealt with, or that it is not after all."""
    report = get_object_or_404(ErrorReport.objects.visible_to(request.user).select_related("site"), uid=uid)
    services.mark_report(report=report, handled="handled" in request.POST, by=Actor.at_desk(request.user))
    told = _("C’est noté comme traité.") if report.is_handled else _("C’est de nouveau à traiter.")
    messages.success(request, told)
    return redirect(report.site if "from_sheet" in request.POST else "sites:error_reports")
