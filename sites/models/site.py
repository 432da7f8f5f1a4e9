"""A place, with the 32 fields of the national standard and what this network adds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator, Organisation
from mediation.kernel.gsm7 import ONE_LINE_PATTERN
from mediation.kernel.models import Identified
from mediation.territory.models import Quartier
from sites.querysets import SiteQuerySet

SHORT_NAME_LENGTH = 48

models.CharField.register_lookup(Length)


def _labels(verbose_name: str) -> models.JSONField:
    """A list of labels of the national standard, in the order they came."""
    return models.JSONField(verbose_name, default=list, blank=True)


class Site(Identified):
    """A place where residents find a computer or somebody who helps.

    The first block holds the national standard "lieux de médiation numérique" v1.0.2, field by field and in its
    order (the French name stands beside each where it differs); several values are lists of the standard's labels.
    """

    national_id = models.CharField(_("identifiant national"), max_length=120, unique=True)  # id
    pivot = models.CharField(_("SIRET ou RNA"), max_length=14, default="00000000000000")
    name = models.CharField(_("nom"), max_length=200)  # nom
    commune_name = models.CharField(_("commune"), max_length=80)  # commune
    postcode = models.CharField(_("code postal"), max_length=5)  # code_postal
    insee_code = models.CharField(_("code INSEE"), max_length=5, blank=True)  # code_insee
    address = models.CharField(_("adresse"), max_length=200)  # adresse
    address_extra = models.CharField(_("complément d’adresse"), max_length=200, blank=True)  # complement_adresse
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    typologies = _labels(_("typologie"))  # typologie
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)  # telephone, E.164
    emails = _labels(_("adresses e-mail"))  # courriels
    websites = _labels(_("sites web"))  # site_web
    opening_hours = models.TextField(
        _("horaires"), blank=True, help_text=_("Au format OpenStreetMap : Mo-Fr 09:00-12:00,14:00-17:00.")
    )  # horaires
    summary = models.CharField(_("présentation courte"), max_length=280, blank=True)  # presentation_resume
    detail = models.TextField(_("présentation"), blank=True)  # presentation_detail
    source = models.CharField(_("source"), max_length=120, blank=True)
    mobility = _labels(_("itinérance"))  # itinerance
    parent_structure = models.CharField(_("structure parente"), max_length=200, blank=True)  # structure_parente
    updated_on = models.DateField(_("mis à jour le"), default=timezone.localdate)  # date_maj
    services = _labels(_("services"))
    audiences = _labels(_("publics"))  # publics_specifiquement_adresses
    specific_care = _labels(_("prise en charge spécifique"))  # prise_en_charge_specifique
    fees = _labels(_("frais à charge"))  # frais_a_charge
    programmes = _labels(_("dispositifs nationaux"))  # dispositif_programmes_nationaux
    training_labels = _labels(_("formations et labels"))  # formations_labels
    other_labels = _labels(_("autres formations et labels"))  # autres_formations_labels
    access_modes = _labels(_("modalités d’accès"))  # modalites_acces
    support_modes = _labels(_("modalités d’accompagnement"))  # modalites_accompagnement
    accessibility_url = models.URLField(_("fiche Acceslibre"), blank=True, max_length=300)  # fiche_acces_libre
    booking_url = models.URLField(_("prise de rendez-vous ailleurs"), blank=True, max_length=300)  # prise_rdv

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("structure"),
    )
    mediators = models.ManyToManyField(
        Mediator, blank=True, related_name="sites", verbose_name=_("médiateurs qui y reçoivent")
    )
    quartier = models.ForeignKey(
        Quartier, models.SET_NULL, null=True, blank=True, related_name="sites", verbose_name=_("quartier")
    )
    short_name = models.CharField(
        _("nom dans les messages"), max_length=SHORT_NAME_LENGTH, blank=True, help_text=_("48 caractères au plus.")
    )
    locative = models.CharField(
        _("nom dans une phrase"), max_length=80, blank=True, help_text=_("Par exemple : à la médiathèque Empalot.")
    )
    step_free = models.BooleanField(_("accessible en fauteuil"), null=True, blank=True)
    how_to_come = models.TextField(_("comment venir"), blank=True)
    session_minutes = models.PositiveSmallIntegerField(
        _("durée d’une séance sur un poste (minutes)"),
        default=45,
        validators=[MinValueValidator(15), MaxValueValidator(240)],
    )
    # Nobody signs in to reserve: what a place keeps for those who come without reserving is what it can limit.
    daily_reservations = models.PositiveSmallIntegerField(
        _("réservations de postes par jour, au plus"),
        default=20,
        help_text=_("Par le public, à l’avance. Zéro : on n’y réserve pas, on prend un poste libre sur place."),
    )
    is_published = models.BooleanField(_("visible du public"), default=True)
    is_fictional = models.BooleanField(_("contient des données de démonstration"), default=False, editable=False)
    # What somebody here corrected: an import no longer changes it.
    edited_fields = models.JSONField(_("champs corrigés ici"), default=list, blank=True, editable=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("lieu")
        verbose_name_plural = _("lieux")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(short_name__regex=ONE_LINE_PATTERN) & Q(short_name__length__lte=SHORT_NAME_LENGTH),
                name="site_short_name_fits_sms",
                violation_error_message=_(
                    "Le nom dans les messages tient en 48 caractères simples, sans ç, ê ni guillemets."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # Without these two, half a point is neither true nor false, and SQL lets it pass.
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="site_coordinates",
                violation_error_message=_("La latitude et la longitude vont ensemble, en degrés."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the sheet that agents read."""
        return reverse("sites:sheet", args=[self.uid])

    @property
    def full_address(self) -> str:
        """The name and the address in one line, as a calendar shows it and a map finds it."""
        return f"{self.name}, {self.address}, {self.postcode} {self.commune_name}"

    @property
    def place_in_messages(self) -> str:
        """The name that fits an SMS."""
        return self.short_name or self.name[:SHORT_NAME_LENGTH]
