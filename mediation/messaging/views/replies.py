"""What people sent back: what waits for somebody, and what was understood."""

from uuid import UUID

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory import rules
from mediation.kernel.access import open_to
from mediation.messaging import services
from mediation.messaging.forms import WriteBackForm
from mediation.messaging.models import Reply
from mediation.messaging.selectors.replies import reply_lines

PER_PAGE = 25


@open_to(rules.helps_people)
@require_safe
def reply_list(request: HttpRequest) -> HttpResponse:
    """List the replies that wait for somebody; ``?vue=toutes`` those that were handled or understood as well."""
    mine = Reply.objects.visible_to(request.user)
    shows_all = request.GET.get("vue") == "toutes"
    rows = mine.for_pages() if shows_all else mine.to_handle().for_pages()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": reply_lines(page.object_list, request.user),
        "shows_all": shows_all,
        "waiting": mine.to_handle().count(),
    }
    return render(request, "messaging/replies.html", context)


@open_to(rules.helps_people)
@require_http_methods(["GET", "HEAD", "POST"])
def write_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Answer a text message in one's own words."""
    reply = get_object_or_404(Reply.objects.visible_to(request.user), uid=uid)
    form = WriteBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_written(request, reply, form):
        return redirect("messaging:replies")
    status = 422 if form.errors else 200
    [line] = reply_lines([reply], request.user)
    return render(request, "messaging/write_back.html", {"line": line, "reply": reply, "form": form}, status=status)


def _is_written(request: HttpRequest, reply: Reply, form: WriteBackForm) -> bool:
    try:
        message = services.write_back(reply=reply, text=form.cleaned_data["text"], by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    parts = message.attempts.get(number=1).parts
    toasts.success(request, _("Réponse en route : %(parts)s SMS.") % {"parts": parts})
    return True


@open_to(rules.helps_people)
@require_POST
def handle_reply(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that somebody has seen to a reply."""
    reply = get_object_or_404(Reply.objects.visible_to(request.user), uid=uid)
    if services.mark_handled(reply=reply, by=request.user):
        toasts.success(request, _("C’est noté : traité."))
    else:
        toasts.info(request, _("Quelqu’un s’en est déjà occupé."))
    return redirect("messaging:replies")
