"""Rows of history, gathered as they happen and written in a few large statements."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from directory.models import Engagement
from helpdesk.models import Appointment, Attendee
from mediation.activity.enums import DemarcheTheme, Theme
from mediation.activity.models import Activity, ActivityObstacle, ActivityTheme, Assistance, Demarche
from mediation.activity.services import Person
from mediation.activity.services.people import assistances
from workshops.models import Registration, Seat, Workshop

Progress = Callable[[str, Iterable[Any]], Iterable[Any]]


@dataclass
class Rows:
    """What happened, in the order in which the database needs it."""

    activities: list[Activity] = field(default_factory=list)
    themes: list[ActivityTheme] = field(default_factory=list)
    obstacles: list[ActivityObstacle] = field(default_factory=list)
    demarches: list[models.Model] = field(default_factory=list)
    assistances: list[Assistance] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    workshops: list[Workshop] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)

    def log(
        self,
        activity: Activity,
        *,
        people: Sequence[Person],
        themes: Iterable[str],
        demarche: Demarche | None = None,
        obstacles: Iterable[str] = (),
    ) -> Activity:
        """Keep an activity with its people, its themes (and its démarche's), and what stood in the way."""
        chosen = {*themes, *([Theme.ADMIN, DemarcheTheme(demarche.theme)] if demarche else [])}
        self.activities.append(activity)
        self.themes += [ActivityTheme(activity=activity, theme=theme) for theme in sorted(chosen)]
        self.obstacles += [ActivityObstacle(activity=activity, obstacle=obstacle) for obstacle in obstacles]
        if demarche:
            self.demarches.append(Activity.demarches.through(activity=activity, demarche=demarche))
        self.assistances += assistances(activity, list(people))
        return activity

    def write(self, progress: Progress) -> None:
        """Write everything, a batch at a time, counting the batches."""
        for name in (
            "activities",
            "themes",
            "obstacles",
            "demarches",
            "assistances",
            "engagements",
            "appointments",
            "attendees",
            "workshops",
            "seats",
            "registrations",
        ):
            rows = getattr(self, name)
            if rows:
                _write(rows, progress)


def _write(rows: list[Any], progress: Progress) -> None:
    model, size = type(rows[0]), 1000
    for start in progress(str(model._meta.verbose_name_plural), range(0, len(rows), size)):
        model.objects.bulk_create(rows[start : start + size])


def minutes(count: int) -> dt.timedelta:
    """Return a length of time."""
    return dt.timedelta(minutes=count)
