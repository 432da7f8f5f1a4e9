"""The people who are helped. Nobody owns them: organisations have links to them."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Channel, Gender, Language, ReceptionNeed, Status, Title
from directory.models.organisation import Organisation
from directory.querysets import BeneficiaryLinkQuerySet, BeneficiaryQuerySet, MergeQuerySet
from mediation.kernel import formats
from mediation.kernel.models import Identified
from mediation.kernel.phones import to_e164, validate_phone
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Commune, Quartier

OLDEST_BIRTH_YEAR = 1900
ERASED = _("Cette fiche a été effacée, sa durée de conservation est passée. Ouvrez-en une nouvelle.")


class Beneficiary(Identified):
    """Somebody who is helped or asks for help. No field is required by itself; one of four says who they are.

    ``phone_typed`` is what was typed, ``phone`` the same in E.164 (empty where it cannot be one); a family or a
    hostel shares one number. ``search_name`` is the name without accents, kept by ``save``.
    """

    title = models.CharField(_("civilité"), max_length=2, choices=Title.choices, blank=True)
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80, blank=True)
    search_name = models.CharField(max_length=170, blank=True, editable=False, db_index=True)
    # Offices are tempted to number people by their NIR, which the law reserves.
    reference = models.CharField(_("référence de dossier"), max_length=40, blank=True, validators=[refuse_nir])
    phone_typed = models.CharField(_("téléphone"), max_length=40, blank=True, validators=[validate_phone])
    phone = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    postal_address = models.TextField(
        _("adresse postale"), blank=True, help_text=_("Seulement pour recevoir des lettres.")
    )
    birth_year = models.PositiveSmallIntegerField(
        _("année de naissance"),
        null=True,
        blank=True,
        validators=[MinValueValidator(OLDEST_BIRTH_YEAR), MaxValueValidator(2100)],
    )
    gender = models.CharField(_("genre"), max_length=10, choices=Gender.choices, default=Gender.UNKNOWN)
    status = models.CharField(_("statut"), max_length=12, choices=Status.choices, default=Status.UNKNOWN)
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    quartier = models.ForeignKey(
        Quartier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("quartier")
    )
    language = models.CharField(_("langue"), max_length=9, choices=Language.choices, default=Language.FR)
    preferred_channel = models.CharField(
        _("comment nous joindre"), max_length=8, choices=Channel.choices, blank=True, help_text=_("Vide : au mieux.")
    )
    reception_needs = models.JSONField(_("besoins d’accueil"), default=list, blank=True)
    created_at = models.DateTimeField(_("enregistré le"), auto_now_add=True)
    # The file that goes on where this one was a duplicate: nothing is added to this one any more.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="duplicates", verbose_name=_("fusionné avec")
    )

    # The term was over: nobody is left in this file, figures still count it.
    erased_at = models.DateTimeField(_("effacé le"), null=True, editable=False)

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("bénéficiaire")
        verbose_name_plural = _("bénéficiaires")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_name="")
                | ~Q(last_name="")
                | ~Q(phone_typed="")
                | ~Q(reference="")
                | Q(erased_at__isnull=False),
                name="beneficiary_is_somebody",
                violation_error_message=_("Donnez au moins un prénom, un nom, un téléphone ou une référence."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    first_name="",
                    last_name="",
                    search_name="",
                    reference="",
                    phone_typed="",
                    phone="",
                    email="",
                    postal_address="",
                    birth_year__isnull=True,
                ),
                name="beneficiary_erased_is_nobody",
                violation_error_message=ERASED,
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the searchable name and the E.164 number beside what was typed."""
        self.phone = to_e164(self.phone_typed)
        self.search_name = formats.searchable(f"{self.first_name} {self.last_name}")
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """The name to read out, or how to find one: "nom à demander" where only a number is known."""
        if self.erased_at:
            return str(_("personne effacée"))
        return f"{self.first_name} {self.last_name}".strip() or str(_("nom à demander"))

    @property
    def received_in(self) -> str:
        """The language in which to receive them: signs, where they need them, before the language they speak."""
        return Language.LSF if ReceptionNeed.SIGN_LANGUAGE in self.reception_needs else self.language


class BeneficiaryLink(models.Model):
    """An organisation that has helped somebody, and what was agreed between them."""

    beneficiary = models.ForeignKey(Beneficiary, models.CASCADE, related_name="links", verbose_name=_("bénéficiaire"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="links", verbose_name=_("structure"))
    since = models.DateField(_("depuis le"))
    last_contact_on = models.DateField(_("dernier contact le"))
    shares_history = models.BooleanField(_("accepte que les autres structures voient son suivi"), default=False)

    objects = BeneficiaryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("suivi par une structure")
        verbose_name_plural = _("suivis par une structure")
        ordering = ["beneficiary", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiary", "organisation"],
                name="beneficiary_link_unique",
                violation_error_message=_("Cette structure suit déjà cette personne."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beneficiary} · {self.organisation}"


class Merge(Identified):
    """Two files of one person made one; undoable for 30 days.

    ``moved`` says which rows went from the duplicate to the kept file, by model and key, and ``before`` what the
    kept file and its links said, so that undoing brings both back as they were.
    """

    kept = models.ForeignKey(Beneficiary, models.CASCADE, related_name="merges", verbose_name=_("dossier gardé"))
    duplicate = models.ForeignKey(Beneficiary, models.CASCADE, related_name="merged", verbose_name=_("doublon"))
    moved = models.JSONField(_("rattachements déplacés"), default=dict)
    before = models.JSONField(_("état d’avant"), default=dict)
    merged_at = models.DateTimeField(_("fusionnés le"), default=timezone.now)
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )
    undone_at = models.DateTimeField(_("séparés le"), null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fusion de dossiers")
        verbose_name_plural = _("fusions de dossiers")
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("duplicate")), name="merge_of_two_files"),
            models.UniqueConstraint(
                fields=["duplicate"], condition=Q(undone_at__isnull=True), name="merge_once_per_duplicate"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.kept}"
