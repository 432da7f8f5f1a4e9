"""Answers that need a word more than Django's fields: how long, and where."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mediation.activity.enums import PlaceKind
from mediation.activity.models import Demarche
from mediation.kernel import formats
from mediation.kernel.forms import ModelMultiChoice
from mediation.territory.models import Commune

USUAL_MINUTES = (15, 30, 45, 60, 90, 120)
OTHER = "other"
SITE_PREFIX = "site-"


def duration_choices() -> list[tuple[str, Any]]:
    """Return the durations of La Coop's form, and another one."""
    return [*((str(minutes), formats.duration(minutes)) for minutes in USUAL_MINUTES), (OTHER, _("Autre"))]


def place_choices(sites: list[Any]) -> list[tuple[str, Any]]:
    """Return the mediator's places, then the other kinds of place."""
    others = [choice for choice in PlaceKind.choices if choice[0] != PlaceKind.SITE]
    return [*((f"{SITE_PREFIX}{site.uid}", site.name) for site in sites), *others]


class DemarchesWidget(forms.CheckboxSelectMultiple):
    """Check boxes that carry everyday words, by which filter.js finds them."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the box the words people use for the démarche."""
        option = super().create_option(name, value, *args, **kwargs)
        if instance := getattr(value, "instance", None):
            option["attrs"]["data-words"] = instance.search_words
        return option


class DemarchesField(ModelMultiChoice):
    """Démarches of the catalogue; those of ``first`` (ids) stand in front."""

    widget = DemarchesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Demarche.objects.active(), to_field_name="uid", **kwargs)


class CommuneField(forms.CharField):
    """A commune by its name or postcode, as the person says it; a postcode that several share asks for the name."""

    def clean(self, value: Any) -> Commune | None:
        """Return the commune, or None where nothing was typed."""
        text = super().clean(value)
        if not text or isinstance(text, Commune):
            return text or None
        found = [commune for commune in Commune.objects.all() if _answers_to(commune, text)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(commune.name for commune in found[:6])
            raise ValidationError(_("Plusieurs communes : %(names)s. Écrivez le nom."), params={"names": names})
        raise ValidationError(_("Cette commune n’est pas dans la liste du département. Laissez vide si besoin."))


def _answers_to(commune: Commune, text: str) -> bool:
    return text.strip() in commune.postcodes or formats.searchable(commune.name) == formats.searchable(text)
