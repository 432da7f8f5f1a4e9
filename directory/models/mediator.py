"""Mediators, and the one table that says when each is taken."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.enums import EngagementKind
from directory.models.organisation import Organisation
from directory.querysets import EngagementQuerySet, MediatorQuerySet
from mediation.kernel.constraints import NoOverlap
from mediation.kernel.models import Identified


class Mediator(Identified):
    """Somebody who helps, with or without an account, employed by one organisation."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mediators", verbose_name=_("structure")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mediator",
        verbose_name=_("compte"),
    )
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    languages = models.JSONField(_("langues"), default=list, blank=True, help_text=_("Codes de Language."))
    skills = models.JSONField(_("compétences"), default=list, blank=True)
    is_active = models.BooleanField(_("en activité"), default=True)

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("médiateur")
        verbose_name_plural = _("médiateurs")
        ordering = ["last_name", "first_name", "pk"]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Engagement(models.Model):
    """Time of one mediator that is taken. Whatever takes it (appointment, workshop, hold) points here.

    The mediator, the start and the end of an appointment or a workshop live only in this row, and whether it still
    stands lives only in ``released_at``; so an appointment can collide neither with another nor with a workshop, and
    a cancelled one cannot come back over time that was given to somebody else.
    """

    mediator = models.ForeignKey(Mediator, models.PROTECT, related_name="engagements", verbose_name=_("médiateur"))
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    kind = models.CharField(_("nature"), max_length=12, choices=EngagementKind.choices)
    released_at = models.DateTimeField(_("rendu libre le"), null=True, blank=True)
    # Kept free afterwards where slots are proposed; an agent may still book it.
    buffer_minutes = models.PositiveSmallIntegerField(_("battement après (minutes)"), default=0)
    # Where the mediator is meanwhile, to leave time for the way to another place. Unknown: no way is counted.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        verbose_name = _("temps pris")
        verbose_name_plural = _("temps pris")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="engagement_starts_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="engagement_ends_after_start",
                violation_error_message=_("La fin doit être après le début."),
            ),
            NoOverlap(
                name="engagement_no_overlap",
                same=("mediator",),
                start="starts_at",
                end="ends_at",
                condition=Q(released_at__isnull=True),
                violation_error_message=_("Ce médiateur est déjà pris à cette heure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}, {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_released(self) -> bool:
        """Whether the time was given back: the appointment or workshop is cancelled."""
        return self.released_at is not None


class TakesTime:
    """What an appointment and a workshop say of the ``engagement`` that holds their time."""

    engagement: Engagement

    @property
    def starts_at(self) -> dt.datetime:
        """The instant it begins."""
        return self.engagement.starts_at

    @property
    def ends_at(self) -> dt.datetime:
        """The instant it ends."""
        return self.engagement.ends_at

    @property
    def mediator(self) -> Mediator:
        """Who receives or leads."""
        return self.engagement.mediator

    @property
    def is_cancelled(self) -> bool:
        """Whether its time was given back."""
        return self.engagement.is_released
