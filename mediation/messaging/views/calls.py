"""What people say on the telephone."""

from uuid import UUID

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directory import rules
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.messaging import selectors, services
from mediation.messaging.models import Message


@open_to(rules.helps_people)
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """List what has to be said on the telephone, the most urgent first."""
    groups = selectors.calls_to_make(request.user, timezone.now())
    return render(request, "messaging/calls.html", {"groups": groups})


@open_to(rules.helps_people)
@require_POST
def note_call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note what became of a call: said, to be tried again, given up."""
    message = get_object_or_404(Message.objects.visible_to(request.user), uid=uid)
    by, result = Actor.at_desk(request.user), request.POST.get("reached")
    try:
        if result == "later":
            services.call_later(message=message, by=by)
            toasts.success(request, _("C’est noté : à rappeler dans une heure."))
        else:
            services.mark_called(message=message, by=by, reached=result == "yes")
            toasts.success(
                request, _("C’est noté : dit au téléphone.") if result == "yes" else _("C’est noté : pas joint.")
            )
    except ValidationError as refusal:
        toasts.warning(request, refusal.messages[0])
    return redirect("messaging:calls")
