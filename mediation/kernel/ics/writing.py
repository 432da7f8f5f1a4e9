"""Write calendars. The same events give the same bytes, so that whoever has read them once need not read them again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

# What we write is known again by it, also where somebody's own calendar gives it back to us.
UID_DOMAIN = "mediation-numerique"
PRODUCT = "-//mediation-numerique//calendriers//FR"
PARIS = "Europe/Paris"
SUMMER, WINTER = dt.timedelta(hours=2), dt.timedelta(hours=1)


class Method(StrEnum):
    """What the reader is asked to do with a calendar."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class CalendarEvent:
    """One event. A higher ``sequence`` of the same ``uid`` replaces the former one, wherever it was read.

    ``changed_at`` is when this state was decided, never when the file is written. ``organizer`` and ``attendee`` are
    e-mail addresses, said in invitations only.
    """

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    sequence: int
    changed_at: dt.datetime
    is_cancelled: bool = False
    location: str = ""
    description: str = ""
    url: str = ""
    organizer: str = ""
    organizer_name: str = ""
    attendee: str = ""
    alarm_before: dt.timedelta | None = None
    alarm_text: str = ""


def uid_of(row: object) -> str:
    """Return the name of a row in every calendar, for ever."""
    return f"{row.uid}@{UID_DOMAIN}"  # type: ignore[attr-defined]


def write_calendar(
    events: Iterable[CalendarEvent],
    *,
    method: Method = Method.PUBLISH,
    name: str = "",
    refresh: dt.timedelta | None = None,
) -> bytes:
    """Return a calendar. ``name`` and ``refresh`` are hints to those who subscribe to it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
    if refresh:
        calendar.add("refresh-interval", vDuration(refresh), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(refresh))
    calendar.add_component(_time_zone())
    for event in sorted(events, key=lambda one: (one.starts_at, one.uid)):
        calendar.add_component(_component(event))
    return calendar.to_ical()


def _component(event: CalendarEvent) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", event.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    component.add("last-modified", event.changed_at.astimezone(dt.UTC).replace(microsecond=0))
    component.add("dtstart", event.starts_at.astimezone(zone))
    component.add("dtend", event.ends_at.astimezone(zone))
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    for name in ("summary", "location", "description", "url"):
        if value := getattr(event, name):
            component.add(name, value)
    _add_people(component, event)
    if event.alarm_before:
        component.add_component(_alarm(event.alarm_before, event.alarm_text))
    return component


def _add_people(component: Event, event: CalendarEvent) -> None:
    if event.organizer:
        organizer = vCalAddress(f"mailto:{event.organizer}")
        if event.organizer_name:
            organizer.params["CN"] = event.organizer_name
        component.add("organizer", organizer)
    if event.attendee:
        attendee = vCalAddress(f"mailto:{event.attendee}")
        # They asked for it themselves, and nobody reads answers sent to a machine.
        attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
        component.add("attendee", attendee)


def _alarm(before: dt.timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", -before)
    return alarm


def _time_zone() -> Timezone:
    """Return the rules of the city's clock, which calendars want beside each hour told by it.

    Those of Paris are two lines since 1996; of another city the library lists the changes.
    """
    if settings.TIME_ZONE != PARIS:
        return Timezone.from_tzid(settings.TIME_ZONE)
    zone = Timezone()
    zone.add("tzid", PARIS)
    for part, name, day, month, before, after in (
        (TimezoneDaylight(), "CEST", dt.datetime(1996, 3, 31, 2), 3, WINTER, SUMMER),  # noqa: DTZ001 — wall time
        (TimezoneStandard(), "CET", dt.datetime(1996, 10, 27, 3), 10, SUMMER, WINTER),  # noqa: DTZ001 — wall time
    ):
        part.add("tzname", name)
        part.add("dtstart", day)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone
