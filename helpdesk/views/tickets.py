"""What is done with tickets: given, called, received, sent on, written down. Each gesture is one button."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.models import Mediator
from directory.rules import helps_people, is_mediator
from helpdesk import rules
from helpdesk.models import Reason, Ticket
from helpdesk.selectors.queue import queue_of
from helpdesk.services import queue as services
from helpdesk.views.queue import my_context, queue_context, read_uid, site_with_queue
from mediation.accounts.actor import Actor
from mediation.activity.enums import DemarcheTheme, Theme
from mediation.activity.forms import ActivityForm
from mediation.activity.views.log import as_initial
from mediation.kernel.access import open_to
from sites.models import Site

STEPS = {
    "venu": services.arrive,
    "sans-reponse": services.no_answer,
    "parti": services.leave,
    "terminer": services.end_ticket,
    "defaire": services.undo,
}
GATES: dict[str, Callable[..., object]] = {
    "fermer": services.close_queue,
    "rouvrir": services.reopen_queue,
    "refus": services.turn_away,
    "refus-en-moins": lambda **said: services.turn_away(**said, people=-1),
}


@require_POST
@open_to(helps_people)
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give the next number."""
    site, by = site_with_queue(request, uid), Actor.at_desk(request.user)
    is_priority, although_full = request.POST.get("kind") == "priority", "although_full" in request.POST
    reasons = Reason.objects.bookable_by(request.user)
    reason = reasons.filter(uid=read_uid(request.POST.get("reason", ""))).first()
    return _answer(
        request,
        site,
        lambda: services.take_ticket(
            site=site, by=by, is_priority=is_priority, reason=reason, although_full=although_full
        ),
    )


@require_POST
@open_to(helps_people)
def gate(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Close or open the queue, or count somebody who could not be received."""
    if name not in GATES:
        raise Http404
    site = site_with_queue(request, uid)
    return _answer(request, site, lambda: GATES[name](site=site, by=Actor.at_desk(request.user)))


@require_POST
@open_to(helps_people)
def call_next(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Call whoever is next, or take somebody without a ticket, for a mediator of the agent's organisations."""
    site, by = site_with_queue(request, uid), Actor.at_desk(request.user)
    colleagues = Mediator.objects.active().of_colleagues(request.user)
    mediator = get_object_or_404(colleagues, pk=_mediator_pk(request, "mediator"))
    verb = services.take_directly if request.POST.get("who") == "directly" else services.call_next
    return _answer(request, site, lambda: verb(site=site, mediator=mediator, by=by))


@require_POST
@open_to(helps_people)
def step(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """Note what became of a ticket, or take the last gesture back."""
    if name not in STEPS:
        raise Http404
    ticket = _visible(request, uid)
    return _answer(request, ticket.drop_in.site, lambda: STEPS[name](ticket=ticket, by=Actor.at_desk(request.user)))


@require_POST
@open_to(helps_people)
def transfer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send somebody on to a colleague."""
    ticket = _visible(request, uid)
    to = get_object_or_404(Mediator.objects.active(), pk=_mediator_pk(request, "to"))
    return _answer(
        request,
        ticket.drop_in.site,
        lambda: services.transfer(ticket=ticket, to=to, by=Actor.at_desk(request.user)),
    )


@require_safe
@open_to(helps_people)
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the ticket to print, as wide as a receipt."""
    ticket = _visible(request, uid)
    found = queue_of(ticket.drop_in.site)
    return render(request, "helpdesk/ticket.html", {"ticket": ticket, "turn": found.turn_of(ticket)})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(is_mediator)
def report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what was done; place, day, time and, where it is known, the person are filled in."""
    ticket = _visible(request, uid)
    if not rules.may_report_ticket(request.user, ticket):
        raise PermissionDenied
    if ticket.activity_id or not ticket.minutes:
        return redirect("desk:today")
    form = _report_form(request, ticket)
    if form.is_bound and form.is_valid() and _saved(request, ticket, form):
        messages.success(request, _("Compte rendu enregistré."))
        return redirect("desk:today")
    return render(request, "helpdesk/ticket_report.html", {"ticket": ticket, "form": form})


# --- Pieces ----------------------------------------------------------------------------------------------------------


def _visible(request: HttpRequest, uid: UUID) -> Ticket:
    return get_object_or_404(Ticket.objects.visible_to(request.user).for_pages(), uid=uid)


def _mediator_pk(request: HttpRequest, name: str) -> int | None:
    """Return the mediator that a form names by their identifier."""
    uid = read_uid(request.POST.get(name, ""))
    return Mediator.objects.filter(uid=uid).values_list("pk", flat=True).first()


def _answer(request: HttpRequest, site: Site, gesture: Callable[[], object]) -> HttpResponse:
    """Make a gesture and show the queue as it is then, on the page it was made on."""
    done, problem = None, ""
    try:
        done = gesture()
    except ValidationError as refusal:
        problem = " ".join(refusal.messages)
    ticket = done if isinstance(done, Ticket) else None
    if address := _report_address(request, ticket):
        return _go(request, address)
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return redirect(_page(request, site, ticket))
    return _fragment(request, site, ticket, problem)


def _fragment(request: HttpRequest, site: Site, ticket: Ticket | None, problem: str) -> HttpResponse:
    extra = {"problem": problem, "focused": read_uid(request.POST.get("mediator", ""))}
    if request.POST.get("page") == "today":
        return render(request, "helpdesk/_my_queues.html", my_context(request) | extra)
    given = str(ticket.uid) if ticket and "kind" in request.POST else ""
    return render(request, "helpdesk/_queue.html", queue_context(request, site, given) | extra)


def _report_address(request: HttpRequest, ticket: Ticket | None) -> str:
    """Return where a mediator who has just finished writes down what was done, where they report here."""
    finished = ticket and ticket.ended_at and ticket.mediator and ticket.mediator.user_id == request.user.pk
    if not finished or not Ticket.objects.to_report().filter(pk=ticket.pk).exists():
        return ""
    return reverse("helpdesk:ticket_report", args=[ticket.uid])


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if not request.htmx:
        return redirect(address)
    response = HttpResponse()
    response["HX-Redirect"] = address
    return response


def _page(request: HttpRequest, site: Site, ticket: Ticket | None) -> str:
    if request.POST.get("page") == "today":
        return reverse("desk:today")
    address = reverse("helpdesk:queue", args=[site.uid])
    return f"{address}?donne={ticket.uid}" if ticket and "kind" in request.POST else address


def _report_form(request: HttpRequest, ticket: Ticket) -> ActivityForm:
    """Return the form: prefilled, being filled ("Chercher" without JavaScript), or sent."""
    themes = ticket.reason.themes if ticket.reason else []
    known = {
        "themes": [theme for theme in themes if theme in Theme.values],
        "demarche_themes": [theme for theme in themes if theme in DemarcheTheme.values],
        "site": ticket.drop_in.site,
        "duration_minutes": ticket.minutes,
        "day": ticket.drop_in.day,
        "beneficiaries": [str(ticket.beneficiary.uid)] if ticket.beneficiary else [],
    }
    options = {"mediator": ticket.mediator, "user": request.user}
    if request.method != "POST":
        return ActivityForm(initial=known, **options)
    if "find" in request.POST:
        return ActivityForm(initial={**known, **as_initial(request.POST)}, **options)
    return ActivityForm(request.POST, initial=known, **options)


def _saved(request: HttpRequest, ticket: Ticket, form: ActivityForm) -> bool:
    try:
        services.report_ticket(ticket=ticket, by=Actor.at_desk(request.user), people=form.people(), **form.what())
    except ValidationError as error:
        form.refuse(error)
        return False
    return True
