"""Read the calendars that mediators keep elsewhere: what is taken there is an absence here, without saying why."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.models import Mediator
from helpdesk.models import Absence, ExternalCalendar
from helpdesk.selectors import HORIZON_DAYS
from helpdesk.selectors.external_calendars import calendars_to_read
from helpdesk.services.locks import lock_mediators
from mediation.accounts.actor import Actor
from mediation.kernel.ics.reading import BusyTime, Unreadable, read_busy_times
from mediation.kernel.remote import NotFetched, check_address, fetch

EVERY = dt.timedelta(minutes=15)
# Messages wait meanwhile: what is not read in this time is read a minute later.
SECONDS_AT_ONCE = 20
LARGEST_BYTES = 5 * 1024**2
MOST_TIMES = 2000
# A file is given once: what is booked in two months must find it already.
FILE_DAYS = 366
LABEL = "Agenda personnel"

PROBLEMS: dict[str, Promise] = {
    "address": _("Écrivez l’adresse entière, qui commence par https://."),
    "forbidden": _("Cette adresse mène à un réseau privé : nous ne pouvons pas la lire."),
    "away": _("Le service de cet agenda ne répond pas."),
    "gone": _("Il n’y a plus de calendrier à cette adresse."),
    "refused": _("Le service de cet agenda ne le donne pas. Est-ce bien son adresse secrète au format iCal ?"),
    "redirects": _("Cette adresse renvoie sans fin vers d’autres."),
    "large": _("Ce calendrier est trop gros : 5 Mo au plus."),
    "web_page": _(
        "C’est une page web, pas un calendrier. Cherchez l’adresse au format iCal, qui finit souvent par .ics."
    ),
    "no_calendar": _("Ce n’est pas un calendrier au format iCal (.ics)."),
    "cut_short": _("Ce calendrier est arrivé incomplet."),
    "broken": _("Ce calendrier est abîmé : nous n’arrivons pas à le lire."),
    "endless": _("Un évènement de ce calendrier se répète sans arrêt dans la journée : nous ne le lisons pas."),
    "too_many": _("Ce calendrier contient trop d’évènements à venir : 2 000 au plus."),
    "heavy": _("Ce calendrier est trop compliqué à lire."),
}


@dataclass(frozen=True)
class _Reading:
    """What one look at a calendar gave; ``times`` is None where nothing changed."""

    times: list[BusyTime] | None
    etag: str = ""
    unreadable: int = 0


@dataclass
class _Budget:
    """How long one round may take."""

    seconds: float
    began: float = field(default_factory=time.monotonic)

    def is_spent(self) -> bool:
        return time.monotonic() - self.began > self.seconds


def add_calendar(*, mediator: Mediator, label: str, url: str, by: Actor) -> ExternalCalendar:
    """Read a calendar for the first time and keep its address.

    Raises ValidationError, and keeps nothing, where it cannot be read.
    """
    calendar = ExternalCalendar(mediator=mediator, label=label or LABEL, url=_usual(url))
    return _first_reading(calendar, lambda: _look(calendar))


def add_file(*, mediator: Mediator, label: str, data: bytes, by: Actor) -> ExternalCalendar:
    """Read a file once, for the year to come. Raises ValidationError, and keeps nothing, where it cannot be read."""
    calendar = ExternalCalendar(mediator=mediator, label=label or LABEL)
    return _first_reading(calendar, lambda: _read(data, days=FILE_DAYS))


def read_again(*, calendar: ExternalCalendar, by: Actor) -> ExternalCalendar:
    """Read a calendar now; what cannot be read changes nothing, and says why in ``problem``."""
    now = timezone.now()
    try:
        reading = _look(calendar)
    except (NotFetched, Unreadable) as error:
        calendar.tried_at, calendar.problem = now, str(PROBLEMS[error.code])
        calendar.save(update_fields=["tried_at", "problem"])
    else:
        _write(calendar, reading, now)
    return calendar


@transaction.atomic
def remove_calendar(*, calendar: ExternalCalendar, by: Actor) -> None:
    """Forget a calendar and its absences: the time is offered again."""
    lock_mediators(calendar.mediator)
    calendar.delete()


def read_due_calendars(*, by: Actor) -> int:
    """Read the calendars whose turn has come, as many as the time allows; return how many."""
    now, budget, count = timezone.now(), _Budget(SECONDS_AT_ONCE), 0
    for calendar in calendars_to_read(now, every=EVERY).select_related("mediator"):
        if budget.is_spent():
            break
        # Two workers: only one of them goes on.
        mine = ExternalCalendar.objects.filter(pk=calendar.pk, tried_at=calendar.tried_at)
        if mine.update(tried_at=now):
            read_again(calendar=calendar, by=by)
            count += 1
    return count


# --- Looking ----------------------------------------------------------------------------------------------------------


def _first_reading(calendar: ExternalCalendar, look: Callable[[], _Reading]) -> ExternalCalendar:
    try:
        calendar.full_clean()
        reading = look()
    except (NotFetched, Unreadable) as error:
        raise ValidationError(str(PROBLEMS[error.code]), code=error.code) from None
    with transaction.atomic():
        calendar.save()
        _write(calendar, reading, timezone.now())
    return calendar


def _usual(url: str) -> str:
    """Return the address as it is fetched: calendars like to call theirs webcal."""
    scheme, separator, rest = url.strip().partition("://")
    url = f"https://{rest}" if separator and scheme.lower() in {"webcal", "webcals"} else url.strip()
    try:
        check_address(url, trusted_hosts=settings.EXTERNAL_CALENDAR_HOSTS)
    except NotFetched as error:
        raise ValidationError(str(PROBLEMS[error.code]), code=error.code) from None
    return url


def _look(calendar: ExternalCalendar) -> _Reading:
    # Each day another day comes into sight, so that the same file says more than the day before.
    is_read_today = calendar.read_at and timezone.localdate(calendar.read_at) == timezone.localdate()
    fetched = fetch(
        calendar.url,
        at_most=LARGEST_BYTES,
        etag=calendar.etag if is_read_today and not calendar.problem else "",
        trusted_hosts=settings.EXTERNAL_CALENDAR_HOSTS,
    )
    if fetched.data is None:
        return _Reading(None, calendar.etag)
    return _read(fetched.data, days=HORIZON_DAYS + 1, etag=fetched.etag)


def _read(data: bytes, *, days: int, etag: str = "") -> _Reading:
    if len(data) > LARGEST_BYTES:
        raise Unreadable("large")
    start = _midnight(timezone.localdate())
    end = _midnight(timezone.localdate() + dt.timedelta(days=days))
    found = read_busy_times(data, start=start, end=end, at_most=MOST_TIMES)
    return _Reading(found.times, etag, found.unreadable)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


# --- Writing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def _write(calendar: ExternalCalendar, reading: _Reading, now: dt.datetime) -> None:
    """Make the absences those of the reading: new ones added, changed ones moved, gone ones taken away.

    The lock makes a booking under way end first, as for an absence noted by hand.
    """
    if reading.times is not None:
        lock_mediators(calendar.mediator)
        _mirror(calendar, {one.key: one for one in reading.times})
    calendar.tried_at = calendar.read_at = now
    calendar.etag = reading.etag
    calendar.problem = _unread(reading.unreadable) if reading.times is not None else calendar.problem
    calendar.save(update_fields=["tried_at", "read_at", "etag", "problem"])


def _mirror(calendar: ExternalCalendar, wanted: dict[str, BusyTime]) -> None:
    known = {absence.external_uid: absence for absence in calendar.absences.all()}
    gone = [absence.pk for key, absence in known.items() if key not in wanted]
    moved = []
    for key in known.keys() & wanted.keys():
        absence, time_taken = known[key], wanted[key]
        if (absence.starts_at, absence.ends_at) != (time_taken.starts_at, time_taken.ends_at):
            absence.starts_at, absence.ends_at = time_taken.starts_at, time_taken.ends_at
            moved.append(absence)
    calendar.absences.filter(pk__in=gone).delete()
    Absence.objects.bulk_update(moved, ["starts_at", "ends_at"], batch_size=200)
    Absence.objects.bulk_create(
        [_absence(calendar, one) for key, one in wanted.items() if key not in known], batch_size=200
    )


def _absence(calendar: ExternalCalendar, one: BusyTime) -> Absence:
    return Absence(
        mediator=calendar.mediator,
        calendar=calendar,
        external_uid=one.key,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        # Never the event's own words: what somebody does in their own time is nobody's business.
        label=LABEL,
    )


def _unread(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s évènement illisible n’est pas pris en compte.",
        "%(count)s évènements illisibles ne sont pas pris en compte.",
        count,
    ) % {"count": count}
