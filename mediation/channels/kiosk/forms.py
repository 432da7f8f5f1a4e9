"""What is touched on the kiosk, and what administrators say of kiosks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Role
from helpdesk.models import Reason
from mediation.channels.models import KioskDevice
from mediation.kernel.forms import PhoneInput
from mediation.kernel.phones import validate_phone
from sites.models import Site


class ChoiceForm(forms.Form):
    """What was chosen so far, read from the address of the screen."""

    need = forms.ModelChoiceField(Reason.objects.self_service(), to_field_name="uid")
    nearby = forms.BooleanField(required=False)
    skip = forms.IntegerField(required=False, min_value=0, max_value=200)


class PhoneForm(forms.Form):
    """A number, for whoever wishes to be reminded."""

    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        required=False,
        max_length=20,
        validators=[validate_phone],
        widget=PhoneInput({"autocomplete": "off", "data-keypad-target": ""}),
    )


class CallBackForm(PhoneForm):
    """A number to call: without one nobody can be called back."""

    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=20,
        validators=[validate_phone],
        widget=PhoneInput({"autocomplete": "off", "data-keypad-target": ""}),
        error_messages={"required": _("Tapez votre numéro, ou touchez « Recommencer ».")},
    )


class PairingForm(forms.Form):
    """The code that an administrator reads out."""

    code = forms.CharField(
        label=_("Code de la borne"),
        max_length=20,
        help_text=_("Huit chiffres, donnés par l’administration du réseau."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "data-keypad-target": ""}),
        error_messages={"required": _("Écrivez les huit chiffres du code.")},
    )


class DeviceForm(forms.ModelForm):
    """A new kiosk, at one of the places that the user sets up."""

    class Meta:
        model = KioskDevice
        fields = ["site", "name"]
        help_texts = {"name": _("Pour la reconnaître, par exemple « Borne de l’entrée ».")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.order_by("name")
        if not rules.is_network_administrator(user):
            sites = sites.filter(organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))
        self.fields["site"].queryset = sites


class NameForm(forms.ModelForm):
    """Another name for a kiosk."""

    class Meta:
        model = KioskDevice
        fields = ["name"]
