"""Days on which a place is shut."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.rules import is_administrator
from mediation.kernel.access import open_to
from sites.forms import ClosureForm
from sites.models import Closure, Site


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def closure_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say when the place is shut, then see what was planned there meanwhile."""
    site = get_object_or_404(Site.objects.editable_by(request.user), uid=uid)
    form = ClosureForm(request.POST or None, instance=Closure(site=site))
    if request.method == "POST" and form.is_valid():
        closure = form.save()
        messages.success(request, _("La fermeture est enregistrée : plus aucun créneau n’y est proposé."))
        return redirect("desk:closure", closure.pk)
    return render(request, "sites/closure_form.html", {"form": form, "site": site})


@open_to(is_administrator)
@require_POST
def closure_remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Open the place again on these days."""
    site = get_object_or_404(Site.objects.editable_by(request.user), uid=uid)
    get_object_or_404(site.closures, pk=pk).delete()
    messages.success(request, _("La fermeture est retirée."))
    return redirect(site)
