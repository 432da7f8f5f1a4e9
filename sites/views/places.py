"""Pages about places."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.rules import is_agent
from mediation.kernel.access import open_to
from sites.models import Site


@open_to(is_agent)
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    """Every place of the network."""
    return render(request, "sites/list.html", {"sites": Site.objects.visible_to(request.user)})


@open_to(is_agent)
@require_safe
def site_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything about one place."""
    return render(request, "sites/sheet.html", {"site": get_object_or_404(Site, uid=uid)})
