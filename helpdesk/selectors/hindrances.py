"""What stands in the way of appointments: absences, closures and public holidays, read once for a whole period."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.expansion import Span
from helpdesk.models import Absence, Appointment
from mediation.territory.selectors import SchoolCalendar, public_holiday
from sites.models import Closure


class Hindrances:
    """Absences, closures and holidays of a period, also those that were written after an appointment was taken."""

    def __init__(
        self, period: Span, *, absences: Iterable[Absence], closures: Iterable[Closure], school: SchoolCalendar
    ) -> None:
        self.period = period
        self.absences: dict[int, list[tuple[Span, Absence]]] = defaultdict(list)
        for absence in absences:
            self.absences[absence.mediator_id] += [(span, absence) for span in absence.spans(*period, school)]
        self.closures: dict[int, list[Closure]] = defaultdict(list)
        for closure in closures:
            self.closures[closure.site_id].append(closure)

    @classmethod
    def read(
        cls,
        period: Span,
        *,
        mediators: Collection[int],
        sites: Collection[int],
        school: SchoolCalendar | None = None,
    ) -> "Hindrances":
        """Read what concerns these mediators and sites: two queries, and one for the school holidays."""
        first, last = timezone.localdate(period[0]), timezone.localdate(period[1])
        closures = Closure.objects.filter(site__in=sites, starts_on__lte=last, ends_on__gte=first)
        return cls(
            period,
            absences=Absence.objects.between(*period).filter(mediator__in=mediators).select_related("mediator"),
            closures=closures.select_related("site"),
            school=school or SchoolCalendar.read(),
        )

    def absences_of(self, mediator_id: int, span: Span) -> list[tuple[Span, Absence]]:
        """Return when a mediator is away during ``span``, earliest first."""
        away = [one for one in self.absences[mediator_id] if one[0][0] < span[1] and one[0][1] > span[0]]
        return sorted(away, key=lambda one: one[0])

    def closure_of(self, site_id: int, day: dt.date) -> Closure | None:
        """Return what shuts a site on ``day``."""
        return next((one for one in self.closures[site_id] if one.starts_on <= day <= one.ends_on), None)

    def of(self, appointment: Appointment) -> str:
        """Say in words why an appointment must move, or nothing where it may stay."""
        engagement = appointment.engagement
        return self.at(engagement.mediator_id, appointment.site_id, (engagement.starts_at, engagement.ends_at))

    def at(self, mediator_id: int, site_id: int, span: Span) -> str:
        """Say in words what stands in the way of such a time, or nothing."""
        day = timezone.localdate(span[0])
        if holiday := public_holiday(day):
            return _("Jour férié : %(name)s") % {"name": holiday}
        if closure := self.closure_of(site_id, day):
            return in_words(closure)
        if away := self.absences_of(mediator_id, span):
            return _("Absence : %(who)s") % {"who": away[0][1].mediator}
        return ""


def in_words(closure: Closure) -> str:
    """Return "Médiathèque Empalot fermé : travaux"."""
    reason = f" : {closure.reason}" if closure.reason else ""
    return _("%(place)s fermé%(reason)s") % {"place": closure.site, "reason": reason}
