"""When mediators receive, and when they do not."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.expansion import WEEK, Repetition, Span, instant
from helpdesk.models.reason import Reason
from helpdesk.querysets import AbsenceQuerySet, OpeningPeriodQuerySet
from helpdesk.wording import hours, rule_in_words, stretch
from mediation.kernel.models import Identified
from mediation.territory.selectors import SchoolCalendar
from sites.models import Site

# Nothing is known of any year.
UNPUBLISHED = SchoolCalendar(periods=())
# What comes back is looked for a week around: nothing that lasts longer may.
LONGEST_REPEATED = WEEK


class Repeats(models.Model):
    """How something comes back: once, every n weeks, or on the n-th weekday of each month, but for skipped days.

    The weekday is that of its first day. ``skipped_days`` are ISO dates.
    """

    recurrence = models.CharField(_("répétition"), max_length=10, choices=Recurrence.choices, default=Recurrence.WEEKLY)
    interval_weeks = models.PositiveSmallIntegerField(
        _("toutes les combien de semaines"), default=1, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    month_week = models.PositiveSmallIntegerField(_("lequel du mois"), choices=MonthWeek.choices, null=True, blank=True)
    skipped_days = models.JSONField(_("sauf ces jours"), default=list, blank=True)
    outside_school_holidays = models.BooleanField(_("sauf pendant les vacances scolaires"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_weeks__range=(1, 8)),
                name="%(class)s_interval",
                violation_error_message=_("Toutes les 1 à 8 semaines."),
            ),
            models.CheckConstraint(
                condition=~Q(recurrence=Recurrence.MONTHLY) | Q(month_week__isnull=False),
                name="%(class)s_month_week",
                violation_error_message=_("Dites lequel du mois : le premier, le deuxième…"),
            ),
        ]

    def repetition_from(self, first_day: dt.date) -> Repetition:
        """Return on which days it happens, counted from its first."""
        return Repetition(
            recurrence=self.recurrence,
            first_day=first_day,
            last_day=self.last_day,
            interval_weeks=self.interval_weeks,
            month_week=self.month_week,
            skipped_days=frozenset(map(dt.date.fromisoformat, self.skipped_days)),
            outside_school_holidays=self.outside_school_holidays,
        )


class OpeningPeriod(Repeats, Identified):
    """When a mediator receives, where and for which reasons: a local date and local hours, once or again and again.

    Hours are wall time in the city: 9:00 is 9:00 on both sides of a clock change. Appointments and people who come
    without one may share a period.
    """

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="opening_periods", verbose_name=_("médiateur"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="opening_periods", verbose_name=_("lieu"))
    reasons = models.ManyToManyField(Reason, related_name="opening_periods", verbose_name=_("motifs"))
    takes_appointments = models.BooleanField(_("sur rendez-vous"), default=True)
    takes_tickets = models.BooleanField(_("sans rendez-vous, avec un ticket"), default=False)
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
            *Repeats.Meta.constraints,
            models.CheckConstraint(
                condition=Q(takes_appointments=True) | Q(takes_tickets=True),
                name="opening_takes_somebody",
                violation_error_message=_("Dites si l’on vient sur rendez-vous, sans rendez-vous, ou les deux."),
            ),
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

    @property
    def repetition(self) -> Repetition:
        """On which days it opens."""
        return self.repetition_from(self.first_day)

    def opens_on(self, day: dt.date, school: SchoolCalendar) -> bool:
        """Say whether it opens on ``day``; closures and public holidays are somebody else's business."""
        return self.repetition.falls_on(day, school)

    def in_words(self, school: SchoolCalendar | None = None) -> str:
        """Return "Le 2e mardi du mois, 9 h – 12 h, sauf vacances scolaires"."""
        return rule_in_words(self.repetition, hours(self.start_time, self.end_time), school)


class ExternalCalendar(Identified):
    """A calendar that a mediator keeps elsewhere: what stands in it is an absence here, read again by the worker.

    ``url`` is a secret of the mediator's; it is shown to nobody once it is saved.
    """

    mediator = models.ForeignKey(
        Mediator, models.CASCADE, related_name="external_calendars", verbose_name=_("médiateur")
    )
    label = models.CharField(_("nom"), max_length=80)
    # Empty: a file that was given once.
    url = models.URLField(_("adresse du calendrier"), max_length=500, blank=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    added_at = models.DateTimeField(_("ajouté le"), default=timezone.now, editable=False)
    tried_at = models.DateTimeField(_("dernier essai"), null=True, editable=False)
    read_at = models.DateTimeField(_("dernière lecture réussie"), null=True, editable=False)
    problem = models.CharField(_("problème"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("calendrier extérieur")
        verbose_name_plural = _("calendriers extérieurs")
        ordering = ["mediator", "label", "pk"]

    def __str__(self) -> str:
        return self.label


class Absence(Repeats, Identified):
    """When a mediator does not receive, whatever their opening periods say; repeated at the same hours by the clock.

    ``calendar`` and ``external_uid`` tell one that was read from a calendar kept elsewhere.
    """

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="absences", verbose_name=_("médiateur"))
    recurrence = models.CharField(_("répétition"), max_length=10, choices=Recurrence.choices, default=Recurrence.ONCE)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    last_day = models.DateField(_("se répète jusqu’au"), null=True, blank=True)
    calendar = models.ForeignKey(
        ExternalCalendar,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="absences",
        verbose_name=_("calendrier extérieur"),
    )
    external_uid = models.CharField(max_length=255, blank=True, editable=False)
    label = models.CharField(_("raison"), max_length=80, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_at", "pk"]
        constraints = [
            *Repeats.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="absence_ends_after_start",
                violation_error_message=_("L’absence doit finir après son début."),
            ),
            models.UniqueConstraint(
                fields=["calendar", "external_uid"],
                condition=Q(calendar__isnull=False),
                name="absence_read_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}, {self.starts_at:%Y-%m-%d}"

    def clean(self) -> None:
        """Refuse what comes back before it is over."""
        if self.recurrence == Recurrence.ONCE or not self.starts_at or not self.ends_at:
            return
        if self.ends_at - self.starts_at > LONGEST_REPEATED:
            raise ValidationError(_("Une absence qui se répète dure au plus une semaine."), code="too_long")

    def in_words(self, school: SchoolCalendar | None = None) -> str:
        """Return when, as one says it: whole days without hours, one day once, or the rule by which it comes back."""
        if self.recurrence == Recurrence.ONCE:
            return stretch(self.starts_at, self.ends_at)
        return rule_in_words(self.repetition, hours(self.starts_at, self.ends_at), school)

    @property
    def repetition(self) -> Repetition:
        """On which days it begins."""
        return self.repetition_from(timezone.localdate(self.starts_at))

    def spans(self, start: dt.datetime, end: dt.datetime, school: SchoolCalendar = UNPUBLISHED) -> list[Span]:
        """Return the instants of each repetition that touch the half-open period, at the same hours by the clock.

        ``school`` is wanted where some absences pause in school holidays; without it they do not pause.
        """
        if self.recurrence == Recurrence.ONCE:
            spans = [(self.starts_at, self.ends_at)]
        else:
            zone = timezone.get_default_timezone()
            first, last = timezone.localtime(self.starts_at, zone), timezone.localtime(self.ends_at, zone)
            nights = last.date() - first.date()
            days = self.repetition.days(timezone.localdate(start, zone) - nights, timezone.localdate(end, zone), school)
            spans = [(instant(day, first.time(), zone), instant(day + nights, last.time(), zone)) for day in days]
        return [span for span in spans if span[0] < min(end, span[1]) and span[1] > start]
