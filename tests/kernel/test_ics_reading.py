"""Calendars that others wrote: their hours are right, and none of them harms whoever reads it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from mediation.kernel.ics.busy import Refused, busy_times
from mediation.kernel.ics.reading import Unreadable, read_busy_times

PARIS = ZoneInfo("Europe/Paris")
START, END = dt.datetime(2026, 12, 1, tzinfo=PARIS), dt.datetime(2027, 3, 1, tzinfo=PARIS)
HOUR = "DTSTART:20261201T080000Z\nDTEND:20261201T090000Z"


def ics(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\nUID:{number}@x\n{event}\nEND:VEVENT\n" for number, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(data: bytes, at_most: int = 2000):
    return busy_times(
        data, start=START, end=END, zone="Europe/Paris", at_most=at_most, own_domain="mediation-numerique"
    )


def hours(data: bytes) -> list[str]:
    """Return the local start and end of each time, as "01/12 09:00-10:00"."""
    return [
        f"{start.astimezone(PARIS):%d/%m %H:%M}-{end.astimezone(PARIS):%H:%M}" for _key, start, end in read(data)[0]
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (HOUR, ["01/12 09:00-10:00"]),
        ("DTSTART:20261201T090000\nDTEND:20261201T100000", ["01/12 09:00-10:00"]),  # no zone: the city's clock
        ("DTSTART;TZID=America/New_York:20261201T090000\nDURATION:PT1H", ["01/12 15:00-16:00"]),
        ("DTSTART;TZID=Romance Standard Time:20261201T090000\nDURATION:PT1H", ["01/12 09:00-10:00"]),  # Outlook
        ("DTSTART;TZID=/softwarestudio.org/Europe/Paris:20261201T090000\nDURATION:PT1H", ["01/12 09:00-10:00"]),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", ["24/12 00:00-00:00"]),
        ("DTSTART;VALUE=DATE:20261224", ["24/12 00:00-00:00"]),
        (f"{HOUR}\nTRANSP:TRANSPARENT", []),
        (f"{HOUR}\nSTATUS:CANCELLED", []),
        ("DTSTART:20261201T080000Z", []),  # takes no time
        ("DTSTART:20251201T080000Z\nDURATION:PT1H", []),
        ("DTSTART:20270601T080000Z\nDURATION:PT1H", []),
        ("DTSTART:20200101T080000Z\nDTEND:20300101T080000Z", ["01/01 09:00-09:00"]),
        (f"{HOUR}\nBEGIN:VALARM\nTRIGGER:-PT10M\nACTION:DISPLAY\nEND:VALARM", ["01/12 09:00-10:00"]),
    ],
)
@pytest.mark.filterwarnings("ignore::icalendar.GloballyUniqueTZIDGuessed")
def test_the_hours_of_one_event(event, expected):
    assert hours(ics(event)) == expected


def test_a_weekly_event_stays_at_its_hour_when_clocks_change():
    weekly = "DTSTART;TZID=Europe/Paris:20261020T090000\nDTEND;TZID=Europe/Paris:20261020T100000\nRRULE:FREQ=WEEKLY"
    skipped = f"{weekly}\nEXDATE;TZID=Europe/Paris:20261208T090000"
    assert hours(ics(skipped))[:2] == ["01/12 09:00-10:00", "15/12 09:00-10:00"]
    in_utc = "DTSTART:20261020T070000Z\nDTEND:20261020T080000Z\nRRULE:FREQ=WEEKLY"
    assert hours(ics(in_utc, head="X-WR-TIMEZONE:Europe/Paris\n"))[0] == "01/12 09:00-10:00"


def test_one_day_of_a_series_may_move_or_be_cancelled():
    series = (
        "BEGIN:VEVENT\nUID:a\nDTSTART:20261201T080000Z\nDTEND:20261201T090000Z\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT"
    )
    moved = (
        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261202T080000Z\nDTSTART:20261202T120000Z\nDURATION:PT1H\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261203T080000Z\nDTSTART:20261203T080000Z\nDURATION:PT1H\n"
        "STATUS:CANCELLED\nEND:VEVENT"
    )
    data = f"BEGIN:VCALENDAR\n{series}\n{moved}\nEND:VCALENDAR\n".encode()
    assert hours(data) == ["01/12 09:00-10:00", "02/12 13:00-14:00"]


def test_a_key_stays_the_same_and_says_nothing():
    (first,), (again,) = read(ics(HOUR))[0], read(ics(f"{HOUR}\nSUMMARY:Dentiste"))[0]
    assert first[0] == again[0]
    assert len(first[0]) == 64


def test_what_we_wrote_ourselves_takes_no_time():
    assert hours(ics(HOUR).replace(b"0@x", b"0@mediation-numerique")) == []


def test_one_unreadable_event_hides_no_other():
    times, unreadable = read(ics(HOUR, "SUMMARY:no date", "DTSTART:20270230T080000Z\nDURATION:PT1H"))
    assert (len(times), unreadable) == (1, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_calendar"),
        (b"PK\x03\x04\x00\xff", "no_calendar"),
        (b"<!DOCTYPE html><html><body>Connectez-vous</body></html>", "web_page"),
        (ics(HOUR)[:-20], "cut_short"),
        (ics("SUMMARY:no date"), "broken"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000 + b"END:VCALENDAR\r\n", "broken"),
        (ics(f"{HOUR}\nRRULE:FREQ=SECONDLY"), "endless"),
        (ics(f"{HOUR}\nRRULE:FREQ=MINUTELY;COUNT=1000000000"), "endless"),
        (ics(f"{HOUR}\nRRULE:FREQ=DAILY;INTERVAL=0"), "endless"),
        (
            ics(f"{HOUR}\nRRULE:FREQ=YEARLY;BYHOUR=1,2,3,4,5;BYMINUTE={','.join(map(str, range(60)))}"),
            "endless",
        ),
        (ics(*[f"{HOUR}\nRRULE:FREQ=DAILY"] * 30), "too_many"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data, code):
    with pytest.raises(Refused) as refused:
        read(data)
    assert refused.value.code == code


def test_an_endless_series_is_read_as_far_as_is_asked():
    assert len(hours(ics("DTSTART:19700101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"))) == 90


def test_seven_thousand_events_are_read_through_another_process():
    old = [f"DTSTART:{2000 + n % 25}0103T080000Z\nDURATION:PT1H" for n in range(6_900)]
    new = [
        f"DTSTART:202612{1 + n % 28:02}T{8 + n % 4:02}0000Z\nDTEND:202612{1 + n % 28:02}T130000Z" for n in range(100)
    ]
    found = read_busy_times(ics(*old, *new), start=START, end=END, at_most=2000)
    assert (len(found.times), found.unreadable) == (100, 0)


def test_what_would_take_for_ever_ends_with_the_process_that_reads_it(monkeypatch):
    """An impossible day is looked for until the year 9999, by each of many events."""
    monkeypatch.setattr("mediation.kernel.ics.reading.WALL_SECONDS", 2)
    never = "DTSTART:19010101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(Unreadable) as refused:
        read_busy_times(ics(*[never] * 500), start=START, end=END, at_most=2000)
    assert refused.value.code == "heavy"


def test_the_reason_comes_back_from_the_other_process():
    with pytest.raises(Unreadable) as refused:
        read_busy_times(b"<html></html>", start=START, end=END, at_most=2000)
    assert refused.value.code == "web_page"
