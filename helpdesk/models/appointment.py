"""One mediator's engagement with one or several persons."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Engagement, Mediator, Organisation, TakesTime
from helpdesk.enums import AttendeeStatus, ChangeKind, MissedBecause, Mode
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
    mode = models.CharField(_("où"), max_length=10, choices=Mode.choices, default=Mode.SITE)
    remote_link = models.URLField(_("lien pour se joindre à distance"), max_length=300, blank=True)
    # Why an agent booked in spite of a warning (outside hours, no time for the way…).
    override_reason = models.CharField(_("pourquoi malgré l’avertissement"), max_length=200, blank=True)
    # Given by the form: the same one sent twice books once.
    request_key = models.UUIDField(null=True, unique=True, editable=False)
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
            models.CheckConstraint(
                condition=Q(remote_link="") | Q(mode=Mode.REMOTE),
                name="appointment_link_is_remote",
                violation_error_message=_("Un lien ne sert qu’à un rendez-vous à distance."),
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
    # They said themselves that they are coming, to a reminder: only worth something until the time changes.
    confirmed_at = models.DateTimeField(_("a confirmé le"), null=True, blank=True)
    missed_because = models.CharField(
        _("raison de l’absence"), max_length=12, choices=MissedBecause.choices, blank=True
    )

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
        """The word on screen: a person expected who has come is "Arrivé", one who said so "A confirmé"."""
        if self.status == AttendeeStatus.UNKNOWN and self.arrived_at:
            return str(_("Arrivé"))
        if self.status == AttendeeStatus.UNKNOWN and self.confirmed_at:
            return str(_("A confirmé"))
        return self.get_status_display()


class AppointmentChange(models.Model):
    """One thing that happened to an appointment after it was booked, and how it stood before: never edited."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="changes", verbose_name=_("rendez-vous"))
    at = models.DateTimeField(_("date"), default=timezone.now)
    kind = models.CharField(_("changement"), max_length=12, choices=ChangeKind.choices)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    door = models.CharField(_("porte"), max_length=10, choices=Door.choices)
    was_starting_at = models.DateTimeField(_("début d’avant"))
    was_at = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("lieu d’avant"))
    was_with = models.ForeignKey(Mediator, models.PROTECT, related_name="+", verbose_name=_("médiateur d’avant"))

    class Meta:
        verbose_name = _("changement d’un rendez-vous")
        verbose_name_plural = _("changements d’un rendez-vous")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.appointment} {self.get_kind_display()}"
