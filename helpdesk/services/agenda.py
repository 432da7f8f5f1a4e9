"""Say when mediators receive and when they are away."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from helpdesk.expansion import instant
from helpdesk.models import Absence, OpeningPeriod, Reason
from helpdesk.selectors.openings import clash_of
from helpdesk.services.locks import lock_mediators
from mediation.accounts.actor import Actor
from mediation.kernel import formats


@transaction.atomic
def save_opening(*, opening: OpeningPeriod, reasons: Iterable[Reason], by: Actor) -> OpeningPeriod:
    """Write when a mediator receives, and note that they work at the site. Appointments already made stay.

    Raises ValidationError where they would have to be at two places at once.
    """
    # Two who write at once would each not see the other's period.
    lock_mediators(opening.mediator)
    opening.full_clean()
    _refuse_clash(opening)
    opening.save()
    opening.reasons.set(reasons)
    opening.site.mediators.add(opening.mediator)
    return opening


@transaction.atomic
def note_absence(*, absence: Absence, by: Actor) -> Absence:
    """Write that a mediator is away: from now on nobody can book that time. Appointments already made stay.

    The lock makes a booking under way end first, so that the list of what must move is complete.
    """
    lock_mediators(absence.mediator)
    absence.full_clean()
    absence.save()
    return absence


def absent_today(*, mediator: Mediator, by: Actor) -> Absence:
    """Write that a mediator is away for the rest of today; asking twice changes nothing."""
    now = timezone.now()
    midnight = instant(timezone.localdate() + dt.timedelta(days=1), dt.time.min, timezone.get_default_timezone())
    known = Absence.objects.filter(mediator=mediator, starts_at__lte=now, ends_at__gte=midnight).first()
    if known:
        return known
    if not mediator.is_active:
        raise ValidationError(_("%(who)s ne reçoit plus.") % {"who": mediator}, code="inactive")
    absence = Absence(mediator=mediator, starts_at=now, ends_at=midnight, label=_("Absence imprévue"))
    return note_absence(absence=absence, by=by)


def _refuse_clash(opening: OpeningPeriod) -> None:
    clash = clash_of(opening)
    if clash:
        raise ValidationError(
            _("%(who)s reçoit déjà à cette heure le %(day)s : %(place)s."),
            code="clash",
            params={
                "who": opening.mediator,
                "day": formats.long_day(clash.day, year=True),
                "place": clash.other.site,
            },
        )
