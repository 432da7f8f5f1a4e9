"""The agenda."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory import rules
from mediation.kernel.access import open_to


@require_safe
@open_to(rules.helps_people)
def agenda(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Show the agenda."""
    return render(request, "helpdesk/agenda.html")
