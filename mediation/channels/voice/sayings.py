"""Days, hours and places as one says them. A place keeps its French name, in a French voice, in every language."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helpdesk.enums import Mode
from helpdesk.models import Appointment
from mediation.channels.voice.answers import Said
from mediation.channels.web.holdings import Held
from mediation.kernel import formats
from mediation.kernel.languages import SOURCE, in_french
from mediation.messaging.wording import dates
from sites.hours import Period
from sites.models import Site
from sites.naming import suggest_locative
from sites.selectors import timetable


def time_and_place(starts_at: dt.datetime, site: Site) -> tuple[Said, ...]:
    """Return "mardi 3 décembre à 14 heures 30, à la médiathèque Empalot."."""
    place = site.locative or suggest_locative(site.name) or site.name
    if in_french():
        return (Said(_("%(day)s à %(hour)s, %(place)s.") % (_when(starts_at) | {"place": place})),)
    return Said(_("%(day)s à %(hour)s.") % _when(starts_at)), Said(f"{place}.", language=SOURCE)


def held(one: Held) -> tuple[Said, ...]:
    """Return when and where something is that somebody has: by telephone or at their home, not at the place's."""
    if isinstance(one.row, Appointment) and one.row.mode != Mode.SITE:
        place = {"place": one.row.get_mode_display()}
        return (Said(_("%(day)s à %(hour)s, %(place)s.") % (_when(one.starts_at) | place)),)
    return time_and_place(one.starts_at, one.site)


def in_pairs(digits: str) -> str:
    """Return "48, 21, 07, 33": a pause between the pairs."""
    return formats.reference(digits).replace(" ", ", ")


def place(site: Site) -> Said:
    """Return a place's name, address and number."""
    sentences = [site.name, f"{site.address}, {site.commune_name}"]
    if site.phone:
        sentences.append(formats.phone(site.phone).replace(" ", ", "))
    return Said(". ".join(sentences) + ".", language=SOURCE)


def hours(site: Site, at: dt.datetime) -> Said:
    """Return when a place is open today, or when it opens next."""
    table = timetable(site)
    if not table.is_readable:
        return Said(_("Je ne connais pas ses horaires."))
    today = [period for period in table.day(timezone.localdate(at)).periods if period[1] > at]
    if today:
        return Said(_("Aujourd’hui, ouvert %(hours)s.") % {"hours": ", ".join(map(_span, today))})
    opens = table.status(at).changes_at
    if opens is None:
        return Said(_("Fermé en ce moment."))
    return Said(_("Fermé en ce moment. Ouvre %(day)s à %(hour)s.") % _when(opens))


def _when(instant: dt.datetime) -> dict[str, str]:
    language = get_language() or SOURCE
    return {
        "day": dates.day(instant, language, is_short=False),
        "hour": dates.spoken_hour(instant, language),
    }


def _span(period: Period) -> str:
    opens, closes = (_when(instant)["hour"] for instant in period)
    return _("de %(opens)s à %(closes)s") % {"opens": opens, "closes": closes}
