"""« Signaler une erreur »: what is wrong on a place's page. No name, no cookie."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.web.report_form import ErrorReportForm
from mediation.kernel.access import anyone, open_to
from mediation.kernel.limits import address_of
from mediation.kernel.views import too_often
from sites.models import Site
from sites.services import report_error


@open_to(anyone)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what is wrong. As in booking, nobody's rights are borrowed: no CSRF token, no cookie."""
    site = get_object_or_404(Site.objects.published(), uid=uid)
    form = ErrorReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _note(request, site, form)
    return render(request, "web/report/form.html", {"site": site, "form": form})


@open_to(anyone)
@require_safe
def thanks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who will read it."""
    site = get_object_or_404(Site.objects.published().select_related("organisation"), uid=uid)
    return render(request, "web/report/thanks.html", {"site": site})


def _note(request: HttpRequest, site: Site, form: ErrorReportForm) -> HttpResponse:
    limit, who = attempts.ERROR_REPORTS_FROM, address_of(request)
    if wait := limit.wait(who) or attempts.after_decoy(form):
        return too_often(request, wait=wait)
    try:
        report_error(site=site, by=Actor(door=Door.WEB), **form.what())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "web/report/form.html", {"site": site, "form": form})
    limit.count(who)
    return redirect("web:place_reported", site.uid)
