"""Pages about messages: what was said to whom, what waits for a call, and whether the sending works."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from directory import rules
from mediation.accounts.actor import Actor
from mediation.kernel.access import anyone, open_to
from mediation.kernel.exports import export_if_asked
from mediation.messaging import selectors, services
from mediation.messaging.filters import MessageFilter
from mediation.messaging.models import Message
from mediation.messaging.selectors.replies import count_replies
from mediation.messaging.tables import MessageTable
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many


@open_to(rules.helps_people)
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """List the messages of the user's organisations."""
    now = timezone.now()
    mine = Message.objects.visible_to(request.user)
    listing = MessageFilter(request.GET, mine.for_pages())
    table = MessageTable(listing.qs, now=now)
    if file := export_if_asked(request, table, "messages"):
        people = {message.beneficiary for message in listing.qs if message.beneficiary}
        record_many(action=JournalEntry.Action.EXPORT, subjects=people, by=Actor.at_desk(request.user))
        return file
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "filter": listing,
        "table": table,
        "worker": selectors.worker_status(now),
        "calls_to_make": mine.to_call(now).count(),
        "replies_to_handle": count_replies(request.user),
        "reads_log": rules.is_network_administrator(request.user),
    }
    return render(request, "messaging/list.html", context)


@open_to(rules.helps_people)
@require_safe
def message_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one message, its attempts, and what else was said about the same thing."""
    message = get_object_or_404(Message.objects.visible_to(request.user).for_pages(), uid=uid)
    return render(request, "messaging/sheet.html", {"sheet": selectors.message_sheet(message)})


@open_to(rules.helps_people)
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """List what has to be said on the telephone, the most urgent first."""
    mine = (
        Message.objects.visible_to(request.user).to_call(timezone.now()).select_related("beneficiary", "organisation")
    )
    return render(request, "messaging/calls.html", {"calls": mine.order_by("useless_after", "pk")})


@open_to(rules.helps_people)
@require_POST
def note_call(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that a call was made."""
    message = get_object_or_404(Message.objects.visible_to(request.user), uid=uid)
    reached = request.POST.get("reached") == "yes"
    try:
        services.mark_called(message=message, by=Actor.at_desk(request.user), reached=reached)
    except ValidationError as refusal:
        toasts.warning(request, refusal.messages[0])
    else:
        toasts.success(request, _("C’est noté : dit au téléphone.") if reached else _("C’est noté : personne au bout."))
    return redirect("messaging:calls")


@open_to(rules.is_network_administrator)
@require_safe
def download_log(request: HttpRequest) -> FileResponse:
    """Give the file that the file gateway writes."""
    if not settings.MESSAGES_LOG.exists():
        raise Http404
    log = settings.MESSAGES_LOG.open("rb")
    return FileResponse(log, as_attachment=True, filename="messages.log", content_type="application/x-ndjson")


@open_to(anyone)
@require_safe
def worker_health(request: HttpRequest) -> JsonResponse:
    """Say, for a city's supervision, whether messages leave. 503 where no worker was heard of lately."""
    status = selectors.worker_status(timezone.now())
    answer = {"worker": "ok" if status.is_alive else "silent", "last_seen_at": status.last_seen_at}
    return JsonResponse(answer, status=200 if status.is_alive else 503)
