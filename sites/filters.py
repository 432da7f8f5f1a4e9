"""Filters of lists of places and computers; they live in the page's address."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Organisation
from mediation.kernel.forms import FilterForm, SearchInput
from mediation.territory.models import Quartier
from sites import selectors
from sites.enums import Service, Typology, WorkstationState
from sites.models import Site, Workstation

ALL = "all"


class TickedFilter(filters.BooleanFilter):
    """A box that narrows the list when ticked and does nothing otherwise."""

    # The library's own field has a third answer, so that an empty box would count as a filter in use.
    field_class = forms.BooleanField


class PlaceFilter(filters.FilterSet):
    """What somebody who looks for a place may ask, on public and inner pages alike."""

    text = filters.CharFilter(label=_("Nom, rue ou quartier"), method="filter_text", widget=SearchInput)
    service = filters.ChoiceFilter(
        label=_("Besoin"), choices=Service.choices, empty_label=_("Tous les besoins"), method="filter_service"
    )
    quartier = filters.ModelChoiceFilter(
        label=_("Quartier"), queryset=Quartier.objects.defer("outline"), empty_label=_("Tous les quartiers")
    )
    language = filters.ChoiceFilter(
        label=_("Langue parlée"),
        choices=Language.spoken(),
        empty_label=_("Toutes les langues"),
        method="filter_language",
    )
    step_free = TickedFilter(label=_("Accessible en fauteuil"), method="filter_ticked")
    saturday = TickedFilter(label=_("Ouvert le samedi"), method="filter_saturday")

    class Meta:
        model = Site
        fields: list[str] = []
        form = FilterForm

    def filter_text(self, sites: QuerySet[Site], name: str, text: str) -> QuerySet[Site]:
        """Keep the places that hold every word."""
        return sites.filter(pk__in=selectors.ids_matching(sites, text))

    def filter_service(self, sites: QuerySet[Site], name: str, service: str) -> QuerySet[Site]:
        """Keep the places that offer a service."""
        return sites.filter(selectors.listing("services", service))

    def filter_language(self, sites: QuerySet[Site], name: str, language: str) -> QuerySet[Site]:
        """Keep the places where a mediator speaks a language."""
        return sites.filter(selectors.where_spoken(language))

    def filter_ticked(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep the places of a ticked box."""
        return sites.filter(**{name: True}) if ticked else sites

    def filter_saturday(self, sites: QuerySet[Site], name: str, ticked: bool) -> QuerySet[Site]:
        """Keep the places that open on Saturdays, which no database reads from their hours."""
        if not ticked:
            return sites
        return sites.filter(pk__in=selectors.ids_open_on_saturdays(sites, timezone.localdate()))


class SiteFilter(PlaceFilter):
    """What agents may ask besides."""

    typology = filters.ChoiceFilter(
        label=_("Sorte de lieu"), choices=Typology.choices, empty_label=_("Toutes"), method="filter_typology"
    )
    organisation = filters.ModelChoiceFilter(
        label=_("Structure"), queryset=Organisation.objects.active(), empty_label=_("Toutes les structures")
    )
    is_published = filters.ChoiceFilter(
        label=_("Visible du public"), choices=[("True", _("Oui")), ("False", _("Non"))], empty_label=_("Peu importe")
    )

    def filter_typology(self, sites: QuerySet[Site], name: str, typology: str) -> QuerySet[Site]:
        """Keep the places of a kind."""
        return sites.filter(selectors.listing("typologies", typology))


class WorkstationFilter(filters.FilterSet):
    """What agents ask of public computers. Unless a place is asked for: those of their own places, where they have any.

    ``is_own`` says that the list holds these only.
    """

    places = filters.ChoiceFilter(
        label=_("Quels lieux"), choices=[(ALL, _("Tous les lieux"))], empty_label=_("Mes lieux"), method="of_places"
    )
    site = filters.ModelChoiceFilter(
        label=_("Lieu"), queryset=Site.objects.filter(workstations__isnull=False).distinct(), empty_label=_("Tous")
    )
    quartier = filters.ModelChoiceFilter(
        label=_("Quartier"),
        field_name="site__quartier",
        queryset=Quartier.objects.defer("outline"),
        empty_label=_("Tous les quartiers"),
    )
    state = filters.ChoiceFilter(label=_("État"), choices=WorkstationState.choices, empty_label=_("Tous"))

    class Meta:
        model = Workstation
        fields: list[str] = []
        form = FilterForm

    def __init__(self, data: Any, queryset: QuerySet[Workstation], *, user: Any) -> None:
        super().__init__(data, queryset)
        self.own, self.is_own = queryset.own_places(user), False
        if not self.own:
            del self.filters["places"]

    def filter_queryset(self, queryset: QuerySet[Workstation]) -> QuerySet[Workstation]:
        """Keep the user's own places, unless others are asked for."""
        found, asked = super().filter_queryset(queryset), self.form.cleaned_data
        self.is_own = bool(self.own) and not any(asked.get(name) for name in ("places", "site", "quartier"))
        return found.filter(site__in=self.own) if self.is_own else found

    def of_places(self, workstations: QuerySet[Workstation], name: str, places: str) -> QuerySet[Workstation]:
        """Keep all of them: asking for every place only lifts what is usual."""
        return workstations
