"""Opening periods: when mediators receive."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from helpdesk import rules, selectors, services
from helpdesk.filters import OpeningFilter
from helpdesk.forms import OpeningForm
from helpdesk.models import OpeningPeriod
from helpdesk.tables import OpeningTable
from helpdesk.views.shared import way_back
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.kernel.access import open_to
from mediation.territory.selectors import SchoolCalendar

PER_PAGE = 25


@require_safe
@open_to(rules.sets_hours)
def opening_list(request: HttpRequest) -> HttpResponse:
    """List the opening periods that the user sets."""
    mediators = selectors.mediators_with_hours_set_by(request.user)
    listing = OpeningFilter(request.GET, OpeningPeriod.objects.set_by(mediators), mediators=mediators)
    table = RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(OpeningTable(listing.qs))
    context = {"filter": listing, "table": table, "past": listing.count_past()}
    return render(request, "helpdesk/openings.html", {**context, **way_back(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.sets_hours)
def opening_new(request: HttpRequest) -> HttpResponse:
    """Say when a mediator receives."""
    return _edit(request, OpeningPeriod())


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.sets_hours)
def opening_edit(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Change an opening period; appointments already made stay."""
    return _edit(request, _settable(request, uid))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.sets_hours)
def opening_delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask, then stop offering the period; appointments already made stay."""
    period = _settable(request, uid)
    if request.method == "POST":
        period.delete()
        messages.success(request, _("Plage supprimée. Les rendez-vous déjà pris restent."))
        return redirect("helpdesk:openings")
    return render(request, "helpdesk/opening_delete.html", {"period": period})


def _settable(request: HttpRequest, uid: uuid.UUID) -> OpeningPeriod:
    periods = OpeningPeriod.objects.set_by(selectors.mediators_with_hours_set_by(request.user))
    return get_object_or_404(periods, uid=uid)


def _edit(request: HttpRequest, period: OpeningPeriod) -> HttpResponse:
    mediators = selectors.mediators_with_hours_set_by(request.user)
    own = mediators.filter(user=request.user).first()
    # Before the form writes what was typed over it.
    words = period.in_words(SchoolCalendar.read()) if period.pk else ""
    # What is initial would stand over the mediator of a period that is there.
    initial = {} if period.pk else {"mediator": own}
    form = OpeningForm(request.POST or None, instance=period, mediators=mediators, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_opening(
                opening=form.instance, reasons=form.cleaned_data["reasons"], by=Actor.at_desk(request.user)
            )
            _say_saved(request, form.instance)
            return redirect("helpdesk:openings")
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "helpdesk/opening_form.html", {"form": form, "period": period, "words": words})


def _say_saved(request: HttpRequest, period: OpeningPeriod) -> None:
    """Say in words what was kept, and what somebody should think of."""
    words = period.in_words(SchoolCalendar.read())
    messages.success(request, _("Plage enregistrée : %(words)s.") % {"words": f"{words[:1].lower()}{words[1:]}"})
    closed = selectors.outside_public_hours(period)
    if closed:
        said = {"place": period.site, "day": formats.long_day(closed.day), "hours": closed.words}
        warning = _("%(place)s n’est pas ouvert au public à ces heures (%(day)s : %(hours)s). Quelqu’un ouvrira-t-il ?")
        messages.warning(request, warning % said)
