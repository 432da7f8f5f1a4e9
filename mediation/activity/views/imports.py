"""Bring in a partner's file, and read what became of it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from directory.enums import Role
from directory.models import Organisation
from mediation.accounts.actor import Actor
from mediation.activity import rules, services
from mediation.activity.forms import ImportForm
from mediation.activity.models import ImportedFile
from mediation.kernel.access import open_to

LATEST = 20


@open_to(rules.imports_files)
@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Take a file of La Coop; the latest stand below."""
    organisations = Organisation.objects.active().of(request.user, Role.COORDINATOR, Role.ADMINISTRATOR)
    form = ImportForm(request.POST or None, request.FILES or None, organisations=organisations)
    if form.is_bound and form.is_valid():
        run = _import(request, form)
        if run and run.pk:
            return redirect("activity:imported", uid=run.uid)
        if run:
            return render(request, "activity/imported.html", {"run": run, "is_dry_run": True})
    latest = ImportedFile.objects.filter(organisation__in=organisations).select_related("organisation", "imported_by")
    return render(request, "activity/import.html", {"form": form, "latest": latest[:LATEST]})


@open_to(rules.imports_files)
@require_safe
def imported_file(request: HttpRequest, uid: str) -> HttpResponse:
    """Show what became of a file."""
    organisations = Organisation.objects.of(request.user, Role.COORDINATOR, Role.ADMINISTRATOR)
    scoped = ImportedFile.objects.filter(organisation__in=organisations).select_related("organisation", "imported_by")
    return render(request, "activity/imported.html", {"run": get_object_or_404(scoped, uid=uid), "is_dry_run": False})


def _import(request: HttpRequest, form: ImportForm) -> ImportedFile | None:
    """Run the import; a file that is none of La Coop's is said beside its field."""
    upload = form.cleaned_data["file"]
    try:
        return services.import_coop(
            file=upload,
            name=upload.name,
            organisation=form.cleaned_data["organisation"],
            by=Actor.at_desk(request.user),
            dry_run=form.cleaned_data["dry_run"],
        )
    except ValidationError as error:
        form.add_error("file", error)
        return None
