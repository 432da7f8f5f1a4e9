"""Register people and tie them to the organisations that help them."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, BeneficiaryLink, Organisation
from directory.models.beneficiary import ERASED
from mediation.accounts.actor import Actor
from mediation.kernel.questions import asked_often
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record


@transaction.atomic
def register_beneficiary(
    *, organisation: Organisation, by: Actor, on: dt.date | None = None, **fields: Any
) -> Beneficiary:
    """Open somebody's file and link it to the organisation that met them on the day ``on`` (today by default).

    Raises ValidationError, field by field, where the file would say nothing of who it is or hold a wrong number.
    """
    beneficiary = Beneficiary(**fields)
    beneficiary.full_clean()
    beneficiary.save()
    link(beneficiary=beneficiary, organisation=organisation, on=on or timezone.localdate())
    record(action=JournalEntry.Action.CREATE, subject=beneficiary, by=by)
    return beneficiary


@transaction.atomic
def update_beneficiary(*, beneficiary: Beneficiary, by: Actor, **fields: Any) -> Beneficiary:
    """Change somebody's file; the journal keeps that it was changed, not what it said."""
    for name, value in fields.items():
        setattr(beneficiary, name, value)
    beneficiary.full_clean()
    beneficiary.save()
    record(action=JournalEntry.Action.CHANGE, subject=beneficiary, by=by)
    return beneficiary


def link(*, beneficiary: Beneficiary, organisation: Organisation, on: dt.date) -> BeneficiaryLink:
    """Note that the organisation met the person on that day. The last contact is raised, never lowered.

    The comparison happens in the UPDATE, so that two bookings at once cannot bring an older day back. Raises
    ValidationError where the file was merged into another or erased meanwhile: what is added to it would never be seen.
    """
    bond: BeneficiaryLink | None = next(iter(_links(beneficiary=beneficiary.pk, organisation=organisation.pk)), None)
    if bond is None:
        return _first_link(beneficiary, organisation, on)
    if bond.last_contact_on < on:
        older = BeneficiaryLink.objects.filter(pk=bond.pk, last_contact_on__lt=on)
        if older.update(last_contact_on=on):
            bond.last_contact_on = on
        elif not BeneficiaryLink.objects.filter(pk=bond.pk).exists():
            return _first_link(beneficiary, organisation, on)
    return bond


def _what_became_of(beneficiary: Beneficiary) -> tuple[int | None, dt.datetime | None]:
    """Return into which file it was merged and when it was erased; whoever does either now is waited for."""
    rows = Beneficiary.objects.select_for_update(no_key=True).filter(pk=beneficiary.pk).order_by()
    with transaction.atomic(savepoint=False):
        return rows.values_list("merged_into", "erased_at").get()


@asked_often
def _links(*, beneficiary: Any, organisation: Any) -> QuerySet:
    """What ties the person to the organisation, unless their file was merged into another."""
    known = BeneficiaryLink.objects.filter(beneficiary=beneficiary, organisation=organisation)
    return known.filter(beneficiary__merged_into=None).order_by()


@transaction.atomic
def agree_to_share_history(*, link: BeneficiaryLink, agreed: bool, by: Actor) -> None:
    """Note whether the person lets the other organisations see what this one did for them."""
    link.shares_history = agreed
    link.save(update_fields=["shares_history"])
    record(action=JournalEntry.Action.CHANGE, subject=link.beneficiary, by=by)


def _first_link(beneficiary: Beneficiary, organisation: Organisation, on: dt.date) -> BeneficiaryLink:
    merged_into, erased_at = _what_became_of(beneficiary)
    if erased_at:
        raise ValidationError(ERASED, code="erased")
    if merged_into:
        raise ValidationError(
            _("Cette fiche vient d’être réunie avec une autre de la même personne. Cherchez-la de nouveau."),
            code="merged",
        )
    bond, _created = BeneficiaryLink.objects.get_or_create(
        beneficiary=beneficiary, organisation=organisation, defaults={"since": on, "last_contact_on": on}
    )
    return bond
