"""Filters of the list of messages."""

import datetime as dt
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary
from mediation.kernel import formats
from mediation.kernel.forms import DateInput, FilterForm, SearchInput
from mediation.kernel.phones import to_e164
from mediation.messaging.enums import DID_NOT_ARRIVE, AttemptState, Medium, MessageKind
from mediation.messaging.models import Message
from mediation.messaging.querysets import MessageQuerySet
from mediation.messaging.selectors import latest_months

STATE = AttemptState
# What people look for; an operator's own stages are on the message's page.
SITUATIONS: dict[str, tuple[Promise, tuple[AttemptState, ...]]] = {
    "waiting": (_("Pas encore partis"), (STATE.WAITING, STATE.CLAIMED, STATE.SENDING)),
    "gone": (_("Partis ou remis"), (STATE.ACCEPTED, STATE.SENT, STATE.DELIVERED)),
    "delivered": (_("Remis"), (STATE.DELIVERED,)),
    "broken": (_("Pas arrivés, ou sans nouvelle"), DID_NOT_ARRIVE),
    "unsent": (_("Non envoyés"), (STATE.SKIPPED, STATE.EXPIRED)),
}
TO_CHECK = "check"


class MessageFilter(filters.FilterSet):
    """Messages by person, situation, nature, way and day."""

    q = filters.CharFilter(label=_("Nom, téléphone ou e-mail"), method="search", widget=SearchInput)
    situation = filters.ChoiceFilter(
        label=_("Où en sont-ils"),
        choices=[(TO_CHECK, _("À vérifier")), *((key, label) for key, (label, _states) in SITUATIONS.items())],
        method="in_situation",
        empty_label=_("Tous"),
    )
    kind = filters.ChoiceFilter(label=_("Nature"), choices=MessageKind.choices, empty_label=_("Toutes"))
    medium = filters.ChoiceFilter(
        label=_("Moyen"), choices=Medium.choices, field_name="last_medium", empty_label=_("Tous")
    )
    since = filters.DateFilter(label=_("À partir du"), field_name="due_at", lookup_expr="date__gte", widget=DateInput)
    until = filters.DateFilter(label=_("Jusqu’au"), field_name="due_at", lookup_expr="date__lte", widget=DateInput)

    class Meta:
        model = Message
        fields = ["q", "situation", "kind", "medium", "since", "until"]
        form = FilterForm

    def search(self, messages: MessageQuerySet, name: str, text: str) -> MessageQuerySet:
        """Keep messages to whoever the text may mean."""
        people = Beneficiary.objects.matching(text)
        written, number = text.strip(), to_e164(text)
        found = Q(beneficiary__in=people) | Q(recipient__icontains=written) | Q(last_recipient__icontains=written)
        return messages.filter(found | Q(recipient=number) if number else found)

    def in_situation(self, messages: MessageQuerySet, name: str, situation: str) -> MessageQuerySet:
        """Keep messages whose last attempt stands there, or that somebody should look at."""
        if situation == TO_CHECK:
            return messages.to_check(timezone.now())
        return messages.filter(state__in=SITUATIONS[situation][1])


class MonthForm(FilterForm):
    """Which month to read; this one where nobody chose, or where the address spells it wrong."""

    mois = forms.ChoiceField(label=_("Mois"), required=False)

    def __init__(self, data: Any, *, today: dt.date) -> None:
        self.months = {f"{first:%Y-%m}": first for first in latest_months(today)}
        asked = data.get("mois")
        self.day = self.months.get(asked) or next(iter(self.months.values()))
        super().__init__({"mois": f"{self.day:%Y-%m}"})
        self.fields["mois"].initial = next(iter(self.months))
        self.fields["mois"].choices = [
            (key, f"{formats.MONTHS[first.month - 1]} {first.year}") for key, first in self.months.items()
        ]
