"""When somebody is busy, from a calendar that anybody may have written.

Run as a process of its own (see ``reading``), which may be ended at any moment: rules of repetition can be made to take
hours, and the libraries keep what they learnt of time zones, right or wrong, for the next file.
"""

import datetime as dt
import hashlib
import json
import math
import re
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

CPU_SECONDS = 10
MEMORY_BYTES = 1024**3
OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
MOST_TIMES_A_DAY = 24
FIRST_YEAR = 1900
MARGIN = dt.timedelta(days=2)
DATED = re.compile(r"^(?:DTSTART|DTEND|RECURRENCE-ID)[;:].*?(\d{8})(?:T\d{6}Z?)?\s*$", re.IGNORECASE)
MAY_COME_BACK = re.compile(r"^(?:RRULE|RDATE|DURATION)[;:]|RANGE=", re.IGNORECASE | re.MULTILINE)

Busy = tuple[str, dt.datetime, dt.datetime]
# Whatever a file holds, what the libraries raise about it means that it cannot be read.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Refused(Exception):
    """Nothing can be taken from the whole file; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def busy_times(
    data: bytes, *, start: dt.datetime, end: dt.datetime, zone: str, at_most: int, own_domain: str
) -> tuple[list[Busy], int]:
    """Return when the owner of the calendar is busy between two instants, and how many events cannot be read.

    Each time has a key that is the same as long as the event stays what it is. What is cancelled, marked as free, or
    written by ourselves (``own_domain``) takes no time. Whole days are whole in ``zone``, where clocks show what an
    event without zone says. Raises Refused.
    """
    header, zones, blocks = _cut(data)
    series, unreadable = _read_blocks(blocks, zones, (start - MARGIN, end + MARGIN))
    found: dict[str, Busy] = {}
    for uid, events in series.items():
        if uid.endswith(f"@{own_domain}"):
            continue
        try:
            _refuse_endless(events)
            times = list(_times(uid, events, header, (start, end), ZoneInfo(zone)))
        except UNREADABLE:
            unreadable += len(events)
            continue
        found.update((key, (key, *span)) for key, *span in times)
        if len(found) > at_most:
            raise Refused("too_many")
    if unreadable and not found:
        raise Refused("broken")
    return sorted(found.values(), key=lambda one: one[1:]), unreadable


def _cut(data: bytes) -> tuple[str, str, list[str]]:
    """Return the lines above the events, the time zones, and the text of each event."""
    text = re.sub(r"\r?\n[ \t]", "", data.decode("utf-8-sig", errors="replace")).strip()
    if not re.match(r"BEGIN:VCALENDAR\s", text, re.IGNORECASE):
        raise Refused(
            "web_page" if re.search(r"<(?:!doctype|html|body)", text[:2000], re.IGNORECASE) else "no_calendar"
        )
    if not re.search(r"\sEND:VCALENDAR$", text, re.IGNORECASE):
        raise Refused("cut_short")
    first = re.search(r"^BEGIN:(?!VCALENDAR)", text, re.IGNORECASE | re.MULTILINE)
    header = text[: first.start()] if first else "BEGIN:VCALENDAR\r\n"
    return header, "\r\n".join(_blocks(text, "VTIMEZONE")), list(_blocks(text, "VEVENT"))


def _blocks(text: str, name: str) -> Iterator[str]:
    """Yield what stands between each BEGIN and END of ``name``, both included."""
    begin, lines = f"BEGIN:{name}", None
    for line in text.splitlines():
        word = line.strip().upper()
        if word == begin:
            lines = []
        if lines is not None:
            lines.append(line)
        if word == f"END:{name}" and lines is not None:
            yield "\r\n".join(lines)
            lines = None
    if lines is not None:
        raise Refused("broken")


def _read_blocks(
    blocks: list[str], zones: str, span: tuple[dt.datetime, dt.datetime]
) -> tuple[dict[str, list[Event]], int]:
    """Return the events that may matter, those of one series together, and how many cannot be read.

    Years of past events are skipped unread: reading is what takes long.
    """
    series: dict[str, list[Event]] = defaultdict(list)
    unreadable = 0
    first, last = f"{span[0]:%Y%m%d}", f"{span[1]:%Y%m%d}"
    try:
        # Read for its effect: from now on the library knows these zones.
        Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{zones}\r\nEND:VCALENDAR\r\n")
    except UNREADABLE:
        raise Refused("broken") from None
    for number, block in enumerate(blocks):
        if _is_elsewhere(block, first, last):
            continue
        try:
            event = Event.from_ical(block)
            if _year(event) < FIRST_YEAR:
                raise ValueError(block)
        except UNREADABLE:
            unreadable += 1
            continue
        series[str(event.get("UID", f"event {number}"))].append(event)
    return series, unreadable


def _is_elsewhere(block: str, first: str, last: str) -> bool:
    """Say whether an event that happens once is over, or too far away to matter."""
    if MAY_COME_BACK.search(block):
        return False
    days = [found.group(1) for line in block.splitlines() if (found := DATED.match(line))]
    return bool(days) and (max(days) < first or min(days) > last)


def _year(event: Event) -> int:
    return event["DTSTART"].dt.year


def _refuse_endless(events: list[Event]) -> None:
    for event in events:
        rules = event.get("RRULE") or []
        for rule in rules if isinstance(rules, list) else [rules]:
            a_day = [len(rule.get(name, [0])) for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
            too_often = OFTEN & set(rule.get("FREQ", [])) or math.prod(a_day) > MOST_TIMES_A_DAY
            if too_often or 0 in rule.get("INTERVAL", [1]):
                raise Refused("endless")


def _times(
    uid: str, events: list[Event], header: str, span: tuple[dt.datetime, dt.datetime], zone: ZoneInfo
) -> Iterator[Busy]:
    calendar = Calendar.from_ical(f"{header.strip()}\r\nEND:VCALENDAR\r\n")
    calendar.subcomponents = list(events)
    named = _zone_of(calendar, zone)
    for event in recurring_ical_events.of(calendar, components=["VEVENT"]).between(*span):
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
            continue
        start, end = (_instant(event[name].dt, zone, named) for name in ("DTSTART", "DTEND"))
        if start < end and start < span[1] and end > span[0]:
            # A hash: the name that another tool gave to an event may say what it is about.
            name = f"{uid}\n{event['RECURRENCE-ID'].to_ical().decode()}"
            yield hashlib.sha256(name.encode()).hexdigest(), start, end


def _zone_of(calendar: Calendar, usual: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(str(calendar.get("X-WR-TIMEZONE", usual.key)))
    except UNREADABLE:
        return usual


def _instant(value: dt.date, zone: ZoneInfo, named: ZoneInfo) -> dt.datetime:
    if not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time.min, tzinfo=zone).astimezone(dt.UTC)
    return (value if value.tzinfo else value.replace(tzinfo=named)).astimezone(dt.UTC)


def main() -> None:
    """Read a file from the standard input; write what was found, or why nothing was, to the standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    asked = json.loads(sys.argv[1])
    for name in ("start", "end"):
        asked[name] = dt.datetime.fromisoformat(asked[name])
    try:
        busy, unreadable = busy_times(sys.stdin.buffer.read(), **asked)
    except Refused as refusal:
        answer: dict[str, object] = {"refused": refusal.code}
    else:
        answer = {
            "busy": [(key, start.isoformat(), end.isoformat()) for key, start, end in busy],
            "unreadable": unreadable,
        }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
