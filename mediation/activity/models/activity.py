"""The activity log (cahier d'activité): what was done once, and each person it helped."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.enums import AgeBand, Gender, Source, Status
from directory.models import Beneficiary, Mediator, Organisation
from mediation.activity.enums import (
    ActivityKind,
    Autonomy,
    DemarcheTheme,
    Obstacle,
    Outcome,
    PlaceKind,
    ReferredTo,
    Theme,
    WorkshopLevel,
)
from mediation.activity.models.demarche import Demarche
from mediation.activity.querysets import ActivityQuerySet, AssistanceQuerySet
from mediation.kernel.models import Identified
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Commune, Quartier
from sites.models import Site

LONGEST_MINUTES = 23 * 60 + 59


class Activity(Identified):
    """One individual help or one workshop, logged (CRA). A workshop with ten people present is one activity.

    ``organisation`` is the mediator's on that day. ``external_id`` is the ID CRA of an import, unique per source and
    organisation, so that the same file twice changes nothing. ``times`` is 1 but for the totals of a month, where one
    row stands for that many activities alike: count activities with ``ActivityQuerySet.number``, not with rows.
    """

    kind = models.CharField(_("type"), max_length=10, choices=ActivityKind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="activities", verbose_name=_("structure")
    )
    # Empty for an import that does not say who: figures of an organisation need no name.
    mediator = models.ForeignKey(
        Mediator, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("médiateur")
    )
    day = models.DateField(_("date"), db_index=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("durée (minutes)"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)]
    )
    times = models.PositiveSmallIntegerField(_("nombre d’activités"), default=1, editable=False)
    place_kind = models.CharField(_("canal"), max_length=10, choices=PlaceKind.choices, default=PlaceKind.SITE)
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("lieu")
    )
    place_name = models.CharField(_("autre lieu"), max_length=200, blank=True)
    title = models.CharField(_("nom de l’atelier"), max_length=120, blank=True)
    devices = models.JSONField(_("matériel"), default=list, blank=True)
    autonomy = models.CharField(_("autonomie"), max_length=10, choices=Autonomy.choices, blank=True)
    level = models.CharField(_("niveau"), max_length=12, choices=WorkshopLevel.choices, blank=True)
    outcome = models.CharField(_("résultat"), max_length=12, choices=Outcome.choices, blank=True)
    next_time_alone = models.BooleanField(
        _("La prochaine fois, pourrez-vous le faire sans aide ?"), null=True, blank=True
    )
    referred_to = models.CharField(_("orientation"), max_length=16, choices=ReferredTo.choices, blank=True)
    demarches = models.ManyToManyField(Demarche, blank=True, related_name="activities", verbose_name=_("démarches"))
    # What an import names outside the catalogue; here people choose from it.
    demarche_name = models.CharField(_("démarche, autre"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True, validators=[refuse_nir])
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.HERE)
    external_id = models.CharField(_("ID CRA"), max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("saisi par")
    )
    recorded_at = models.DateTimeField(_("saisi le"), auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activité")
        verbose_name_plural = _("activités")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["organisation", "day"], name="activity_organisation_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "external_id"],
                condition=~Q(external_id=""),
                name="activity_external_unique",
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__range=(1, LONGEST_MINUTES)),
                name="activity_duration",
                violation_error_message=_("La durée va d’une minute à 23 h 59."),
            ),
            models.CheckConstraint(
                condition=Q(times=1) | Q(times__gt=1, source=Source.MONTHLY),
                name="activity_times",
                violation_error_message=_("Seul un total mensuel compte plusieurs activités."),
            ),
            models.CheckConstraint(
                condition=~Q(place_kind=PlaceKind.SITE) | Q(site__isnull=False) | ~Q(place_name=""),
                name="activity_names_its_place",
                violation_error_message=_("Dites dans quel lieu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day}"

    @property
    def place_in_words(self) -> str:
        """The name of the place, or what kind of place it was."""
        return self.site.name if self.site else self.place_name or str(self.get_place_kind_display())


class ActivityTheme(models.Model):
    """One theme of an activity: of mediation, or of a démarche."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="themes", verbose_name=_("activité"))
    theme = models.CharField(_("thème"), max_length=20, choices=[*Theme.choices, *DemarcheTheme.choices])

    class Meta:
        verbose_name = _("thème d’une activité")
        verbose_name_plural = _("thèmes d’une activité")
        ordering = ["activity", "theme"]
        constraints = [models.UniqueConstraint(fields=["activity", "theme"], name="activity_theme_unique")]

    def __str__(self) -> str:
        return self.get_theme_display()


class ActivityObstacle(models.Model):
    """One reason why the people of an activity could not do it alone (frein)."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="obstacles", verbose_name=_("activité"))
    obstacle = models.CharField(_("frein"), max_length=12, choices=Obstacle.choices)

    class Meta:
        verbose_name = _("frein rencontré")
        verbose_name_plural = _("freins rencontrés")
        ordering = ["activity", "obstacle"]
        constraints = [models.UniqueConstraint(fields=["activity", "obstacle"], name="activity_obstacle_unique")]

    def __str__(self) -> str:
        return self.get_obstacle_display()


class Assistance(models.Model):
    """One person helped in an activity, or an anonymous count of people alike; never invented people.

    The figures about the person are those of that day and stay when the person's file is erased.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="assistances", verbose_name=_("activité"))
    beneficiary = models.ForeignKey(
        Beneficiary,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assistances",
        verbose_name=_("bénéficiaire"),
    )
    people = models.PositiveSmallIntegerField(_("nombre de personnes"), default=1)
    age_band = models.CharField(_("tranche d’âge"), max_length=10, choices=AgeBand.choices, default=AgeBand.UNKNOWN)
    gender = models.CharField(_("genre"), max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    status = models.CharField(_("statut"), max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    quartier = models.ForeignKey(
        Quartier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("quartier")
    )

    objects = AssistanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("accompagnement")
        verbose_name_plural = _("accompagnements")
        ordering = ["activity", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1) & (Q(beneficiary__isnull=True) | Q(people=1)),
                name="assistance_people",
                violation_error_message=_("Une personne connue compte pour une."),
            ),
            models.UniqueConstraint(
                fields=["activity", "beneficiary"],
                condition=Q(beneficiary__isnull=False),
                name="assistance_person_once",
                violation_error_message=_("Cette personne est déjà dans l’activité."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.people} × {self.activity}"
