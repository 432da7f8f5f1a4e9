"""Filters of the list of messages."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary
from mediation.kernel.forms import DateInput, FilterForm, SearchInput
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Message
from mediation.messaging.querysets import MessageQuerySet

# What people look for; an operator's own stages are on the message's page.
SITUATIONS = {
    "waiting": (_("Pas encore partis"), (AttemptState.WAITING, AttemptState.CLAIMED, AttemptState.SENDING)),
    "gone": (_("Partis ou remis"), (AttemptState.ACCEPTED, AttemptState.SENT, AttemptState.DELIVERED)),
    "broken": (_("À vérifier"), (AttemptState.FAILED, AttemptState.UNDELIVERED, AttemptState.UNKNOWN)),
    "unsent": (_("Non envoyés"), (AttemptState.SKIPPED, AttemptState.EXPIRED)),
}


class MessageFilter(filters.FilterSet):
    """Messages by person, situation, nature, way and day."""

    q = filters.CharFilter(label=_("Nom, téléphone ou e-mail"), method="search", widget=SearchInput)
    situation = filters.ChoiceFilter(
        label=_("Où en sont-ils"),
        choices=[(key, label) for key, (label, _states) in SITUATIONS.items()],
        method="in_situation",
        empty_label=_("Tous"),
    )
    kind = filters.ChoiceFilter(label=_("Nature"), choices=MessageKind.choices, empty_label=_("Toutes"))
    medium = filters.ChoiceFilter(label=_("Moyen"), choices=Medium.choices, empty_label=_("Tous"))
    since = filters.DateFilter(label=_("À partir du"), field_name="due_at", lookup_expr="date__gte", widget=DateInput)
    until = filters.DateFilter(label=_("Jusqu’au"), field_name="due_at", lookup_expr="date__lte", widget=DateInput)

    class Meta:
        model = Message
        fields = ["q", "situation", "kind", "medium", "since", "until"]
        form = FilterForm

    def search(self, messages: MessageQuerySet, name: str, text: str) -> MessageQuerySet:
        """Keep messages to whoever the text may mean."""
        people = Beneficiary.objects.matching(text)
        return messages.filter(Q(beneficiary__in=people) | Q(recipient__icontains=text.strip()))

    def in_situation(self, messages: MessageQuerySet, name: str, situation: str) -> MessageQuerySet:
        """Keep messages whose last attempt stands there."""
        return messages.filter(state__in=SITUATIONS[situation][1])
