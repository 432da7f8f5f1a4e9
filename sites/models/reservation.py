"""Who has which public computer, and when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.accounts.actor import Door
from mediation.kernel.constraints import NoOverlap
from mediation.kernel.formats import reference
from mediation.kernel.models import Identified
from mediation.kernel.references import new_code, new_reference
from sites.models.workstation import Workstation
from sites.querysets import ARRIVE_WITHIN, ReservationQuerySet


class Reservation(Identified):
    """One session at one public computer: begun at once, or kept for later. It stands until it is released.

    Whoever reserved and does not come within ten minutes leaves the computer to somebody else. The first name, which
    nobody has to give, is forgotten after some days.
    """

    workstation = models.ForeignKey(
        Workstation, models.CASCADE, related_name="reservations", verbose_name=_("poste informatique")
    )
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    arrived_at = models.DateTimeField(_("arrivé à"), null=True, blank=True)
    released_at = models.DateTimeField(_("rendu libre le"), null=True, blank=True)
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    reference = models.CharField(_("référence"), max_length=8, unique=True, default=new_reference, editable=False)
    code = models.CharField(_("code"), max_length=4, default=new_code, editable=False)
    booked_at = models.DateTimeField(_("réservé le"), default=timezone.now, editable=False)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    booked_through = models.CharField(_("réservé par"), max_length=10, choices=Door.choices, editable=False)
    # The same form sent twice asks once.
    request_key = models.UUIDField(_("clé de la demande"), null=True, unique=True, editable=False)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("réservation de poste")
        verbose_name_plural = _("réservations de postes")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="reservation_starts_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="reservation_ends_after_start",
                violation_error_message=_("La fin doit être après le début."),
            ),
            NoOverlap(
                name="reservation_no_overlap",
                same=("workstation",),
                start="starts_at",
                end="ends_at",
                condition=Q(released_at__isnull=True),
                violation_error_message=_("Ce poste est déjà pris à cette heure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workstation}, {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_released(self) -> bool:
        """Whether the computer was given back."""
        return self.released_at is not None

    @property
    def is_kept_until(self) -> dt.datetime:
        """Until when the computer waits for somebody who is late."""
        return self.starts_at + ARRIVE_WITHIN

    @property
    def who(self) -> str:
        """Whom the desk calls: a first name, else what is written on the card."""
        return self.first_name or reference(self.reference)

    def is_on(self, day: dt.date) -> bool:
        """Whether it begins that day, by the clock on the wall."""
        return timezone.localdate(self.starts_at) == day

    def is_under_way(self, at: dt.datetime) -> bool:
        """Whether the person has the computer at ``at``, or is still waited for."""
        stands = not self.is_released and self.starts_at <= at < self.ends_at
        return stands and (self.arrived_at is not None or at < self.is_kept_until)
