"""Pages about messages: what was said to whom, what waits for a call, and whether the sending works."""

from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from directory import rules
from mediation.accounts.actor import Actor
from mediation.kernel.access import anyone, open_to
from mediation.kernel.engines import engine
from mediation.kernel.exports import export_if_asked
from mediation.messaging import selectors, services
from mediation.messaging.enums import Medium
from mediation.messaging.filters import MessageFilter
from mediation.messaging.forms import OtherWayForm
from mediation.messaging.models import Message
from mediation.messaging.selectors import MessageSheet
from mediation.messaging.tables import MessageTable
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many

DONE = {
    Medium.SMS: _("C’est fait : le SMS part dans un instant."),
    Medium.VOICE: _("C’est fait : l’appel part à la prochaine heure polie."),
    Medium.EMAIL: _("C’est fait : l’e-mail part dans un instant."),
    Medium.LETTER: _("C’est fait : la lettre est à imprimer."),
    Medium.CALL_LIST: _("C’est fait : l’appel est à faire."),
}


@open_to(rules.helps_people)
@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """List the messages of the user's organisations."""
    now = timezone.now()
    mine = Message.objects.visible_to(request.user)
    listing = MessageFilter(request.GET, mine.for_pages().urgent_first(now))
    table = MessageTable(listing.qs, now=now)
    if file := export_if_asked(request, table, "messages"):
        people = {message.beneficiary for message in listing.qs if message.beneficiary}
        record_many(action=JournalEntry.Action.EXPORT, subjects=people, by=Actor.at_desk(request.user))
        return file
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {
        "filter": listing,
        "table": table,
        "health": selectors.health(now),
        "needs": selectors.needs(request.user, now),
        "reads_log": rules.is_network_administrator(request.user),
    }
    return render(request, "messaging/list.html", context)


@open_to(rules.helps_people)
@require_safe
def message_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one message, its attempts, what came back, and what else was said about the same thing."""
    sheet = selectors.message_sheet(_message(request, uid))
    return _render_sheet(request, sheet, OtherWayForm(ways=sheet.ways))


@open_to(rules.helps_people)
@require_POST
def change_way(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say a message by another way that its person has."""
    message = _message(request, uid)
    sheet = selectors.message_sheet(message)
    form = OtherWayForm(request.POST, ways=sheet.ways)
    if not form.is_valid():
        return _render_sheet(request, sheet, form)
    medium = Medium(form.cleaned_data["medium"])
    try:
        services.change_way(message=message, medium=medium, by=Actor.at_desk(request.user))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _render_sheet(request, sheet, form)
    toasts.success(request, DONE[medium])
    return redirect("messaging:sheet", uid)


def _message(request: HttpRequest, uid: UUID) -> Message:
    return get_object_or_404(Message.objects.visible_to(request.user).for_pages(), uid=uid)


def _render_sheet(request: HttpRequest, sheet: MessageSheet, form: OtherWayForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "messaging/sheet.html", {"sheet": sheet, "form": form}, status=status)


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
    """Say, for a city's supervision, whether messages leave: 503 where nobody sends, or nothing carries one kind."""
    health = selectors.health(timezone.now())
    down = {one.name: one.since for one in health.down}
    answer = {
        "worker": "ok" if health.worker.is_alive else "silent",
        "last_seen_at": health.worker.last_seen_at,
        "tasks": asdict(engine().waiting()),
        "gateways": {
            name: {"state": "down", "since": down[name]} if name in down else {"state": "ok"}
            for name in health.gateways
        },
    }
    return JsonResponse(answer, status=200 if health.is_well else 503)
