"""When mediators receive, and when they do not."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.enums import Recurrence
from helpdesk.models.reason import Reason
from helpdesk.querysets import AbsenceQuerySet, OpeningPeriodQuerySet
from helpdesk.wording import stretch
from mediation.kernel.models import Identified
from sites.models import Site


class OpeningPeriod(Identified):
    """When a mediator receives, where and for which reasons: a local date and local hours, once or every week.

    Hours are wall time in the city: 9:00 is 9:00 on both sides of a clock change.
    """

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="opening_periods", verbose_name=_("médiateur"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="opening_periods", verbose_name=_("lieu"))
    reasons = models.ManyToManyField(Reason, related_name="opening_periods", verbose_name=_("motifs"))
    recurrence = models.CharField(_("répétition"), max_length=10, choices=Recurrence.choices, default=Recurrence.WEEKLY)
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("jusqu’au"), null=True, blank=True)
    start_time = models.TimeField(_("de"))
    end_time = models.TimeField(_("à"))

    objects = OpeningPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("plage d’ouverture")
        verbose_name_plural = _("plages d’ouverture")
        ordering = ["first_day", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")),
                name="opening_ends_after_start",
                violation_error_message=_("L’heure de fin doit être après l’heure de début."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="opening_last_day_after_first",
                violation_error_message=_("Le dernier jour doit être après le premier."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}, {self.first_day:%A} {self.start_time:%H:%M}"


class Absence(Identified):
    """When a mediator does not receive, whatever their opening periods say."""

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="absences", verbose_name=_("médiateur"))
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    label = models.CharField(_("raison"), max_length=80, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_start",
                violation_error_message=_("L’absence doit finir après son début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}, {self.starts_at:%Y-%m-%d}"

    @property
    def in_words(self) -> str:
        """When, as one says it: whole days without hours, one day once."""
        return stretch(self.starts_at, self.ends_at)
