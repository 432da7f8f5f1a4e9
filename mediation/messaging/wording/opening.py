"""When a place is open, as a text message says it: short, in the active language."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from mediation.messaging.wording import dates


def open_today(periods: Sequence[tuple[dt.datetime, dt.datetime]], language: str) -> str:
    """Return "aujourd'hui 9h-12h, 14h-18h"."""
    spans = ", ".join("-".join(dates.hour(moment, language, is_short=True) for moment in period) for period in periods)
    return _("aujourd'hui {heures}").format(heures=spans)


def opens_next(opens_at: dt.datetime, language: str) -> str:
    """Return "ouvre mer. 2 déc. 10h"."""
    day, hour = dates.day(opens_at, language, is_short=True), dates.hour(opens_at, language, is_short=True)
    return _("ouvre {jour} {heure}").format(jour=day, heure=hour)


def unknown() -> str:
    """Say that nobody told the hours."""
    return _("horaires: appelez")
