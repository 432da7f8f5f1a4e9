"""Filters of the lists of people to call back and of opening periods."""

from typing import Any

import django_filters as filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.enums import Cause
from helpdesk.forms.repetition import with_organisation
from helpdesk.models import HelpRequest, OpeningPeriod
from helpdesk.querysets import HelpRequestQuerySet, OpeningPeriodQuerySet
from mediation.kernel.forms import FilterForm
from mediation.territory.models import Quartier
from sites.models import Site

DUE, CLOSED, SENT = "due", "closed", "sent"
MINE, NOBODY = "mine", "nobody"
PAST = "past"


class OpeningFilter(filters.FilterSet):
    """Opening periods by mediator, place, and how people come."""

    mediator = filters.ModelChoiceFilter(
        label=_("Médiateur"), queryset=Mediator.objects.none(), to_field_name="uid", empty_label=_("Tous")
    )
    site = filters.ModelChoiceFilter(
        label=_("Lieu"), queryset=Site.objects.none(), to_field_name="uid", empty_label=_("Tous")
    )
    past = filters.ChoiceFilter(
        label=_("Quand"),
        choices=[(PAST, _("Terminées"))],
        method="at_time",
        empty_label=_("En cours et à venir"),
    )

    class Meta:
        model = OpeningPeriod
        fields = ["mediator", "site", "past"]
        form = FilterForm

    def __init__(self, data: Any, queryset: OpeningPeriodQuerySet, *, mediators: Any) -> None:
        super().__init__(data, queryset)
        self.filters["mediator"].queryset = mediators
        self.filters["mediator"].field.label_from_instance = with_organisation
        self.filters["site"].queryset = Site.objects.filter(opening_periods__mediator__in=mediators).distinct()

    def filter_queryset(self, queryset: OpeningPeriodQuerySet) -> OpeningPeriodQuerySet:
        """Keep those that still count, unless the past ones are asked."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("past") else found.to_come()

    def at_time(self, periods: OpeningPeriodQuerySet, name: str, when: str) -> OpeningPeriodQuerySet:
        """Keep those that are over."""
        return periods.exclude(pk__in=periods.to_come().order_by().values("pk"))


class HelpRequestFilter(filters.FilterSet):
    """People to call back, by state, cause, owner and quartier. Unless something else is asked: those who wait."""

    state = filters.ChoiceFilter(
        label=_("Où en est-on"),
        choices=[
            (DUE, _("Aujourd’hui ou en retard")),
            (CLOSED, _("Terminées")),
            (SENT, _("Confiées à une autre structure")),
        ],
        method="in_state",
        empty_label=_("Toutes celles à rappeler"),
    )
    cause = filters.ChoiceFilter(label=_("Pourquoi"), choices=Cause.choices, empty_label=_("Toutes les raisons"))
    owner = filters.ChoiceFilter(
        label=_("Suivie par"),
        choices=[(MINE, _("Moi")), (NOBODY, _("Personne encore"))],
        method="followed_by",
        empty_label=_("Tout le monde"),
    )
    quartier = filters.ModelChoiceFilter(
        label=_("Quartier"), queryset=Quartier.objects.defer("outline"), empty_label=_("Tous")
    )

    class Meta:
        model = HelpRequest
        fields = ["state", "cause", "owner", "quartier"]
        form = FilterForm

    def filter_queryset(self, queryset: Any) -> HelpRequestQuerySet:
        """Keep those whom the user's organisations call and who wait, unless another state is asked."""
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        return found.called_back_by(self.request.user).waiting()

    def in_state(self, requests: HelpRequestQuerySet, name: str, state: str) -> HelpRequestQuerySet:
        """Keep those that stand there."""
        ours = requests.called_back_by(self.request.user)
        if state == DUE:
            return ours.due_by(timezone.localdate())
        if state == CLOSED:
            return ours.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
        return requests.exclude(pk__in=ours.order_by().values("pk")).order_by("-asked_at", "-pk")

    def followed_by(self, requests: HelpRequestQuerySet, name: str, owner: str) -> HelpRequestQuerySet:
        """Keep one's own, or those that nobody follows yet."""
        return requests.filter(owner=self.request.user if owner == MINE else None)
