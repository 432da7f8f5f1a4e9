"""Organisations and their mediators."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Mediator, Organisation
from mediation.accounts.models import User
from mediation.kernel.forms import MultiChoice, PhoneInput
from mediation.kernel.phones import validate_phone


class OrganisationForm(forms.ModelForm):
    """An organisation of the network."""

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "name",
            "kind",
            "side",
            "siret",
            "phone",
            "email",
            "dpo_contact",
            "default_source",
            "reminders",
            "sms_parts_per_month",
            "retention_months",
            "is_active",
        ]
        labels: ClassVar = {
            "name": _("Nom"),
            "kind": _("Nature"),
            "side": _("Appartenance"),
            "phone": _("Téléphone"),
            "email": _("Adresse e-mail"),
            "dpo_contact": _("Contact pour la protection des données"),
            "default_source": _("Où l’activité est déclarée"),
            "reminders": _("Rappels avant un rendez-vous ou un atelier"),
            "sms_parts_per_month": _("SMS par mois, au plus"),
            "retention_months": _("Durée de conservation (mois)"),
            "is_active": _("Fait partie du réseau aujourd’hui"),
        }
        help_texts: ClassVar = {
            "default_source": _("Une seule source compte par médiateur et par période."),
            "reminders": _("Deux rappels évitent le plus de rendez-vous manqués."),
            "sms_parts_per_month": _("Vide : sans plafond. Une alerte s’affiche aux quatre cinquièmes."),
            "retention_months": _("Mois après le dernier contact, avant effacement. La CNIL recommande deux ans."),
        }
        widgets: ClassVar = {"phone": PhoneInput}

    def clean_phone(self) -> str:
        """Refuse what cannot be a number."""
        validate_phone(self.cleaned_data["phone"])
        return self.cleaned_data["phone"]


class MediatorForm(forms.ModelForm):
    """A mediator: who, in which languages, with which skills and which account."""

    languages = MultiChoice(label=_("Langues"), choices=Language.spoken(), required=False)
    skills = forms.CharField(
        label=_("Compétences"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Une par ligne, par exemple : Aidants Connect."),
    )

    class Meta:
        model = Mediator
        fields: ClassVar = ["first_name", "last_name", "languages", "skills", "user", "is_active"]
        labels: ClassVar = {
            "first_name": _("Prénom"),
            "last_name": _("Nom"),
            "user": _("Compte"),
            "is_active": _("Reçoit aujourd’hui"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the accounts of the organisation that no other mediator has."""
        super().__init__(*args, **kwargs)
        self.initial["skills"] = "\n".join(self.instance.skills)
        accounts = User.objects.filter(is_active=True, memberships__organisation=self.instance.organisation)
        free = accounts.filter(mediator=None)
        own = User.objects.filter(pk=self.instance.user_id)
        self.fields["user"].queryset = (free.distinct() | own.distinct()).distinct()
        self.fields["user"].empty_label = _("Aucun compte")

    def clean_skills(self) -> list[str]:
        """Return one skill a line."""
        return [line.strip() for line in self.cleaned_data["skills"].splitlines() if line.strip()]
