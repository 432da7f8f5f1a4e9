"""How a stretch of time is said."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.kernel import formats

MIDNIGHT = dt.time.min


def hours(start: dt.datetime, end: dt.datetime) -> str:
    """Return "9 h – 9 h 30", in one piece, or "toute la journée" from midnight to midnight."""
    if _is_midnight(start) and _is_midnight(end):
        return _("toute la journée")
    return formats.NO_BREAK.join((formats.hour(start), "–", formats.hour(end)))


def stretch(start: dt.datetime, end: dt.datetime) -> str:
    """Return "mar. 8 déc., 10 h – 11 h", "mar. 8 déc., toute la journée" or "du … au …"."""
    last = end - dt.timedelta(minutes=1)
    if timezone.localdate(start) == timezone.localdate(last):
        return f"{formats.short_day(start)}, {hours(start, end)}"
    if _is_midnight(start) and _is_midnight(end):
        words = {"start": formats.short_day(start), "end": formats.short_day(last)}
    else:
        words = {"start": formats.moment(start), "end": formats.moment(end)}
    return _("du %(start)s au %(end)s") % words


def _is_midnight(instant: dt.datetime) -> bool:
    return timezone.localtime(instant).time() == MIDNIGHT
