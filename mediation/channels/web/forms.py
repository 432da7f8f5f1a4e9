"""What residents answer."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from helpdesk.models import Reason
from mediation.kernel.forms import DayField, PhoneInput, SearchInput
from mediation.kernel.phones import validate_phone
from mediation.territory.models import Quartier
from sites.models import Site


class AnswersForm(forms.Form):
    """The answers given so far, read from the address of the page: none of them says who asks.

    An answer that no longer exists is no answer: the question is asked again.
    """

    need = forms.ModelChoiceField(Reason.objects.self_service(), to_field_name="uid", required=False)
    place = forms.ModelChoiceField(Site.objects.published(), to_field_name="uid", required=False)
    quartier = forms.ModelChoiceField(
        Quartier.objects.defer("outline"),
        label=_("Dans quel quartier ?"),
        empty_label=_("Peu importe"),
        required=False,
    )
    after = DayField(required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def reason(self) -> Reason | None:
        """What for."""
        return self.cleaned_data.get("need")

    @property
    def need_text(self) -> str:
        """The need as addresses name it."""
        return str(self.reason.uid) if self.reason else ""

    @property
    def site(self) -> Site | None:
        """Where."""
        return self.cleaned_data.get("place")

    @property
    def chosen_quartier(self) -> Quartier | None:
        """In which quartier."""
        return self.cleaned_data.get("quartier")

    @property
    def first_day(self) -> dt.date | None:
        """From which day on."""
        return self.cleaned_data.get("after")


class WhoForm(forms.Form):
    """Who comes. A first name is enough to be called when it is one's turn."""

    first_name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez votre prénom : la personne qui vous reçoit vous appellera ainsi.")},
    )
    last_name = forms.CharField(
        label=_("Votre nom"), max_length=80, required=False, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    phone = forms.CharField(
        label=_("Votre numéro de téléphone"),
        max_length=40,
        required=False,
        validators=[validate_phone],
        widget=PhoneInput,
        help_text=_("Pour vous rappeler le rendez-vous la veille. Mobile ou fixe."),
    )


class RegistrationForm(WhoForm):
    """Who comes to a workshop, and whether they would wait for a seat."""

    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)


class FindForm(forms.Form):
    """What is written on the card."""

    reference = forms.CharField(
        label=_("Votre référence"),
        max_length=20,
        help_text=_("Huit chiffres, par exemple 48 21 07 33. Elle est sur votre carte ou dans notre message."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez les huit chiffres de votre référence.")},
    )
    secret = forms.CharField(
        label=_("Votre code"),
        max_length=10,
        help_text=_("Les quatre chiffres à côté de la référence, ou les quatre derniers de votre téléphone."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez quatre chiffres.")},
    )

    def clean_reference(self) -> str:
        """Refuse at once what cannot be a reference."""
        digits = "".join(character for character in self.cleaned_data["reference"] if character in "0123456789")
        if len(digits) != 8:
            raise ValidationError(_("Une référence a huit chiffres."), code="reference")
        return digits


class DemarcheSearchForm(forms.Form):
    """A démarche in one's own words."""

    text = forms.CharField(label=_("Quelle démarche ?"), required=False, max_length=80, widget=SearchInput)
