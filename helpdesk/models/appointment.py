"""One mediator's engagement with one or several persons."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Engagement, Organisation, TakesTime
from helpdesk.enums import AttendeeStatus
from helpdesk.models.reason import Reason
from helpdesk.querysets import AppointmentQuerySet, AttendeeQuerySet
from mediation.accounts.actor import Door
from mediation.activity.models import Activity
from mediation.kernel.models import Identified
from mediation.kernel.references import new_code, new_reference
from sites.models import Site


class Appointment(TakesTime, Identified):
    """A time that one mediator keeps for one person or several.

    Its mediator, start, end and whether it still stands live in ``engagement`` alone. ``version`` rises with each
    move or cancellation: it is the SEQUENCE of calendars and makes the messages of each state distinct.
    """

    engagement = models.OneToOneField(
        Engagement, models.PROTECT, related_name="appointment", verbose_name=_("temps pris")
    )
    site = models.ForeignKey(Site, models.PROTECT, related_name="appointments", verbose_name=_("lieu"))
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="appointments", verbose_name=_("motif"))
    reference = models.CharField(_("référence"), max_length=8, unique=True, default=new_reference, editable=False)
    code = models.CharField(_("code"), max_length=4, default=new_code, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    booked_at = models.DateTimeField(_("pris le"), default=timezone.now, editable=False)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    # Whoever booked for a partner keeps seeing what they booked (domain.md §1.2).
    booked_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="booked_appointments",
        verbose_name=_("pris par la structure"),
    )
    booked_through = models.CharField(_("pris par"), max_length=10, choices=Door.choices, editable=False)
    note = models.CharField(_("précision pour le médiateur"), max_length=200, blank=True)
    activity = models.OneToOneField(
        Activity,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="appointment",
        verbose_name=_("compte rendu"),
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["engagement__starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference__regex=r"^[0-9]{8}$") & Q(code__regex=r"^[0-9]{4}$"),
                name="appointment_reference_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Attendee(models.Model):
    """One person of an appointment, and what became of it for them. ``arrived_at`` is a time, not a status."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="attendees", verbose_name=_("rendez-vous")
    )
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="attendances", verbose_name=_("bénéficiaire")
    )
    status = models.CharField(
        _("statut"), max_length=10, choices=AttendeeStatus.choices, default=AttendeeStatus.UNKNOWN
    )
    arrived_at = models.DateTimeField(_("arrivé à"), null=True, blank=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne au rendez-vous")
        verbose_name_plural = _("personnes au rendez-vous")
        ordering = ["appointment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "beneficiary"],
                name="attendee_once",
                violation_error_message=_("Cette personne est déjà dans le rendez-vous."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary}, {self.get_status_display()}"

    @property
    def state_label(self) -> str:
        """The word on screen: a person expected who has come is "Arrivé"."""
        if self.status == AttendeeStatus.UNKNOWN and self.arrived_at:
            return str(_("Arrivé"))
        return self.get_status_display()
