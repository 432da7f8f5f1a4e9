"""Two files that may be one person's: compared, made one, parted again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory import services
from directory.models import Beneficiary, Merge
from directory.rules import helps_people
from mediation.accounts.actor import Actor
from mediation.desk import selectors
from mediation.kernel.access import open_to
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(helps_people)
def compare(request: HttpRequest, uid: UUID, other: UUID) -> HttpResponse:
    """Show two files side by side; keep the one that is chosen, and let everything of the other go to it."""
    visible = Beneficiary.objects.visible_to(request.user).select_related("quartier", "commune")
    pair = get_object_or_404(visible, uid=uid), get_object_or_404(visible, uid=other)
    by = Actor.at_desk(request.user)
    if request.method == "POST":
        kept, duplicate = reversed(pair) if request.POST.get("keep") == str(other) else pair
        try:
            services.merge(kept=kept, duplicate=duplicate, by=by)
            messages.success(request, _("Les deux fiches n’en font plus qu’une."))
            return redirect("desk:person", kept.uid)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("desk:compare", uid, other)
    record_many(action=JournalEntry.Action.READ, subjects=pair, by=by)
    return render(request, "desk/compare.html", {"comparison": selectors.compare(*pair, request.user)})


@require_POST
@open_to(helps_people)
def part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a merge back: both files are as they were."""
    done = get_object_or_404(Merge.objects.visible_to(request.user), uid=uid)
    try:
        services.undo_merge(merge=done, by=Actor.at_desk(request.user))
        messages.success(request, _("Les deux fiches sont de nouveau séparées."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("desk:person", done.kept.uid)
