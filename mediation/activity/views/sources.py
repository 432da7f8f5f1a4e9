"""Where mediators report: the organisation's administrator says it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.enums import Role
from directory.models import Mediator, Organisation
from mediation.accounts.actor import Actor
from mediation.activity import rules, services
from mediation.activity.forms import DeclaredSourceForm
from mediation.activity.selectors import declared_source, sources_of
from mediation.kernel.access import open_to
from mediation.kernel.forms import DayField


@open_to(rules.declares_sources)
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Show where each mediator reports today."""
    organisations = Organisation.objects.of(request.user, Role.ADMINISTRATOR)
    return render(request, "activity/sources.html", {"rows": sources_of(organisations, timezone.localdate())})


@open_to(rules.declares_sources)
@require_http_methods(["GET", "POST"])
def source_declare(request: HttpRequest, uid: str) -> HttpResponse:
    """Show the periods of one mediator; add one, or take one back."""
    organisations = Organisation.objects.of(request.user, Role.ADMINISTRATOR)
    scoped = Mediator.objects.filter(organisation__in=organisations).select_related("organisation")
    mediator = get_object_or_404(scoped, uid=uid)
    form = DeclaredSourceForm(request.POST if "source" in request.POST else None)
    try:
        if _change(request, mediator, form):
            return redirect("activity:source", uid=uid)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    page = {
        "mediator": mediator,
        "form": form,
        "periods": mediator.declared_sources.all(),
        "today": declared_source(mediator, timezone.localdate()),
    }
    return render(request, "activity/source.html", page)


def _change(request: HttpRequest, mediator: Mediator, form: DeclaredSourceForm) -> bool:
    """Do what was asked, and say so; return whether something was."""
    by = Actor.at_desk(request.user)
    if starts_on := DayField(required=False).clean(request.POST.get("withdraw", "")):
        services.withdraw_source(mediator=mediator, starts_on=starts_on, by=by)
        messages.success(request, _("La période est retirée."))
        return True
    if form.is_bound and form.is_valid():
        services.declare_source(mediator=mediator, by=by, **form.cleaned_data)
        messages.success(request, _("C’est enregistré."))
        return True
    return False
