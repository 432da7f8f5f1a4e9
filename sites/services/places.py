"""Places written by hand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.territory.selectors import quartier_at
from sites.models import Site
from sites.naming import suggest_locative, suggest_short_name
from sites.national import FIELDS

LATER_FIELDS = frozenset({"short_name", "locative", "step_free"})
"""What an import may fill besides the standard's own fields."""


@transaction.atomic
def create_site(*, by: Actor, mediators: Any = (), **fields: Any) -> Site:
    """Write a new place in its quartier; everything typed by hand is safe from later imports."""
    site = Site(**fields)
    # The standard lets each producer choose: an identifier nobody has to think of.
    site.national_id = site.national_id or str(site.uid)
    site.short_name = site.short_name or suggest_short_name(site.name)
    site.locative = site.locative or suggest_locative(site.name)
    site.quartier = quartier_at(site.latitude, site.longitude)
    site.edited_fields = sorted((FIELDS | LATER_FIELDS) & fields.keys())
    site.full_clean()
    site.save()
    site.mediators.set(mediators)
    return site


@transaction.atomic
def update_site(*, site: Site, by: Actor, mediators: Any = None, **fields: Any) -> list[str]:
    """Change a place and return the names of the fields that did change.

    What is changed here is remembered: no import undoes it. Where the national description changed, its date of
    update (``date_maj``) becomes today, as the national map asks. A change of coordinates finds the quartier again.
    """
    stored = Site.objects.select_for_update().get(pk=site.pk)
    changed = [name for name, value in fields.items() if getattr(stored, name) != value]
    for name in changed:
        setattr(stored, name, fields[name])
    if FIELDS.intersection(changed) and "updated_on" not in changed:
        stored.updated_on = timezone.localdate()
    if {"latitude", "longitude"}.intersection(changed):
        stored.quartier = quartier_at(stored.latitude, stored.longitude)
    kept = (FIELDS | LATER_FIELDS).intersection(changed)
    stored.edited_fields = sorted(kept.union(stored.edited_fields))
    stored.full_clean()
    stored.save()
    if mediators is not None:
        stored.mediators.set(mediators)
    return changed


def publish(*, site: Site, visible: bool, by: Actor) -> None:
    """Show a place to residents, or take it away from them.

    Raises ValidationError where the place offers no service yet: residents would not know what to come for.
    """
    if visible and not site.services:
        raise ValidationError(_("Indiquez d’abord au moins un service de ce lieu."))
    site.is_published = visible
    site.save(update_fields=["is_published"])
