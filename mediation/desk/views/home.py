"""The first page of each role, and the settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from directory import rules as directory_rules
from mediation.desk import rules, selectors
from mediation.kernel.access import open_to, signed_in


@require_safe
@open_to(signed_in)
def start(request: HttpRequest) -> HttpResponse:
    """Go to the page where this person's work begins."""
    home = rules.home(request.user)
    return redirect(home) if home else render(request, "desk/no_role.html")


@require_safe
@open_to(directory_rules.is_administrator)
def settings_hub(request: HttpRequest) -> HttpResponse:
    """Show everything that an administrator sets up, with what it is for."""
    return render(request, "desk/settings.html", {"groups": selectors.settings_of(request.user)})
