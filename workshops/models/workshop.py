"""Workshops and their seats."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Engagement, TakesTime
from mediation.activity.enums import WorkshopLevel
from mediation.activity.models import Activity
from mediation.kernel.models import Identified
from sites.models import Site
from workshops.querysets import WorkshopQuerySet


class Workshop(TakesTime, Identified):
    """A group session led at one site, for as many people as it has seats.

    Its leader, start, end and whether it still stands live in ``engagement`` alone. ``version`` rises with each move
    or cancellation, at ``changed_at``.
    """

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="workshop", verbose_name=_("temps pris"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="workshops", verbose_name=_("lieu"))
    title = models.CharField(_("titre"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    what_to_bring = models.TextField(_("à apporter"), blank=True)
    themes = models.JSONField(_("thèmes"), default=list)
    level = models.CharField(_("niveau"), max_length=12, choices=WorkshopLevel.choices, default=WorkshopLevel.BEGINNER)
    is_public = models.BooleanField(_("ouvert aux inscriptions en ligne"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("changé le"), default=timezone.now, editable=False)
    activity = models.OneToOneField(
        Activity,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="workshop",
        verbose_name=_("compte rendu"),
    )

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        verbose_name = _("atelier")
        verbose_name_plural = _("ateliers")
        ordering = ["engagement__starts_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def duration_minutes(self) -> int:
        """How long it lasts, by the clock."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class Seat(models.Model):
    """One seat of a workshop; at most one registration holds it, so a workshop cannot be overbooked."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="seats", verbose_name=_("atelier"))
    number = models.PositiveSmallIntegerField(_("numéro"))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["workshop", "number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="seat_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.workshop}"
