"""The list and the file of the people who are helped."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from directory import rules, selectors, services
from directory.enums import Role
from directory.filters import BeneficiaryFilter
from directory.forms import BeneficiaryForm
from directory.models import Beneficiary, Organisation
from directory.tables import BeneficiaryTable
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many


@require_safe
@open_to(rules.helps_people)
def beneficiary_list(request: HttpRequest) -> HttpResponse:
    """List the people whom the user's organisations help; a file of them is journaled person by person."""
    people = Beneficiary.objects.visible_to(request.user).select_related("quartier").with_last_contact(request.user)
    listing = BeneficiaryFilter(request.GET, people)
    table = BeneficiaryTable(listing.qs, user=request.user)
    if exported := export_if_asked(request, table, _("Bénéficiaires")):
        by = Actor.at_desk(request.user)
        record_many(action=JournalEntry.Action.EXPORT, subjects=listing.qs, by=by)
        return exported
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    return render(request, "directory/beneficiaries.html", {"filter": listing, "table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.helps_people)
def beneficiary_add(request: HttpRequest) -> HttpResponse:
    """Open somebody's file, after those it may already be were shown."""
    form = _form(request, Beneficiary())
    duplicates: list[Beneficiary] = []
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            known = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "phone_typed")}
            duplicates = selectors.possible_duplicates(request.user, **known)
        if not duplicates and (person := _register(request, form)):
            return redirect("desk:person", person.uid)
    return render(request, "directory/beneficiary_form.html", {"form": form, "duplicates": duplicates})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.helps_people)
def beneficiary_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change somebody's file."""
    person = get_object_or_404(Beneficiary.objects.visible_to(request.user), uid=uid)
    form = _form(request, person)
    if request.method == "POST" and form.is_valid():
        services.update_beneficiary(beneficiary=form.instance, by=Actor.at_desk(request.user), **form.file_fields())
        messages.success(request, _("La fiche est à jour."))
        return redirect("desk:person", person.uid)
    return render(request, "directory/beneficiary_form.html", {"form": form, "person": person})


def _form(request: HttpRequest, person: Beneficiary) -> BeneficiaryForm:
    """Return the form of a file, with what this agent may see of it."""
    return BeneficiaryForm(
        request.POST or None,
        instance=person,
        organisations=Organisation.objects.active().of(request.user, Role.FRONT_DESK, Role.MEDIATOR),
    )


def _register(request: HttpRequest, form: BeneficiaryForm) -> Beneficiary | None:
    """Register the person of a valid form; what the service refuses is said on the form."""
    organisation = form.cleaned_data.get("organisation") or selectors.desk_organisation(request.user)
    try:
        person = services.register_beneficiary(
            organisation=organisation, by=Actor.at_desk(request.user), **form.file_fields()
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, _("La personne est enregistrée."))
    return person
