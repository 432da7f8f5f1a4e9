"""Pages about public computers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.rules import is_agent
from mediation.kernel.access import open_to
from sites.models import Workstation


@open_to(is_agent)
@require_safe
def workstation_list(request: HttpRequest) -> HttpResponse:
    """Every public computer."""
    workstations = Workstation.objects.select_related("site")
    return render(request, "sites/workstations.html", {"workstations": workstations})
