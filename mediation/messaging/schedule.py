"""When messages go out: at polite hours, never on Sundays or public holidays, and rather early than late."""

import datetime as dt

from django.utils import timezone

from mediation.territory.selectors import is_public_holiday

POLITE_FROM = dt.time(8)
POLITE_UNTIL = dt.time(20)
ONE_DAY = dt.timedelta(days=1)
SUNDAY = 6
# An offer (a seat, an earlier time) is kept for a day, and needs no answer where nobody would read it in time.
KEPT_FOR = dt.timedelta(hours=24)
TOO_NEAR = dt.timedelta(hours=3)
LAST_CALL = dt.timedelta(hours=1)
ANSWERED_FROM, ANSWERED_UNTIL = dt.time(10), dt.time(18)


def reminder_due_at(starts_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """Return when to remind of something: the day before at the same hour, or earlier where that is not polite.

    Monday's reminder goes on Saturday, an early morning's the evening before that. None where the booking is made
    within 24 hours, or after the moment of the reminder: then the confirmation is enough.
    """
    if starts_at - now <= ONE_DAY:
        return None
    local_start = timezone.localtime(starts_at)
    day, time = local_start.date() - ONE_DAY, local_start.time()
    if time < POLITE_FROM:
        day, time = day - ONE_DAY, POLITE_UNTIL
    while not is_polite_day(day):
        day -= ONE_DAY
    due = at_local(day, min(time, POLITE_UNTIL))
    return due if due > now else None


def soon(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """Return when to say something that the person did not just ask for (a cancellation, a seat).

    At once at polite hours, and for what concerns today; otherwise at the next polite hour before it begins.
    """
    local_now = timezone.localtime(now)
    if _is_polite(local_now) or local_now.date() == timezone.localdate(starts_at):
        return now
    day = local_now.date() if local_now.time() < POLITE_FROM else local_now.date() + ONE_DAY
    while not is_polite_day(day):
        day += ONE_DAY
    due = at_local(day, POLITE_FROM)
    return due if due < starts_at - ONE_DAY / 12 else now


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


def _is_polite(instant: dt.datetime) -> bool:
    return is_polite_day(instant.date()) and POLITE_FROM <= instant.time() < POLITE_UNTIL
