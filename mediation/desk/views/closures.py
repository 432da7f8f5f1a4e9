"""What a closure leaves in front of a closed door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from helpdesk.rules import plans
from helpdesk.selectors import hidden_must_move, must_move
from mediation.desk import selectors
from mediation.kernel.access import open_to
from sites.models import Closure


@require_safe
@open_to(plans)
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the appointments and workshops that cannot be held while a place is shut."""
    found = get_object_or_404(Closure.objects.select_related("site"), pk=pk)
    context = {
        "closure": found,
        "lines": must_move(user=request.user, closure=found),
        "hidden": hidden_must_move(user=request.user, closure=found),
        "workshops": selectors.workshops_during(found),
    }
    return render(request, "desk/closure.html", context)
