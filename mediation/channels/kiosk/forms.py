"""What is touched on the kiosk, and what administrators say of kiosks."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Role
from helpdesk.models import Reason
from mediation.channels.models import KioskDevice
from mediation.kernel.forms import PhoneInput
from mediation.kernel.phones import is_mobile, to_e164, validate_phone
from sites.models import Site

KEYPAD = {"autocomplete": "off", "data-keypad-target": ""}


class ChoiceForm(forms.Form):
    """Where one stands in a list that is shown in parts, read from the address of the screen."""

    nearby = forms.BooleanField(required=False)
    skip = forms.IntegerField(required=False, min_value=0, max_value=200)


class TimeForm(ChoiceForm):
    """The same for the times of a need."""

    need = forms.ModelChoiceField(Reason.objects.self_service(), to_field_name="uid")


class OnceForm(forms.Form):
    """What stands in every form that does something: sent twice, it does it once. Each blank form has its ``key``."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def sent_key(self) -> UUID | None:
        """Return the key that came back; None where somebody lost or changed it."""
        return self.cleaned_data["key"] if self.is_valid() else None


class PhoneForm(OnceForm):
    """A number, for whoever wishes to be reminded."""

    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        required=False,
        max_length=20,
        validators=[validate_phone],
        widget=PhoneInput(KEYPAD),
    )


class WorkshopForm(PhoneForm):
    """A number, and whether the person would wait for a seat: then we must be able to call them."""

    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a number where somebody has to be told that a seat is free."""
        said = super().clean() or {}
        if said.get("waits") and "phone" in said and not said["phone"]:
            self.add_error("phone", _("Tapez votre numéro : nous vous appelons dès qu’une place est libre."))
        return said


class CallBackForm(OnceForm):
    """A number to call: without one nobody can be called back."""

    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=20,
        validators=[validate_phone],
        widget=PhoneInput(KEYPAD),
        error_messages={"required": _("Tapez votre numéro, ou touchez « Recommencer ».")},
    )


class MobileForm(forms.Form):
    """A number that receives text messages."""

    phone = forms.CharField(
        label=_("Votre numéro de portable"),
        max_length=20,
        validators=[validate_phone],
        widget=PhoneInput(KEYPAD),
        error_messages={"required": _("Tapez votre numéro, ou touchez « Retour ».")},
    )

    def clean_phone(self) -> str:
        """Refuse a telephone at home: the person would wait for what never comes."""
        e164 = to_e164(self.cleaned_data["phone"])
        if not is_mobile(e164):
            raise ValidationError(_("Il faut un numéro de portable : il commence par 06 ou 07."), code="not_mobile")
        return e164


class ReferenceForm(forms.Form):
    """The eight digits of a card."""

    reference = forms.CharField(
        label=_("Votre référence"),
        max_length=20,
        help_text=_("Huit chiffres, sur votre carte ou dans notre message."),
        widget=forms.TextInput({"inputmode": "numeric", **KEYPAD}),
        error_messages={"required": _("Tapez les huit chiffres de votre référence.")},
    )

    def clean_reference(self) -> str:
        """Refuse at once what cannot be a reference."""
        return _digits(self.cleaned_data["reference"], 8, _("Une référence a huit chiffres."))


class SecretForm(forms.Form):
    """The four digits beside it, or the end of the number."""

    secret = forms.CharField(
        label=_("Votre code"),
        max_length=10,
        help_text=_("Les quatre chiffres de votre carte, ou les quatre derniers de votre téléphone."),
        widget=forms.TextInput({"inputmode": "numeric", **KEYPAD}),
        error_messages={"required": _("Tapez quatre chiffres.")},
    )

    def clean_secret(self) -> str:
        """Refuse at once what cannot be a code."""
        return _digits(self.cleaned_data["secret"], 4, _("Un code a quatre chiffres."))


class HourForm(forms.Form):
    """Towards what hour somebody is expected; nothing where they do not know."""

    hour = forms.TimeField(required=False, input_formats=["%H:%M"])


class PairingForm(forms.Form):
    """The code that an administrator reads out."""

    code = forms.CharField(
        label=_("Code de la borne"),
        max_length=20,
        help_text=_("Huit chiffres, donnés par l’administration du réseau."),
        widget=forms.TextInput({"inputmode": "numeric", **KEYPAD}),
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


def _digits(typed: str, length: int, problem: str) -> str:
    digits = "".join(character for character in typed if character in "0123456789")
    if len(digits) != length:
        raise ValidationError(problem, code="digits")
    return digits
