"""What a list of activities may be narrowed by; kept in its address."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.enums import Role
from directory.models import Mediator
from directory.rules import organisation_ids
from mediation.activity.enums import ActivityKind, DemarcheTheme, Theme
from mediation.activity.models import Activity
from mediation.kernel.forms import DateInput, FilterForm


def colleagues(request: Any) -> QuerySet[Mediator]:
    """Return the mediators whose activity the user may read."""
    if request is None:
        return Mediator.objects.none()
    return Mediator.objects.filter(organisation__in=organisation_ids(request.user, Role.MEDIATOR))


class ActivityFilter(filters.FilterSet):
    """Period, mediator, sort and theme."""

    first = filters.DateFilter(field_name="day", lookup_expr="gte", label=_("Du"), widget=DateInput)
    last = filters.DateFilter(field_name="day", lookup_expr="lte", label=_("Au"), widget=DateInput)
    mediator = filters.ModelChoiceFilter(
        field_name="mediator",
        queryset=colleagues,
        to_field_name="uid",
        label=_("Médiateur"),
        empty_label=_("Tous"),
    )
    kind = filters.ChoiceFilter(choices=ActivityKind.choices, label=_("Type"), empty_label=_("Tous"))
    theme = filters.ChoiceFilter(
        field_name="themes__theme",
        choices=[(_("Médiation"), Theme.choices), (_("Démarches"), DemarcheTheme.choices)],
        label=_("Thème"),
        empty_label=_("Tous"),
    )

    class Meta:
        model = Activity
        fields: list[str] = []
        form = FilterForm
