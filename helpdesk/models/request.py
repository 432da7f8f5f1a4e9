"""Needs that found no slot: kept, numbered, called back, never lost."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Organisation
from helpdesk.enums import CallResult, Cause, DayPart, Outcome
from helpdesk.models.appointment import Appointment
from helpdesk.models.reason import Reason
from helpdesk.querysets import HelpRequestQuerySet
from mediation.accounts.actor import Door
from mediation.kernel import formats
from mediation.kernel.models import Identified
from mediation.kernel.references import new_code, new_reference
from mediation.territory.models import Quartier


class HelpRequest(Identified):
    """Somebody to call back: why, by when, by whom, and how it ended.

    ``reference`` is the number that the person is told. Whoever missed an appointment, or whose appointment must
    move, is called through the same list. ``closed_at`` and ``outcome`` go together.
    """

    reference = models.CharField(_("numéro"), max_length=8, unique=True, default=new_reference, editable=False)
    code = models.CharField(_("code"), max_length=4, default=new_code, editable=False)
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="help_requests", verbose_name=_("bénéficiaire")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="help_requests", verbose_name=_("structure qui rappelle")
    )
    cause = models.CharField(_("pourquoi"), max_length=12, choices=Cause.choices)
    # What it is about, where it is about an appointment: the one missed or to move.
    appointment = models.ForeignKey(
        Appointment, models.CASCADE, null=True, blank=True, related_name="help_requests", verbose_name=_("rendez-vous")
    )
    reason = models.ForeignKey(
        Reason, models.SET_NULL, null=True, blank=True, related_name="help_requests", verbose_name=_("motif")
    )
    quartier = models.ForeignKey(
        Quartier, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("quartier")
    )
    note = models.CharField(_("précision"), max_length=300, blank=True)
    best_time = models.CharField(_("quand appeler"), max_length=10, choices=DayPart.choices, blank=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now, editable=False)
    asked_through = models.CharField(_("par"), max_length=10, choices=Door.choices, editable=False)
    # Whoever asks for somebody keeps seeing number and state (domain.md §1.2).
    asked_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="asked_help_requests",
        verbose_name=_("demandé par la structure"),
    )
    # Given by the form: the same one sent twice asks once.
    request_key = models.UUIDField(null=True, unique=True, editable=False)
    due_on = models.DateField(_("rappeler avant le"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("suivi par")
    )
    outcome = models.CharField(_("suite"), max_length=12, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True, editable=False)
    # The appointment that came of it.
    booked = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("rendez-vous pris")
    )

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("demande d’aide")
        verbose_name_plural = _("demandes d’aide")
        ordering = ["due_on", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[0-9]{8}$") & Q(code__regex=r"^[0-9]{4}$"),
                name="help_request_reference_digits",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="help_request_closed_with_outcome",
                violation_error_message=_("Dites comment la demande s’est terminée."),
            ),
            models.UniqueConstraint(
                fields=["appointment", "beneficiary", "cause"],
                condition=Q(closed_at__isnull=True, appointment__isnull=False),
                name="help_request_once_per_appointment",
                violation_error_message=_("Cette personne est déjà dans la liste pour ce rendez-vous."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def spoken_reference(self) -> str:
        """The number as it is said: "48 21 07 33"."""
        return formats.reference(self.reference)

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits."""
        return self.closed_at is None


class CallAttempt(models.Model):
    """One call to somebody who waits for it."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="calls", verbose_name=_("demande d’aide"))
    at = models.DateTimeField(_("appelé le"), default=timezone.now)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    result = models.CharField(_("résultat"), max_length=12, choices=CallResult.choices)
    note = models.CharField(_("précision"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("appel")
        verbose_name_plural = _("appels")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.request} {self.get_result_display()}"
