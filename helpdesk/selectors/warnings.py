"""Why a time is not offered, in words: what an agent of the receiving organisation may book all the same."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Engagement
from helpdesk.expansion import Span, instant
from helpdesk.models import OpeningPeriod
from helpdesk.selectors.hindrances import Hindrances, in_words
from helpdesk.selectors.slots import Slot
from helpdesk.selectors.taken import taken_time
from helpdesk.travel import way
from mediation.kernel import formats
from mediation.territory.selectors import SchoolCalendar, public_holiday
from sites.selectors import timetable

# The longest way across a city and the longest pause.
AROUND = dt.timedelta(hours=4)


@dataclass(frozen=True)
class Warning:  # noqa: A001
    """One reason to think twice. ``code`` names it for whoever draws it."""

    code: str
    text: str


def warnings_for(slot: Slot, *, ignoring: Engagement | None = None) -> list[Warning]:
    """Return why ``slot`` is not offered, as if ``ignoring`` (the time of the appointment to move) did not exist.

    That the mediator is taken by somebody else is none of these: no reason given changes that.
    """
    school = SchoolCalendar.read()
    return [*_shut(slot, school), *_outside_opening(slot, school), *_outside_hours(slot, school), *_way(slot, ignoring)]


def _shut(slot: Slot, school: SchoolCalendar) -> Iterator[Warning]:
    day, span = timezone.localdate(slot.starts_at), (slot.starts_at, slot.ends_at)
    found = Hindrances.read(span, mediators=[slot.mediator.pk], sites=[slot.site.pk], school=school)
    if holiday := public_holiday(day):
        yield Warning("holiday", _("C’est un jour férié : %(name)s.") % {"name": holiday})
    if closure := found.closure_of(slot.site.pk, day):
        yield Warning("site_closed", f"{in_words(closure)}.")
    if found.absences_of(slot.mediator.pk, span):
        yield Warning("absent", _("%(who)s est absent à cette heure.") % {"who": slot.mediator})


def _outside_opening(slot: Slot, school: SchoolCalendar) -> Iterator[Warning]:
    day = timezone.localdate(slot.starts_at)
    periods = OpeningPeriod.objects.touching(day, day).filter(
        mediator=slot.mediator, site=slot.site, reasons=slot.reason, takes_appointments=True
    )
    if not any(_holds(period, slot, day, school) for period in periods):
        yield Warning(
            "outside_opening",
            _("%(who)s ne reçoit pas pour ce motif à cette heure et dans ce lieu.") % {"who": slot.mediator},
        )


def _holds(period: OpeningPeriod, slot: Slot, day: dt.date, school: SchoolCalendar) -> bool:
    zone = timezone.get_default_timezone()
    return (
        period.opens_on(day, school)
        and instant(day, period.start_time, zone) <= slot.starts_at
        and slot.ends_at <= instant(day, period.end_time, zone)
    )


def _outside_hours(slot: Slot, school: SchoolCalendar) -> Iterator[Warning]:
    """A library that is closed to the public still receives: somebody must open the door."""
    hours = timetable(slot.site, school)
    if not hours.is_readable:
        return
    day = hours.day(timezone.localdate(slot.starts_at))
    if not any(opens <= slot.starts_at and slot.ends_at <= closes for opens, closes in day.periods):
        yield Warning(
            "outside_hours", _("Le lieu est fermé au public à cette heure : %(hours)s.") % {"hours": day.words}
        )


def _way(slot: Slot, ignoring: Engagement | None) -> Iterator[Warning]:
    """Too little time between this and what comes before or after it, for the way or for the pause."""
    here = _point(slot.site)
    around: Span = (slot.starts_at - AROUND, slot.ends_at + AROUND)
    others = taken_time().filter(mediator=slot.mediator).between(*around)
    for other in others.exclude(pk=ignoring.pk if ignoring else None).order_by("starts_at"):
        travel = way(_point(other), here)
        if other.ends_at <= slot.starts_at:
            first, second = other.ends_at, slot.starts_at
            pause = dt.timedelta(minutes=other.buffer_minutes)
        elif other.starts_at >= slot.ends_at:
            first, second = slot.ends_at, other.starts_at
            pause = dt.timedelta(minutes=slot.reason.buffer_minutes)
        else:
            continue
        if first + pause + travel > second:
            words = {"first": formats.hour(first), "second": formats.hour(second)}
            text = _("Trop peu de temps entre %(first)s et %(second)s : le trajet ou la pause n’y tient pas.")
            yield Warning("way", text % words)


def _point(place: object) -> tuple[float, float] | None:
    latitude, longitude = getattr(place, "latitude", None), getattr(place, "longitude", None)
    return None if latitude is None or longitude is None else (latitude, longitude)
