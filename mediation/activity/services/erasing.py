"""What the log keeps of people: whom an activity helped, and what was noted of it."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from mediation.activity.enums import PlaceKind
from mediation.activity.models import Activity, Assistance


def seen_since(people: Collection[int], since: dt.datetime) -> set[int]:
    """Return those of ``people`` who were helped since then."""
    rows = Assistance.objects.filter(beneficiary__in=people, activity__day__gte=timezone.localdate(since))
    return set(rows.order_by().values_list("beneficiary", flat=True))


def erase(people: Collection[int]) -> None:
    """Empty what was noted freely; a place that is somebody's home says who they are."""
    helped = Assistance.objects.filter(beneficiary__in=people).order_by()
    activities = Activity.objects.filter(pk__in=helped.values("activity")).order_by()
    activities.exclude(notes="").update(notes="")
    activities.filter(place_kind=PlaceKind.HOME).exclude(place_name="").update(place_name="")
