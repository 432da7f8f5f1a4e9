"""People who wish an earlier time, what is offered to them, and time that is kept meanwhile."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Engagement
from helpdesk.enums import OfferState
from helpdesk.models.appointment import Appointment
from helpdesk.models.reason import Reason
from helpdesk.querysets import EarlierOfferQuerySet, EarlierWishQuerySet
from mediation.kernel.models import Identified
from sites.models import Site


class Hold(Identified):
    """Time that is kept for somebody until an hour they were told, then given back.

    Kept either for whoever cancelled by reply and may still say that it was a mistake (``cancelled``), or for an
    offer. While it stands, its engagement refuses everybody else's booking.
    """

    engagement = models.OneToOneField(Engagement, models.CASCADE, related_name="hold", verbose_name=_("temps pris"))
    until = models.DateTimeField(_("jusqu’à"))
    cancelled = models.ForeignKey(
        Appointment, models.CASCADE, null=True, related_name="holds", verbose_name=_("rendez-vous annulé")
    )

    class Meta:
        verbose_name = _("créneau gardé")
        verbose_name_plural = _("créneaux gardés")
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return str(self.engagement)


class EarlierWish(Identified):
    """Somebody with an appointment who would come earlier if a time is freed: first asked, first offered."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="wishes", verbose_name=_("rendez-vous"))
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    anywhere = models.BooleanField(_("aussi dans un autre lieu"), default=False)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    objects = EarlierWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("souhait d’un horaire plus tôt")
        verbose_name_plural = _("souhaits d’un horaire plus tôt")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment"],
                condition=Q(closed_at__isnull=True),
                name="earlier_wish_once",
                violation_error_message=_("Ce souhait est déjà noté."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.appointment)


class EarlierOffer(Identified):
    """A freed time offered to one wish until ``expires_at``. The hold of an open one keeps the time."""

    wish = models.ForeignKey(EarlierWish, models.CASCADE, related_name="offers", verbose_name=_("souhait"))
    hold = models.OneToOneField(Hold, models.SET_NULL, null=True, related_name="offer", verbose_name=_("créneau gardé"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("lieu"))
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="+", verbose_name=_("motif"))
    starts_at = models.DateTimeField(_("début"))
    offered_at = models.DateTimeField(_("proposé le"), default=timezone.now)
    expires_at = models.DateTimeField(_("réponse avant"))
    state = models.CharField(_("état"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN)

    objects = EarlierOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("horaire plus tôt proposé")
        verbose_name_plural = _("horaires plus tôt proposés")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wish"], condition=Q(state=OfferState.OPEN), name="earlier_offer_one_open_per_wish"
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.OPEN) | Q(hold__isnull=False), name="earlier_offer_open_holds_the_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish}, {self.starts_at:%Y-%m-%d %H:%M}"
