"""The coordination report: as a page, as a document, as a workbook; and an organisation's word on its figures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.models import Organisation
from mediation.accounts.actor import Actor
from mediation.activity.rules import imports_files
from mediation.kernel.access import open_to
from mediation.kernel.exports import CONTENT_TYPES
from reports.enums import Preset
from reports.exports import write_pdf, write_xlsx
from reports.forms import PeriodForm
from reports.periods import Period
from reports.rules import confirmable_ids, reads_reports
from reports.selectors import CoordinationReport, coordination_report
from reports.services import confirm_figures, withdraw_confirmation
from reports.tables import all_tables, definitions, hidden_note, key_figures, warnings


@open_to(reads_reports)
@require_safe
def coordination(request: HttpRequest) -> HttpResponse:
    """Show the report of a period."""
    form = PeriodForm(request.GET)
    report = _report(request, form.period())
    tables = {table.key: table for table in all_tables(report)}
    context = {
        "form": form,
        "presets": [preset for preset in Preset.choices if preset[0] != Preset.FREE],
        "report": report,
        "key_figures": key_figures(report),
        "warnings": warnings(report),
        "tables": tables,
        "definitions": definitions(),
        "hidden_note": hidden_note(),
        "actions": [*_files(report.period), *_imports(request.user)],
    }
    return render(request, "reports/coordination.html", context)


@open_to(reads_reports)
@require_safe
def coordination_pdf(request: HttpRequest) -> HttpResponse:
    """Give the report as a document to hand out."""
    report = _report(request, PeriodForm(request.GET).period())
    return _file(write_pdf(report), "application/pdf", f"{_file_name(report)}.pdf")


@open_to(reads_reports)
@require_safe
def coordination_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the report as a workbook."""
    report = _report(request, PeriodForm(request.GET).period())
    return _file(write_xlsx(report), CONTENT_TYPES["xlsx"], f"{_file_name(report)}.xlsx")


@open_to(reads_reports)
@require_POST
def confirm(request: HttpRequest, uid: str) -> HttpResponse:
    """Write that one's own organisation's figures are right."""
    organisation, period = _own_organisation(request, uid), PeriodForm(request.POST).period()
    try:
        confirm_figures(organisation=organisation, period=period, by=Actor.at_desk(request.user))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        words = _("Chiffres validés : %(name)s, %(period)s.")
        messages.success(request, words % {"name": organisation.name, "period": period.title})
    return _back(period)


@open_to(reads_reports)
@require_POST
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    """Take one's own organisation's confirmation back."""
    organisation, period = _own_organisation(request, uid), PeriodForm(request.POST).period()
    withdraw_confirmation(organisation=organisation, period=period, by=Actor.at_desk(request.user))
    messages.success(request, _("Validation retirée : %(name)s.") % {"name": organisation.name})
    return _back(period)


def _report(request: HttpRequest, period: Period) -> CoordinationReport:
    return coordination_report(first_day=period.first_day, last_day=period.last_day, user=request.user)


def _files(period: Period) -> list[dict[str, Any]]:
    """Return the buttons that give the report shown as a file."""
    query = _query(period)
    pdf, xlsx = reverse("reports:coordination_pdf"), reverse("reports:coordination_xlsx")
    return [
        {"label": _("Document PDF"), "url": f"{pdf}?{query}", "icon_name": "file-text"},
        {"label": _("Classeur XLSX"), "url": f"{xlsx}?{query}", "tone": "secondary", "icon_name": "download"},
    ]


def _imports(user: Any) -> list[dict[str, Any]]:
    """Return the button that brings in what is missing, for those who may."""
    if not imports_files(user):
        return []
    return [
        {
            "label": _("Importer un fichier de La Coop"),
            "url": reverse("activity:import"),
            "tone": "secondary",
            "icon_name": "plus",
        }
    ]


def _own_organisation(request: HttpRequest, uid: str) -> Organisation:
    return get_object_or_404(Organisation.objects.filter(pk__in=confirmable_ids(request.user)), uid=uid)


def _query(period: Period) -> str:
    """Return the address's end that gives this very period again, whatever the day it is opened."""
    return urlencode({"preset": Preset.FREE, "first_day": period.first_day, "last_day": period.last_day})


def _back(period: Period) -> HttpResponseRedirect:
    return redirect(f"{reverse('reports:coordination')}?{_query(period)}#missing")


def _file_name(report: CoordinationReport) -> str:
    return slugify(f"rapport-coordination-{report.period.title}")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
