"""Take in a file of places: choose it, read what would happen, write it."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from directory.rules import is_network_administrator
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from sites import services
from sites.enums import RowResult
from sites.forms import ImportForm
from sites.models import PendingImport

PER_PAGE = 100


@open_to(is_network_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def site_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is tried before anything is written."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            pending = services.keep_file(
                file_name=chosen["file"].name,
                content=chosen["file"].read(),
                file_format=chosen["file_format"],
                insee_prefix=chosen["insee_prefix"],
                user=request.user,
                by=Actor.at_desk(request.user),
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect("sites:import_review", uid=pending.uid)
    return render(request, "sites/import.html", {"form": form})


@open_to(is_network_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def import_review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what each row would do; once confirmed, write and show what each row did."""
    pending = get_object_or_404(PendingImport.objects.filter(user=request.user), uid=uid)
    actor = Actor.at_desk(request.user)
    if request.method == "POST":
        all_or_nothing = request.POST.get("choice") == "all"
        report = services.write_file(pending=pending, all_or_nothing=all_or_nothing, by=actor)
    else:
        report = services.try_file(pending=pending, by=actor)
    context = {
        "pending": pending,
        "report": report,
        "totals": [(result.counted(count), result.tone) for result in RowResult if (count := report.count(result))],
        "lines": _lines(request, report),
    }
    return render(request, "sites/import_review.html", context)


def _lines(request: HttpRequest, report: services.ImportReport) -> Iterable[services.RowOutcome]:
    """Before, everything that would happen, page by page; afterwards, what was refused, all of it at once."""
    return report.refused if report.written else Paginator(report.told, PER_PAGE).get_page(request.GET.get("page"))
