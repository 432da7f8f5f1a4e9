"""Whose hours and absences somebody may set."""

from typing import Any

from django.db.models import Q, QuerySet

from directory import rules
from directory.enums import Role
from directory.models import Mediator


def mediators_with_hours_set_by(user: Any) -> QuerySet[Mediator]:
    """Return the mediators whose opening periods the user sets: themselves, and the organisations they administer."""
    mediators = Mediator.objects.active().select_related("organisation")
    if rules.is_network_administrator(user):
        return mediators
    return mediators.filter(Q(user=user) | Q(organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR)))


def mediators_noted_absent_by(user: Any) -> QuerySet[Mediator]:
    """Return the mediators whose absences the user notes: those above, and the front desk's, which takes the call."""
    mediators = Mediator.objects.active().select_related("organisation")
    if rules.is_network_administrator(user):
        return mediators
    ids = rules.organisation_ids(user, Role.ADMINISTRATOR, Role.FRONT_DESK)
    return mediators.filter(Q(user=user) | Q(organisation__in=ids))
