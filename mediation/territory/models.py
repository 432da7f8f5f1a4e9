"""The ground that the network covers: communes, quartiers and their population."""

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class Commune(models.Model):
    """A French commune, by its INSEE code. Several may share one postcode, and one may have several."""

    insee_code = models.CharField(_("code INSEE"), max_length=5, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    postcodes = models.JSONField(_("codes postaux"), default=list)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["name", "insee_code"]

    def __str__(self) -> str:
        return self.name


class Quartier(models.Model):
    """A quartier of the city, with its outline (GeoJSON geometry, WGS 84) and its population (source: SOURCES.md)."""

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="quartiers", verbose_name=_("commune"))
    number = models.PositiveSmallIntegerField(_("numéro"))
    name = models.CharField(_("nom"), max_length=120)
    short_name = models.CharField(_("nom court"), max_length=40)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_65 = models.PositiveIntegerField(_("population de 65 ans et plus"), null=True, blank=True)
    outline = models.JSONField(_("contour"))

    class Meta:
        verbose_name = _("quartier")
        verbose_name_plural = _("quartiers")
        ordering = ["commune", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "number"],
                name="quartier_number_unique",
                violation_error_message=_("Ce numéro de quartier existe déjà dans la commune."),
            )
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def slug(self) -> str:
        """The name in the address of its page."""
        return slugify(self.short_name)


class SchoolHoliday(models.Model):
    """Days without class in the city's zone, last day included. A year without rows is unknown, not free of them."""

    label = models.CharField(_("nom"), max_length=80)
    starts_on = models.DateField(_("premier jour"), unique=True)
    ends_on = models.DateField(_("dernier jour"))

    class Meta:
        verbose_name = _("vacances scolaires")
        verbose_name_plural = _("vacances scolaires")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="school_holiday_ends_after_start",
                violation_error_message=_("Les vacances doivent finir après leur début."),
            )
        ]

    def __str__(self) -> str:
        return self.label
