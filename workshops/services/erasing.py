"""What workshops keep of people: who was registered."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from workshops.models import Registration


def seen_since(people: Collection[int], since: dt.datetime) -> set[int]:
    """Return those of ``people`` who registered since then, or for a workshop that ends later."""
    recent = Q(asked_at__gte=since) | Q(workshop__engagement__ends_at__gte=since)
    rows = Registration.objects.filter(recent, beneficiary__in=people)
    return set(rows.order_by().values_list("beneficiary", flat=True))


def erase(people: Collection[int]) -> None:
    """Forget the form that was sent: nothing else of a registration says who it was."""
    Registration.objects.filter(beneficiary__in=people, request_key__isnull=False).update(request_key=None)
