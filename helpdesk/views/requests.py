"""People to call back: the list, each one's sheet, and what a call gave."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from directory.enums import Channel
from directory.models import Beneficiary
from directory.rules import helps_people
from directory.services import update_beneficiary
from helpdesk import rules, selectors, services
from helpdesk.enums import CallResult, MissedBecause, Outcome
from helpdesk.filters import HelpRequestFilter
from helpdesk.forms import HelpRequestForm
from helpdesk.models import HelpRequest
from helpdesk.tables import HelpRequestTable
from helpdesk.views.shared import say_refusal
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.addresses import address_to_return_to
from mediation.kernel.exports import export_if_asked
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record, record_many

PER_PAGE = 25


@require_safe
@open_to(helps_people)
def request_list(request: HttpRequest) -> HttpResponse:
    """List whom to call, the most urgent first."""
    listing = HelpRequestFilter(request.GET, HelpRequest.objects.visible_to(request.user).for_pages(), request=request)
    table = HelpRequestTable(listing.qs, user=request.user)
    if file := export_if_asked(request, table, "a-rappeler"):
        people = {one.beneficiary for one in listing.qs if rules.calls_back(request.user, one)}
        record_many(action=JournalEntry.Action.EXPORT, subjects=people, by=Actor.at_desk(request.user))
        return file
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {"filter": listing, "table": table, "to_make": selectors.calls_to_make(request.user)}
    return render(request, "helpdesk/requests.html", context)


@require_safe
@open_to(helps_people)
def request_sheet(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Show whom to call, why, what was tried and what to do next; those who do not call see number and state."""
    wanted = _visible(request, uid)
    page = selectors.request_page(wanted, user=request.user)
    if not page.calls_back:
        return render(request, "helpdesk/request_elsewhere.html", {"page": page})
    record(action=JournalEntry.Action.READ, subject=wanted.beneficiary, by=Actor.at_desk(request.user))
    context = {
        "page": page,
        "results": CallResult.choices,
        "outcomes": [choice for choice in Outcome.choices if choice[0] != Outcome.BOOKED],
        "reasons_missed": MissedBecause.choices,
    }
    return render(request, "helpdesk/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(helps_people)
def request_new(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list by hand: a person on file (``personne``), or somebody new."""
    people = Beneficiary.objects.visible_to(request.user)
    form = HelpRequestForm(request.POST or None, user=request.user, people=people, initial=_known(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_somebody(by=Actor.at_desk(request.user), **form.what())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("C’est noté. Le numéro à donner : %(number)s.") % {"number": asked.spoken_reference}
            )
            return redirect("helpdesk:request", uid=asked.uid)
    return render(request, "helpdesk/request_form.html", {"form": form})


@require_POST
@open_to(helps_people)
def call(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Note a call and what it gave."""
    called = _called_back(request, uid)
    try:
        services.note_call(
            request=called,
            result=request.POST.get("result", ""),
            note=request.POST.get("note", ""),
            by=Actor.at_desk(request.user),
        )
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def call_undo(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Take back a call noted by mistake."""
    noted = get_object_or_404(_called_back(request, uid).calls.select_related("request"), pk=pk)
    try:
        services.take_back_call(call=noted, by=Actor.at_desk(request.user))
        messages.success(request, _("Appel retiré."))
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def owner(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take the request, hand it over, or leave it to whoever is free."""
    followed = _called_back(request, uid)
    chosen = request.POST.get("owner", "")
    wanted = selectors.colleagues(followed).filter(pk=chosen).first() if chosen.isdecimal() else None
    try:
        services.give_request(request=followed, owner=wanted, by=Actor.at_desk(request.user))
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def close(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say how it ended; with the appointment that came of it, where there is one."""
    closed = _called_back(request, uid)
    try:
        services.close_request(
            request=closed,
            outcome=request.POST.get("outcome", ""),
            booked=selectors.booked_named(closed, request.POST.get("booked", ""), user=request.user),
            by=Actor.at_desk(request.user),
        )
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def reopen(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Undo a closing."""
    try:
        services.reopen_request(request=_called_back(request, uid), by=Actor.at_desk(request.user))
        messages.success(request, _("La demande est de nouveau dans la liste."))
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def why_missed(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Note why the person did not come, as they say it."""
    missed = selectors.request_page(_called_back(request, uid), user=request.user).missed
    try:
        if missed is None:
            raise ValidationError(_("Cette personne n’est pas notée absente."))
        services.note_why_missed(
            attendee=missed, because=request.POST.get("because", ""), by=Actor.at_desk(request.user)
        )
    except ValidationError as error:
        say_refusal(request, error)
    return redirect("helpdesk:request", uid=uid)


@require_POST
@open_to(helps_people)
def prefer_call(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Remind somebody by a call rather than by a text message from now on."""
    person = get_object_or_404(Beneficiary.objects.visible_to(request.user), uid=uid)
    update_beneficiary(beneficiary=person, by=Actor.at_desk(request.user), preferred_channel=Channel.VOICE)
    messages.success(request, _("%(who)s sera appelé plutôt que prévenu par SMS.") % {"who": person})
    return redirect(address_to_return_to(request) or "helpdesk:requests")


def _visible(request: HttpRequest, uid: uuid.UUID) -> HelpRequest:
    return get_object_or_404(HelpRequest.objects.visible_to(request.user).for_pages(), uid=uid)


def _called_back(request: HttpRequest, uid: uuid.UUID) -> HelpRequest:
    """Return a request that the user's organisation calls back; others only read it."""
    wanted = _visible(request, uid)
    if not rules.calls_back(request.user, wanted):
        raise PermissionDenied
    return wanted


def _known(request: HttpRequest) -> dict[str, str]:
    """Return what the page one comes from already knows."""
    return {"person": request.GET.get("personne", ""), "reason": request.GET.get("motif", "")}
