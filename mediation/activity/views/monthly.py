"""Totals of a month, for those who count elsewhere."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.enums import Role
from directory.models import Organisation
from mediation.accounts.actor import Actor
from mediation.activity import rules, services
from mediation.activity.forms import MonthlyForm
from mediation.activity.forms.monthly import NUMBERS
from mediation.activity.selectors import GivenMonth, given_months
from mediation.kernel.access import open_to

SHOWN = dt.timedelta(days=400)


@open_to(rules.types_monthly_totals)
@require_http_methods(["GET", "POST"])
def monthly_totals(request: HttpRequest) -> HttpResponse:
    """Type a month's totals, or type them again; what was given stands below."""
    organisations = Organisation.objects.active().of(request.user, Role.MEDIATOR, Role.ADMINISTRATOR)
    given = given_months(organisations, timezone.localdate() - SHOWN)
    form = MonthlyForm(request.POST or None, organisations=organisations, initial=_initial(request, given))
    if form.is_bound and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("organisation", "mediator", "month")}
        try:
            services.record_month(totals=form.totals(), by=Actor.at_desk(request.user), **chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Les totaux du mois sont enregistrés."))
            return redirect("activity:monthly")
    return render(request, "activity/monthly.html", {"form": form, "given": given})


def _initial(request: HttpRequest, given: list[GivenMonth]) -> dict[str, Any]:
    """Return the month that "Modifier" named in the address, as it stands."""
    wanted = (request.GET.get("structure", ""), request.GET.get("mediateur", ""), request.GET.get("mois", ""))
    for one in given:
        mediator = str(one.mediator.uid) if one.mediator else ""
        if (str(one.organisation.uid), mediator, f"{one.month:%Y-%m}") == wanted:
            chosen = {"organisation": wanted[0], "mediator": wanted[1], "month": wanted[2]}
            return chosen | {name: getattr(one, name) for name in NUMBERS}
    return {}
