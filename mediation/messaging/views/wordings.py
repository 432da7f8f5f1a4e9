"""Pages where an administrator reads what messages say, and says it otherwise."""

from django.contrib import messages as toasts
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory import rules
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.messaging.forms import WordingChoiceForm, WordingForm
from mediation.messaging.selectors import wordings as texts
from mediation.messaging.services.wordings import restore_wording, save_wording
from mediation.messaging.tables import WordingTable


@open_to(rules.is_network_administrator)
@require_safe
def wording_list(request: HttpRequest) -> HttpResponse:
    """List what messages say in one language."""
    listing = WordingChoiceForm(request.GET)
    table = WordingTable(listing.found())
    return render(request, "messaging/wordings.html", {"form": listing, "table": table})


@open_to(rules.is_network_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def wording_edit(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Show one text, and what another would give; keep it where it is asked for."""
    wording = _wording(slug, language)
    form = WordingForm(request.POST or None, initial={"text": wording.text})
    text = request.POST.get("text", wording.text)
    is_tried = request.htmx or "preview" in request.POST
    if request.method == "POST" and not is_tried and form.is_valid() and _is_kept(request, wording, form):
        return redirect(_list_url(wording))
    context = {
        "wording": wording,
        # What is only tried is not refused: its faults stand in the preview.
        "form": WordingForm(initial={"text": text}) if is_tried else form,
        "preview": texts.preview(wording.key, wording.language, text),
        "names": texts.names(wording.key, wording.language),
        "list_url": _list_url(wording),
    }
    template = "messaging/_wording_preview.html" if request.htmx else "messaging/wording.html"
    return render(request, template, context)


@open_to(rules.is_network_administrator)
@require_POST
def wording_restore(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Say the product's text again."""
    wording = _wording(slug, language)
    restore_wording(key=wording.key, language=wording.language, by=Actor.at_desk(request.user))
    toasts.success(request, _("Le texte d’origine est de retour."))
    return redirect(_list_url(wording))


def _is_kept(request: HttpRequest, wording: texts.Wording, form: WordingForm) -> bool:
    text, by = form.cleaned_data["text"], Actor.at_desk(request.user)
    try:
        save_wording(key=wording.key, language=wording.language, text=text, by=by)
    except ValidationError as refusal:
        form.add_error("text", refusal)
        return False
    toasts.success(request, _("Texte enregistré : les prochains messages le disent."))
    return True


def _wording(slug: str, language: str) -> texts.Wording:
    wording = texts.wording(slug, language)
    if wording is None:
        raise Http404
    return wording


def _list_url(wording: texts.Wording) -> str:
    return f"{reverse('messaging:wordings')}?langue={wording.language}&forme={wording.key.form}"
