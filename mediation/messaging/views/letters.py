"""Letters: printed, put into window envelopes, noted as posted."""

from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from directory import rules
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.messaging import selectors, services
from mediation.messaging.exports import letter_of, write_letters
from mediation.messaging.models import Message
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many


@open_to(rules.helps_people)
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """List the letters to print and to post, and those that were noted as posted since yesterday."""
    return render(request, "messaging/letters.html", {"letters": selectors.letters(request.user, timezone.now())})


@open_to(rules.helps_people)
@require_safe
def letters_pdf(request: HttpRequest) -> HttpResponse:
    """Give the letters that were chosen, or all that wait, as one document."""
    waiting = selectors.letters(request.user, timezone.now()).waiting
    chosen = set(_uids(request.GET.getlist("lettre")))
    attempts = [one.attempt for one in waiting if not chosen or one.attempt.message.uid in chosen]
    if not attempts:
        raise Http404
    people = {attempt.message.beneficiary for attempt in attempts if attempt.message.beneficiary}
    record_many(action=JournalEntry.Action.EXPORT, subjects=people, by=Actor.at_desk(request.user))
    response = HttpResponse(write_letters(map(letter_of, attempts)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="lettres.pdf"'
    return response


@open_to(rules.helps_people)
@require_POST
def note_posted(request: HttpRequest) -> HttpResponse:
    """Note that the chosen letters went to the post, or that they did not after all."""
    mine = Message.objects.visible_to(request.user).filter(uid__in=_uids(request.POST.getlist("lettre")))
    uids, by = list(mine.values_list("uid", flat=True)), Actor.at_desk(request.user)
    if "undo" in request.POST:
        count = services.take_back_posted(messages=uids, by=by)
        words = ngettext(
            "%(count)s lettre est de nouveau à poster.", "%(count)s lettres sont de nouveau à poster.", count
        )
    else:
        count = services.mark_posted(messages=uids, by=by)
        words = ngettext("C’est noté : %(count)s lettre postée.", "C’est noté : %(count)s lettres postées.", count)
    if count:
        toasts.success(request, words % {"count": count})
    else:
        toasts.warning(request, _("Rien n’a changé : cochez les lettres dont il s’agit."))
    return redirect("messaging:letters")


def _uids(texts: list[str]) -> list[UUID]:
    """Return what can be the name of a message; anything else names nothing."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
