"""Accounts and what they may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import NETWORK_WIDE_ROLES, Role
from directory.models import Organisation


class RoleForm(forms.Form):
    """A role in an organisation, or in the whole network for those that may have it."""

    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    organisation = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=_("Tout le réseau : seulement pour la coordination et l’administration."),
    )

    def __init__(self, *args: Any, organisations: Any, network_wide: bool, **kwargs: Any) -> None:
        """Offer the ``organisations`` that the administrator sets up, and the whole network where they do."""
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations
        if network_wide:
            field.empty_label = _("Tout le réseau")
        else:
            field.required, field.help_text = True, ""

    def clean(self) -> dict[str, Any]:
        """Refuse a role that makes sense in one organisation only."""
        cleaned = super().clean()
        if not cleaned.get("organisation") and cleaned.get("role") not in NETWORK_WIDE_ROLES:
            self.add_error("organisation", _("Ce rôle se donne dans une structure précise : choisissez-la."))
        return cleaned


class InvitationForm(RoleForm):
    """Who is invited, and to do what."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    email = forms.EmailField(
        label=_("Adresse e-mail"), help_text=_("La personne y reçoit un message pour choisir son mot de passe.")
    )

    field_order = ("first_name", "last_name", "email", "role", "organisation")
