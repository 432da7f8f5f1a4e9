"""Filters of the list of workshops."""

import django_filters as filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from mediation.activity.enums import WorkshopLevel
from mediation.kernel.forms import FilterForm, SearchInput
from sites.models import Site
from workshops.models import Workshop
from workshops.querysets import WorkshopQuerySet

WHEN = [("upcoming", _("À venir")), ("to_report", _("Présence à noter")), ("past", _("Passés")), ("all", _("Tous"))]


class WorkshopFilter(filters.FilterSet):
    """Workshops by words, time, place, structure, level, and whether seats are left."""

    q = filters.CharFilter(label=_("Titre ou lieu"), method="search", widget=SearchInput)
    when = filters.ChoiceFilter(label=_("Quand"), choices=WHEN, method="at_time", empty_label=None, initial="upcoming")
    site = filters.ModelChoiceFilter(label=_("Lieu"), queryset=Site.objects.none(), empty_label=_("Tous"))
    organisation = filters.ModelChoiceFilter(
        label=_("Structure"),
        field_name="engagement__mediator__organisation",
        queryset=Organisation.objects.active(),
        empty_label=_("Toutes"),
    )
    level = filters.ChoiceFilter(label=_("Niveau"), choices=WorkshopLevel.choices, empty_label=_("Tous"))
    free = filters.BooleanFilter(label=_("Il reste des places"), method="with_free_seats")

    class Meta:
        model = Workshop
        fields = ["q", "when", "site", "organisation", "level", "free"]
        form = FilterForm

    def __init__(self, data, *args, **kwargs) -> None:
        # What is to come is what people look for; the rest is one choice away, and the address says so.
        super().__init__({"when": "upcoming", **data.dict()}, *args, **kwargs)
        self.filters["site"].queryset = Site.objects.filter(workshops__isnull=False).distinct()
        self.filters["free"].field.widget.choices = [("", _("Peu importe")), ("true", _("Oui")), ("false", _("Non"))]

    def search(self, workshops: WorkshopQuerySet, name: str, text: str) -> WorkshopQuerySet:
        """Keep workshops whose title or place holds every word."""
        for word in text.split():
            workshops = workshops.filter(Q(title__icontains=word) | Q(site__name__icontains=word))
        return workshops

    def at_time(self, workshops: WorkshopQuerySet, name: str, when: str) -> WorkshopQuerySet:
        """Keep workshops to come, past, or whose attendance is missing."""
        match when:
            case "upcoming":
                found = workshops.standing().filter(engagement__ends_at__gt=timezone.now())
                return found.order_by("engagement__starts_at", "pk")
            case "to_report":
                return workshops.to_report().order_by("-engagement__starts_at", "-pk")
            case "past":
                found = workshops.filter(engagement__ends_at__lte=timezone.now())
                return found.order_by("-engagement__starts_at", "-pk")
        return workshops.order_by("-engagement__starts_at", "-pk")

    def with_free_seats(self, workshops: WorkshopQuerySet, name: str, wanted: bool) -> WorkshopQuerySet:
        """Keep workshops with a free seat, or without."""
        return workshops.filter(left__gt=0) if wanted else workshops.filter(left__lte=0)
