"""Calendars that we write, read back as others read them."""

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar

from mediation.kernel.ics.writing import CalendarEvent, Method, write_calendar

PARIS = ZoneInfo("Europe/Paris")
CHANGED = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def event(start: dt.datetime, **fields) -> CalendarEvent:
    return CalendarEvent(
        **{
            "uid": "1@mediation-numerique",
            "starts_at": start,
            "ends_at": start + dt.timedelta(minutes=30),
            "summary": "Rendez-vous",
            "sequence": 2,
            "changed_at": CHANGED,
            **fields,
        }
    )


def test_hours_are_wall_time_on_both_sides_of_the_clock_change():
    days = [dt.datetime(2026, 3, 27, 9, tzinfo=PARIS), dt.datetime(2026, 3, 30, 9, tzinfo=PARIS)]
    data = write_calendar([event(day, uid=f"{day.day}@x") for day in days])
    assert b"DTSTART;TZID=Europe/Paris:20260327T090000\r\n" in data
    assert b"DTSTART;TZID=Europe/Paris:20260330T090000\r\n" in data
    read = Calendar.from_ical(data)
    assert [one.decoded("DTSTART").astimezone(dt.UTC).hour for one in read.walk("VEVENT")] == [8, 7]
    zone = read.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    assert [day.replace(tzinfo=zone).utcoffset() for day in days] == [day.utcoffset() for day in days]


def test_the_same_events_are_the_same_bytes_in_whatever_order():
    one, two = event(CHANGED, uid="a@x"), event(CHANGED, uid="b@x")
    assert write_calendar([one, two]) == write_calendar([two, one])


def test_an_event_says_all_that_calendars_ask():
    data = write_calendar(
        [
            event(
                CHANGED,
                is_cancelled=True,
                summary="Aide, « numérique » ; fin\nd’année",
                organizer="ville@example.org",
                organizer_name="Ville",
                attendee="lucette@example.org",
            )
        ],
        method=Method.CANCEL,
        name="Agenda",
    )
    calendar = Calendar.from_ical(data)
    read = calendar.walk("VEVENT")[0]
    assert (calendar["VERSION"], calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("2.0", "CANCEL", "Agenda")
    assert (read["STATUS"], read["SEQUENCE"]) == ("CANCELLED", 2)
    assert read["SUMMARY"] == "Aide, « numérique » ; fin\nd’année"
    assert read.decoded("DTSTAMP") == read.decoded("LAST-MODIFIED") == CHANGED
    assert read["ORGANIZER"].params["CN"] == "Ville"
    assert read["ATTENDEE"] == "mailto:lucette@example.org"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
