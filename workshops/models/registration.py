"""Registrations: who sits in a workshop, or waits for a seat."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Organisation
from mediation.accounts.actor import Door
from mediation.kernel.models import Identified
from mediation.kernel.references import new_code, new_reference
from workshops.enums import HOLDS_A_SEAT, RegistrationStatus
from workshops.models.workshop import Seat, Workshop
from workshops.querysets import RegistrationQuerySet


class Registration(Identified):
    """One person in one workshop. Whoever is registered holds a seat; whoever waits holds none and keeps a rank.

    The rank is the order of ``asked_at``. An offered seat is held until ``offered_until``.
    """

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="registrations", verbose_name=_("atelier"))
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="registrations", verbose_name=_("bénéficiaire")
    )
    seat = models.OneToOneField(
        Seat, models.PROTECT, null=True, blank=True, related_name="registration", verbose_name=_("place")
    )
    status = models.CharField(_("statut"), max_length=12, choices=RegistrationStatus.choices)
    reference = models.CharField(_("référence"), max_length=8, unique=True, default=new_reference, editable=False)
    code = models.CharField(_("code"), max_length=4, default=new_code, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now, editable=False)
    # They said themselves that they are coming: only worth something until the time changes.
    confirmed_at = models.DateTimeField(_("a confirmé le"), null=True, blank=True)
    offered_until = models.DateTimeField(_("place gardée jusqu’à"), null=True, blank=True)
    # Somebody who left offers unanswered stays on the list, but the seat is not kept for them for ever.
    offers = models.PositiveSmallIntegerField(_("places proposées"), default=0, editable=False)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    booked_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="booked_registrations",
        verbose_name=_("inscrit par la structure"),
    )
    booked_through = models.CharField(_("inscrit par"), max_length=10, choices=Door.choices, editable=False)
    # Given by the form: the same one sent twice registers once.
    request_key = models.UUIDField(null=True, unique=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["workshop", "asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=HOLDS_A_SEAT, seat__isnull=False)
                | (~Q(status__in=HOLDS_A_SEAT) & Q(seat__isnull=True)),
                name="registration_holds_a_seat",
                violation_error_message=_("Une personne inscrite a une place ; une personne en attente n’en a pas."),
            ),
            models.CheckConstraint(
                condition=Q(status=RegistrationStatus.OFFERED, offered_until__isnull=False)
                | (~Q(status=RegistrationStatus.OFFERED) & Q(offered_until__isnull=True)),
                name="registration_offer_expires",
            ),
            models.UniqueConstraint(
                fields=["workshop", "beneficiary"],
                condition=~Q(status=RegistrationStatus.CANCELLED),
                name="registration_person_once",
                violation_error_message=_("Cette personne est déjà inscrite ou en attente."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary}, {self.get_status_display()}"

    @property
    def state_label(self) -> str:
        """The word on screen: somebody registered who said that they are coming is "A confirmé"."""
        if self.status == RegistrationStatus.REGISTERED and self.confirmed_at:
            return str(_("A confirmé"))
        return self.get_status_display()
