"""The file of somebody who is helped."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Channel, ReceptionNeed, Title
from directory.models import Beneficiary, Organisation
from mediation.kernel.forms import MultiChoice, PhoneInput
from mediation.territory.models import Commune

BIRTH_YEAR_REFUSED = _("Écrivez une année entre 1900 et cette année.")


class BeneficiaryForm(forms.ModelForm):
    """Who somebody is and how to reach them: nothing is required by itself, one of four is."""

    organisation = forms.ModelChoiceField(
        label=_("Structure qui suit la personne"), queryset=Organisation.objects.none(), empty_label=None
    )
    reception_needs = MultiChoice(
        label=_("Besoins d’accueil"),
        choices=ReceptionNeed.choices,
        required=False,
        help_text=_("Avec l’accord de la personne, jamais un diagnostic."),
    )
    commune = forms.ModelChoiceField(label=_("Commune"), queryset=Commune.objects.all(), required=False)

    # How the page gathers the fields, in the order of a conversation.
    GROUPS: ClassVar = (
        (_("Qui est-ce ?"), ("organisation", "title", "first_name", "last_name", "birth_year", "reference")),
        (_("Comment la joindre ?"), ("phone_typed", "email", "preferred_channel", "postal_address")),
        (_("Comment l’accueillir ?"), ("language", "reception_needs")),
        (_("Pour les statistiques, si la personne veut bien"), ("gender", "status", "commune", "quartier")),
    )

    class Meta:
        model = Beneficiary
        fields: ClassVar = [
            "title",
            "first_name",
            "last_name",
            "phone_typed",
            "email",
            "preferred_channel",
            "postal_address",
            "language",
            "reception_needs",
            "birth_year",
            "gender",
            "status",
            "commune",
            "quartier",
            "reference",
        ]
        labels: ClassVar = {
            "title": _("Civilité"),
            "first_name": _("Prénom"),
            "last_name": _("Nom"),
            "phone_typed": _("Téléphone"),
            "email": _("Adresse e-mail"),
            "preferred_channel": _("Moyen préféré"),
            "postal_address": _("Adresse postale"),
            "language": _("Langue"),
            "birth_year": _("Année de naissance"),
            "gender": _("Genre"),
            "status": _("Statut"),
            "quartier": _("Quartier"),
            "reference": _("Référence de dossier"),
        }
        help_texts: ClassVar = {
            "phone_typed": _("Comme la personne le dit. Sert à confirmer et à rappeler le rendez-vous."),
        }
        error_messages: ClassVar = {
            "birth_year": dict.fromkeys(("invalid", "min_value", "max_value"), BIRTH_YEAR_REFUSED),
        }
        widgets: ClassVar = {"phone_typed": PhoneInput({"autocomplete": "off"})}

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        """Offer the ``organisations`` of the agent, asked only where there are several."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["title"].choices = [("", _("Non précisée")), *Title.choices]
        self.fields["preferred_channel"].choices = [("", _("Au mieux")), *Channel.choices]
        self.fields["preferred_channel"].help_text = ""
        for name in ("commune", "quartier"):
            self.fields[name].empty_label = _("Non précisé")
        self.fields["language"].required = False
        self.fields["gender"].required = self.fields["status"].required = False
        if self.instance.pk or len(organisations) < 2:
            del self.fields["organisation"]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields that this agent fills, gathered under the question they answer."""
        return [(legend, [self[name] for name in names if name in self.fields]) for legend, names in self.GROUPS]

    def _get_validation_exclusions(self) -> set[str]:
        """Have the rule that a file is somebody's read: it also says that of an erased file, which no form asks."""
        return super()._get_validation_exclusions() - {"erased_at"}

    def clean_birth_year(self) -> int | None:
        """Nobody is born next year."""
        year = self.cleaned_data["birth_year"]
        if year is not None and year > timezone.localdate().year:
            raise forms.ValidationError(BIRTH_YEAR_REFUSED)
        return year

    def clean_language(self) -> str:
        """No answer means French."""
        return self.cleaned_data["language"] or Beneficiary._meta.get_field("language").default

    def clean_gender(self) -> str:
        """No answer is an answer of the nomenclature."""
        return self.cleaned_data["gender"] or Beneficiary._meta.get_field("gender").default

    def clean_status(self) -> str:
        """No answer is an answer of the nomenclature."""
        return self.cleaned_data["status"] or Beneficiary._meta.get_field("status").default

    def file_fields(self) -> dict[str, Any]:
        """Return what was said about the person, without the organisation that asks."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
