"""Put people into a workshop, and take them out."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory.enums import Role
from directory.models import Beneficiary, Organisation
from directory.rules import helps_people
from directory.services import register_beneficiary
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from workshops import selectors, services
from workshops.forms import NewPersonForm, PersonSearchForm
from workshops.models import Workshop
from workshops.views.access import any_workshop, seen_registration

MOST_FOUND = 10


@open_to(helps_people)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Find somebody and register them; where the workshop is full, propose the waiting list."""
    workshop = any_workshop(request, uid)
    if request.method == "POST":
        return _register(request, workshop, _chosen(request))
    return _search_page(request, workshop, NewPersonForm(initial={"last_name": request.GET.get("q", "")}))


@open_to(helps_people)
@require_POST
def register_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open somebody's file and register them."""
    workshop = any_workshop(request, uid)
    form = NewPersonForm(request.POST)
    if not form.is_valid():
        return _search_page(request, workshop, form)
    organisation = Organisation.objects.of(request.user, Role.FRONT_DESK, Role.MEDIATOR).first()
    try:
        person = register_beneficiary(organisation=organisation, by=Actor.at_desk(request.user), **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _search_page(request, workshop, form)
    return _register(request, workshop, person)


@open_to(helps_people)
@require_POST
def unregister(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take somebody out of a workshop."""
    registration = seen_registration(request, uid)
    try:
        services.cancel_registration(registration=registration, by=Actor.at_desk(request.user))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        name = registration.beneficiary.full_name
        messages.success(request, _("%(name)s est désinscrit et prévenu.") % {"name": name})
    return redirect("workshops:sheet", registration.workshop.uid)


@open_to(helps_people)
@require_POST
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give somebody of the waiting list the seat that is kept for them."""
    registration = seen_registration(request, uid)
    try:
        services.accept_offer(registration=registration, by=Actor.at_desk(request.user))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, _("%(name)s a la place.") % {"name": registration.beneficiary.full_name})
    return redirect("workshops:sheet", registration.workshop.uid)


def _chosen(request: HttpRequest) -> Beneficiary:
    """Return the person who was touched, if the agent may see them."""
    people = ModelChoiceField(Beneficiary.objects.visible_to(request.user), to_field_name="uid")
    try:
        return people.clean(request.POST.get("beneficiary"))
    except ValidationError:
        raise Http404 from None


def _register(request: HttpRequest, workshop: Workshop, person: Beneficiary) -> HttpResponse:
    name = {"name": person.full_name}
    try:
        registration = services.register(
            workshop=workshop,
            beneficiary=person,
            by=Actor.at_desk(request.user),
            wait_if_full="wait" in request.POST,
        )
    except services.WorkshopFull as full:
        rank = selectors.rank_in_words(full.rank - 1)
        context = {"workshop": workshop, "person": person, "rank_words": rank}
        return render(request, "workshops/full.html", context, status=409)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect("workshops:sheet", workshop.uid)
    words = _("%(name)s est inscrit.") if registration.seat else _("%(name)s est sur la liste d’attente.")
    messages.success(request, words % name)
    return redirect("workshops:sheet", workshop.uid)


def _search_page(request: HttpRequest, workshop: Workshop, new_person: NewPersonForm) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    people = Beneficiary.objects.visible_to(request.user).matching(text)[:MOST_FOUND] if text else ()
    context = {
        "workshop": workshop,
        "seats": selectors.seats_of(workshop),
        "search": PersonSearchForm(request.GET or None),
        "text": text,
        "people": people,
        "new_person": new_person,
    }
    return render(request, "workshops/register.html", context)
