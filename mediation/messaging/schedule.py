"""When messages go out: at polite hours, never on Sundays or public holidays, and rather early than late."""

import datetime as dt

from django.utils import timezone

from directory.enums import Reminders
from mediation.messaging.enums import Medium, MessageKind
from mediation.territory.selectors import is_public_holiday

POLITE_FROM = dt.time(8)
POLITE_UNTIL = dt.time(20)
# When a telephone at home may ring (field-rules: 10-12 h and 14-18 h); a text message is read whenever it suits.
WRITING_HOURS = ((POLITE_FROM, POLITE_UNTIL),)
CALLING_HOURS = ((dt.time(10), dt.time(12)), (dt.time(14), dt.time(18)))
# What is planned for the end of a stretch leaves this much earlier: a long queue must not spill over it.
MARGIN = dt.timedelta(minutes=30)
# Past its hour by this much, a message looks at the clock again: a worker that was down must not wake people.
LATE = dt.timedelta(hours=1)
ONE_DAY = dt.timedelta(days=1)
# From the desk to the letter box.
BY_POST = dt.timedelta(days=4)
DAYS_BEFORE = {MessageKind.EARLY_REMINDER: 3, MessageKind.REMINDER: 1}
WANTED = {
    Reminders.BOTH: (MessageKind.EARLY_REMINDER, MessageKind.REMINDER),
    Reminders.EVE: (MessageKind.REMINDER,),
    Reminders.EARLY: (MessageKind.EARLY_REMINDER,),
    Reminders.NONE: (),
}
SUNDAY = 6
# An offer (a seat, an earlier time) is kept for a day, and needs no answer where nobody would read it in time.
KEPT_FOR = dt.timedelta(hours=24)
TOO_NEAR = dt.timedelta(hours=3)
LAST_CALL = dt.timedelta(hours=1)
ANSWERED_FROM, ANSWERED_UNTIL = dt.time(10), dt.time(18)


def reminders(
    starts_at: dt.datetime, told_at: dt.datetime, wanted: str, medium: str = Medium.SMS
) -> list[tuple[MessageKind, dt.datetime]]:
    """Return the reminders of what begins at ``starts_at``, told at ``told_at``, as an organisation wants them.

    At the same hour of the day, or earlier where that is not polite: Monday's goes on Saturday. None where it is told
    within 24 hours, none whose moment has passed; the early one only where nothing else is said within a day of it.
    """
    if starts_at - told_at <= ONE_DAY:
        return []
    due = {kind: _before(starts_at, DAYS_BEFORE[kind], medium) for kind in WANTED[Reminders(wanted)]}
    eve, early = due.get(MessageKind.REMINDER), due.get(MessageKind.EARLY_REMINDER)
    if early and (early - told_at < ONE_DAY or (eve and eve - early < ONE_DAY)):
        del due[MessageKind.EARLY_REMINDER]
    return [(kind, moment) for kind, moment in due.items() if moment > told_at]


def soon(now: dt.datetime, starts_at: dt.datetime, medium: str = Medium.SMS) -> dt.datetime:
    """Return when to say something that the person did not just ask for (a cancellation, a seat).

    At once at polite hours, and for what concerns today; otherwise at the next polite hour before it begins. A
    telephone rings out of its hours for what concerns today only, and never at night nor on a Sunday: a text message
    can be read later, a call cannot be unheard.
    """
    local_now = timezone.localtime(now)
    is_today = local_now.date() == timezone.localdate(starts_at)
    if _is_polite(local_now, medium) or (is_today and (medium != Medium.VOICE or _is_polite(local_now, Medium.SMS))):
        return now
    due = _next_polite(local_now, medium)
    return due if medium == Medium.VOICE or due < starts_at - ONE_DAY / 12 else now


def leaves_at(due_at: dt.datetime, now: dt.datetime, useless_after: dt.datetime, medium: str) -> dt.datetime:
    """Return when what was due at ``due_at`` may leave: now, or at the next polite hour where it is late.

    What was planned at a polite hour, or asked for at another one, leaves as planned. After a failure or a night
    without worker the clock is looked at again, and always before a telephone rings.
    """
    if medium != Medium.VOICE and now - due_at < LATE:
        return now
    return soon(now, useless_after, medium)


def answer_deadline(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime | None:
    """Return until when to keep what is offered: a day from when it is read, half the time left where it is short.

    None where the time is too near to ask anybody.
    """
    if starts_at - now < TOO_NEAR:
        return None
    read_at = max(now, soon(now, starts_at))
    until = _while_somebody_answers(read_at + min(KEPT_FOR, (starts_at - read_at) / 2))
    return min(until, starts_at - LAST_CALL)


def _while_somebody_answers(instant: dt.datetime) -> dt.datetime:
    """Return the same moment, or a later one at which the telephone is answered: people say yes by calling."""
    local = timezone.localtime(instant)
    day, time = local.date(), min(max(local.time(), ANSWERED_FROM), ANSWERED_UNTIL)
    while not is_polite_day(day):
        day += ONE_DAY
    return at_local(day, time)


def is_polite_day(day: dt.date) -> bool:
    """Say whether people may be disturbed on ``day``."""
    return day.weekday() != SUNDAY and not is_public_holiday(day)


def at_local(day: dt.date, time: dt.time) -> dt.datetime:
    """Return an instant from the city's calendar and clock: wall time stays itself across clock changes."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def _hours(medium: str) -> tuple[tuple[dt.time, dt.time], ...]:
    return CALLING_HOURS if medium == Medium.VOICE else WRITING_HOURS


def _is_polite(instant: dt.datetime, medium: str) -> bool:
    return is_polite_day(instant.date()) and any(start <= instant.time() < end for start, end in _hours(medium))


def _before(starts_at: dt.datetime, days: int, medium: str) -> dt.datetime:
    """Return the same hour so many days before, or the last polite moment ahead of it."""
    local = timezone.localtime(starts_at)
    day, time = local.date() - days * ONE_DAY, local.time()
    if not is_polite_day(day):
        time = max(time, _hours(medium)[0][0])
    while not is_polite_day(day):
        day -= ONE_DAY
    moments = [min(time, _last_moment(end)) for start, end in _hours(medium) if start <= time]
    while not moments:
        day -= ONE_DAY
        moments = [_last_moment(_hours(medium)[-1][1])] if is_polite_day(day) else []
    return at_local(day, max(moments))


def _last_moment(end: dt.time) -> dt.time:
    return (dt.datetime.combine(dt.date.min + ONE_DAY, end) - MARGIN).time()


def _next_polite(local_now: dt.datetime, medium: str) -> dt.datetime:
    day = local_now.date()
    while True:
        if is_polite_day(day):
            for start, _end in _hours(medium):
                if day > local_now.date() or start > local_now.time():
                    return at_local(day, start)
        day += ONE_DAY
