"""Reasons: what appointments are for."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from directory import rules
from helpdesk.forms import ReasonForm
from helpdesk.models import Reason
from helpdesk.tables import ReasonTable
from mediation.kernel.access import open_to

PER_PAGE = 25


@require_safe
@open_to(rules.is_administrator)
def reason_list(request: HttpRequest) -> HttpResponse:
    """List the reasons that the user sets up."""
    reasons = Reason.objects.editable_by(request.user).select_related("organisation")
    table = RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(ReasonTable(reasons))
    return render(request, "helpdesk/reasons.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def reason_new(request: HttpRequest) -> HttpResponse:
    """Write a new reason."""
    return _edit(request, Reason())


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def reason_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change a reason; appointments already made keep their time."""
    return _edit(request, get_object_or_404(Reason.objects.editable_by(request.user), uid=uid))


def _edit(request: HttpRequest, reason: Reason) -> HttpResponse:
    form = ReasonForm(request.POST or None, instance=reason, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Motif enregistré."))
        return redirect("helpdesk:reasons")
    return render(request, "helpdesk/reason_form.html", {"form": form, "reason": reason})
