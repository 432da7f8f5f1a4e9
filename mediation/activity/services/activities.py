"""Write the activity log: one entry for what was done once, one accompagnement per person helped."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from directory.services import link
from mediation.accounts.actor import Actor
from mediation.activity.enums import ActivityKind, DemarcheTheme, Obstacle, PlaceKind, Theme
from mediation.activity.models import Activity, ActivityObstacle, ActivityTheme, Assistance, Demarche
from mediation.activity.services.people import Person, assistances
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record
from sites.models import Site


@transaction.atomic
def log_individual(
    *,
    mediator: Mediator,
    day: dt.date,
    duration_minutes: int,
    people: Sequence[Person],
    themes: Iterable[str],
    by: Actor,
    site: Site | None = None,
    place_kind: str = PlaceKind.SITE,
    place_name: str = "",
    demarches: Iterable[Demarche] = (),
    obstacles: Iterable[str] = (),
    devices: Iterable[str] = (),
    autonomy: str = "",
    outcome: str = "",
    next_time_alone: bool | None = None,
    referred_to: str = "",
    notes: str = "",
) -> Activity:
    """Log an individual help; a couple is one accompagnement per person helped.

    Raises ValidationError for a future day, an entry without theme or person, or a social security number in notes.
    """
    activity = Activity(
        kind=ActivityKind.INDIVIDUAL,
        organisation=mediator.organisation,
        mediator=mediator,
        day=day,
        duration_minutes=duration_minutes,
        site=site,
        place_kind=place_kind,
        place_name=place_name,
        devices=list(devices),
        autonomy=autonomy,
        outcome=outcome,
        next_time_alone=next_time_alone,
        referred_to=referred_to,
        notes=notes,
    )
    return _log(activity, by, people=people, themes=themes, demarches=demarches, obstacles=obstacles)


@transaction.atomic
def log_workshop(
    *,
    mediator: Mediator,
    day: dt.date,
    duration_minutes: int,
    people: Sequence[Person],
    themes: Iterable[str],
    by: Actor,
    title: str,
    level: str = "",
    site: Site | None = None,
    place_kind: str = PlaceKind.SITE,
    place_name: str = "",
    demarches: Iterable[Demarche] = (),
    obstacles: Iterable[str] = (),
    devices: Iterable[str] = (),
    notes: str = "",
) -> Activity:
    """Log a workshop: one activity, one accompagnement per person present. Raises ValidationError, as above."""
    activity = Activity(
        kind=ActivityKind.WORKSHOP,
        organisation=mediator.organisation,
        mediator=mediator,
        day=day,
        duration_minutes=duration_minutes,
        site=site,
        place_kind=place_kind,
        place_name=place_name,
        title=title,
        level=level,
        devices=list(devices),
        notes=notes,
    )
    return _log(activity, by, people=people, themes=themes, demarches=demarches, obstacles=obstacles)


@transaction.atomic
def update_activity(
    *,
    activity: Activity,
    by: Actor,
    people: Sequence[Person],
    themes: Iterable[str],
    demarches: Iterable[Demarche] = (),
    obstacles: Iterable[str] = (),
    **fields: Any,
) -> Activity:
    """Mend an entry. Figures about a person who was already in it stay those of the day it was logged."""
    for name, value in fields.items():
        setattr(activity, name, value)
    _check(activity, people)
    activity.save()
    _write_choices(activity, themes, demarches, obstacles)
    _replace_people(activity, people)
    record(action=JournalEntry.Action.CHANGE, subject=activity, by=by)
    return activity


@transaction.atomic
def delete_activity(*, activity: Activity, by: Actor) -> None:
    """Take an entry and its accompagnements out of the log; files of people stay."""
    record(action=JournalEntry.Action.DELETE, subject=activity, by=by)
    activity.delete()


def _log(
    activity: Activity,
    by: Actor,
    *,
    people: Sequence[Person],
    themes: Iterable[str],
    demarches: Iterable[Demarche],
    obstacles: Iterable[str],
) -> Activity:
    activity.recorded_by = by.user
    _check(activity, people)
    activity.save()
    _write_choices(activity, themes, demarches, obstacles)
    _write_people(activity, people)
    record(action=JournalEntry.Action.CREATE, subject=activity, by=by)
    return activity


def _check(activity: Activity, people: Sequence[Person]) -> None:
    """Refuse what cannot be: a day to come, nobody helped, the same person twice, or what the model refuses."""
    if activity.day > timezone.localdate():
        raise ValidationError({"day": _("Ce jour n’est pas encore venu.")})
    if not people:
        raise ValidationError(_("Dites qui a été aidé : au moins une personne."))
    known = [person.beneficiary.pk for person in people if person.beneficiary]
    if len(known) != len(set(known)):
        raise ValidationError(_("La même personne est choisie deux fois."))
    activity.full_clean()


def complete_themes(themes: Iterable[str], demarches: Iterable[Demarche]) -> set[str]:
    """Return the themes with those they imply: a démarche has its own, and is "Aide aux démarches administratives"."""
    complete = {str(theme) for theme in themes} | {demarche.theme for demarche in demarches}
    if unknown := complete - {*Theme.values, *DemarcheTheme.values}:
        raise ValidationError(_("Thème inconnu : %(theme)s."), params={"theme": ", ".join(sorted(unknown))})
    if complete & set(DemarcheTheme.values):
        complete.add(Theme.ADMIN)
    if not complete:
        raise ValidationError({"themes": _("Choisissez au moins un thème.")})
    return complete


def _write_choices(
    activity: Activity, themes: Iterable[str], demarches: Iterable[Demarche], obstacles: Iterable[str]
) -> None:
    """Write the themes, démarches and obstacles in the place of those that stood."""
    chosen = list(demarches)
    complete, met = complete_themes(themes, chosen), set(obstacles)
    if unknown := met - set(Obstacle.values):
        raise ValidationError(_("Frein inconnu : %(obstacle)s."), params={"obstacle": ", ".join(sorted(unknown))})
    activity.themes.all().delete()
    activity.obstacles.all().delete()
    ActivityTheme.objects.bulk_create(ActivityTheme(activity=activity, theme=theme) for theme in sorted(complete))
    ActivityObstacle.objects.bulk_create(ActivityObstacle(activity=activity, obstacle=one) for one in sorted(met))
    activity.demarches.set(chosen)


def _write_people(activity: Activity, people: Sequence[Person]) -> None:
    """Write one accompagnement per person, and note the contact of those on file with the organisation."""
    rows = assistances(activity, list(people))
    for row in rows:
        row.full_clean(exclude=["activity"])
    Assistance.objects.bulk_create(rows)
    for person in people:
        if person.beneficiary:
            link(beneficiary=person.beneficiary, organisation=activity.organisation, on=activity.day)


def _replace_people(activity: Activity, people: Sequence[Person]) -> None:
    """Keep the rows of people who stay, take out the others, write the new ones."""
    kept = {person.beneficiary.pk for person in people if person.beneficiary}
    activity.assistances.exclude(beneficiary__in=kept).delete()
    there = set(activity.assistances.values_list("beneficiary", flat=True))
    _write_people(activity, [p for p in people if p.beneficiary is None or p.beneficiary.pk not in there])
