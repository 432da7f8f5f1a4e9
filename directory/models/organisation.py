"""Organisations and what their people may do."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.enums import NETWORK_WIDE_ROLES, OrganisationKind, Reminders, Role, Side, Source
from directory.querysets import OrganisationQuerySet
from mediation.kernel.models import Identified


class Organisation(Identified):
    """A body that employs mediators: a municipal service, the CCAS (one of its own), or a partner."""

    name = models.CharField(_("nom"), max_length=120, unique=True)
    kind = models.CharField(_("nature"), max_length=20, choices=OrganisationKind.choices)
    side = models.CharField(_("appartenance"), max_length=10, choices=Side.choices)
    siret = models.CharField(_("SIRET ou RNA"), max_length=14, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    dpo_contact = models.CharField(_("contact pour la protection des données"), max_length=200, blank=True)
    default_source = models.CharField(
        _("où l’activité est déclarée"), max_length=10, choices=Source.choices, default=Source.HERE
    )
    # Months after the last contact: CNIL's recommendation for social support is two years.
    retention_months = models.PositiveSmallIntegerField(
        _("durée de conservation (mois)"), default=24, validators=[MinValueValidator(1)]
    )
    reminders = models.CharField(_("rappels"), max_length=6, choices=Reminders.choices, default=Reminders.BOTH)
    # Parts, as operators bill them; an alert comes at four fifths.
    sms_parts_per_month = models.PositiveIntegerField(
        _("SMS par mois, au plus"), null=True, blank=True, help_text=_("Vide : sans plafond.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_fictional = models.BooleanField(_("donnée de démonstration"), default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role that somebody has in one organisation, or (coordinators, administrators) in the whole network."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("compte")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("structure"),
        help_text=_("Vide : tout le réseau."),
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("rôle")
        verbose_name_plural = _("rôles")
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="membership_unique",
                violation_error_message=_("Cette personne a déjà ce rôle."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(organisation__isnull=True),
                name="membership_network_unique",
                violation_error_message=_("Cette personne a déjà ce rôle."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(role__in=NETWORK_WIDE_ROLES),
                name="membership_network_wide_roles",
                violation_error_message=_("Ce rôle se donne dans une structure précise."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
