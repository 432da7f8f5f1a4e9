"""An organisation confirms its own figures, or takes its word back."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organisation
from mediation.accounts.actor import Actor
from reports.models import Confirmation
from reports.periods import Period


def confirm_figures(*, organisation: Organisation, period: Period, by: Actor) -> Confirmation:
    """Write that the organisation's figures of the period are right; again after a change gives it today's date.

    Raises ValidationError while the period is not over: its figures still move.
    """
    if period.last_day >= timezone.localdate():
        raise ValidationError(_("Cette période n’est pas finie : ses chiffres vont encore bouger."))
    confirmation, _is_new = Confirmation.objects.update_or_create(
        organisation=organisation,
        first_day=period.first_day,
        last_day=period.last_day,
        defaults={"confirmed_at": timezone.now(), "confirmed_by": by.user},
    )
    return confirmation


def withdraw_confirmation(*, organisation: Organisation, period: Period, by: Actor) -> int:
    """Take back whatever confirmation covers the period; return how many there were."""
    deleted, _by_model = organisation.confirmations.covering(period).delete()
    return deleted
