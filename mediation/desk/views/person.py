"""One person, as far as this agent may look."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory.models import Beneficiary, BeneficiaryLink
from directory.rules import helps_people, is_mediator
from directory.services import agree_to_share_history
from mediation.accounts.actor import Actor
from mediation.desk import selectors
from mediation.kernel.access import open_to
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record


@require_safe
@open_to(helps_people)
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show somebody's file; the journal keeps who opened it. A file that was merged leads to the one that was kept."""
    followed = Beneficiary.objects.followed_by(request.user)
    found = get_object_or_404(followed.select_related("quartier", "commune", "merged_into"), uid=uid)
    if found.merged_into:
        return redirect("desk:person", found.merged_into.uid)
    record(action=JournalEntry.Action.READ, subject=found, by=Actor.at_desk(request.user))
    return render(request, "desk/person.html", {"sheet": selectors.person_sheet(found, request.user)})


@require_POST
@open_to(is_mediator)
def share_history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note whether somebody agrees that the other organisations see what this one did for them."""
    links = BeneficiaryLink.objects.of_mediator(request.user).filter(beneficiary__uid=uid)
    try:
        link = ModelChoiceField(links).clean(request.POST.get("link"))
    except ValidationError:
        raise Http404 from None
    agreed = request.POST.get("agreed") == "yes"
    agree_to_share_history(link=link, agreed=agreed, by=Actor.at_desk(request.user))
    messages.success(request, _("L’accord est noté.") if agreed else _("L’accord est retiré."))
    return redirect("desk:person", uid)
