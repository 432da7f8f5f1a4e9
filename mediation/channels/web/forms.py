"""What residents answer."""

import datetime as dt
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from helpdesk.enums import DayPart
from helpdesk.models import Reason
from mediation.kernel.forms import DayField, DecoyForm, PhoneInput, SearchInput
from mediation.kernel.phones import validate_phone
from mediation.kernel.references import read_secret
from mediation.privacy.validators import refuse_nir
from mediation.territory.selectors import Spot, spot_of, spot_within
from sites.models import Site


class AnswersForm(forms.Form):
    """The answers given so far, read from the address of the page: none of them says who asks.

    An answer that no longer exists is no answer: the question is asked again.
    """

    need = forms.ModelChoiceField(Reason.objects.self_service(), to_field_name="uid", required=False)
    place = forms.ModelChoiceField(Site.objects.published(), to_field_name="uid", required=False)
    near = forms.CharField(label=_("Votre quartier ou votre code postal"), required=False, max_length=120)
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
    def typed(self) -> str:
        """What was typed of where one is."""
        return self.cleaned_data.get("near", "")

    @cached_property
    def spot(self) -> Spot | None:
        """Around where: the quartier or the postcode of what was typed, and never more precisely."""
        return (spot_of(self.typed) or spot_within(self.typed)) if self.typed else None

    @property
    def here(self) -> tuple[float, float] | None:
        """The point from which distances are counted."""
        return (self.spot.latitude, self.spot.longitude) if self.spot else None

    @property
    def near_text(self) -> str:
        """The quartier or the postcode as addresses name it: a street that was typed gets into none."""
        if self.spot is None:
            return ""
        return self.spot.quartier.short_name if self.spot.quartier else self.spot.label.partition(" ")[0]

    @property
    def query(self) -> str:
        """What for and around where, as the next address repeats it."""
        said = {"need": self.need_text, "near": self.near_text}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def first_day(self) -> dt.date | None:
        """From which day on."""
        return self.cleaned_data.get("after")


class WhoForm(DecoyForm):
    """Who comes. A first name is enough to be called when it is one's turn."""

    first_name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        error_messages={"required": _("Écrivez votre prénom : la personne qui vous reçoit vous appellera ainsi.")},
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

    def person(self) -> dict[str, str]:
        """Return who comes, as services take it, in the language of the page."""
        names = ("first_name", "last_name", "phone")
        return {**{name: self.cleaned_data[name] for name in names}, "language": get_language() or ""}


class RegistrationForm(WhoForm):
    """Who comes to a workshop, and whether they would wait for a seat."""

    waits = forms.BooleanField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)


NOT_A_SECRET = _("Écrivez les quatre chiffres du code, ou votre numéro de téléphone.")


class FindForm(forms.Form):
    """What is written on the card."""

    reference = forms.CharField(
        label=_("Votre référence"),
        help_text=_("Huit chiffres, par exemple 48 21 07 33. Elle est sur votre carte ou dans notre message."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Écrivez les huit chiffres de votre référence.")},
    )
    secret = forms.CharField(
        label=_("Votre code ou votre numéro de téléphone"),
        help_text=_(
            "Les quatre chiffres à côté de la référence, ou votre numéro, entier ou ses quatre derniers chiffres."
        ),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": NOT_A_SECRET},
    )

    def clean_reference(self) -> str:
        """Refuse at once what cannot be a reference."""
        digits = "".join(character for character in self.cleaned_data["reference"] if character in "0123456789")
        if len(digits) != 8:
            raise ValidationError(_("Une référence a huit chiffres."), code="reference")
        return digits

    def clean_secret(self) -> str:
        """Refuse at once what cannot be a code or a number: a slip of the finger is no attempt."""
        if secret := read_secret(self.cleaned_data["secret"]):
            return secret
        raise ValidationError(NOT_A_SECRET, code="secret")


class DemarcheSearchForm(forms.Form):
    """A démarche in one's own words."""

    text = forms.CharField(label=_("Quelle démarche ?"), required=False, max_length=80, widget=SearchInput)


class CallBackAnswersForm(forms.Form):
    """What for and when, read from the address of the page: nothing there says who asks."""

    need = forms.ModelChoiceField(Reason.objects.self_service(), to_field_name="uid", required=False)
    when = forms.ChoiceField(choices=DayPart.choices, required=False)
    # Nothing suited: where one comes from booking.
    no_slot = forms.BooleanField(required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def reason(self) -> Reason | None:
        """What for."""
        return self.cleaned_data.get("need")

    @property
    def best_time(self) -> str:
        """When to call."""
        return self.cleaned_data.get("when", "")

    @property
    def query(self) -> str:
        """The answers as the next page's address repeats them."""
        said = {"need": self.reason.uid if self.reason else "", "when": self.best_time}
        said["no_slot"] = "1" if self.cleaned_data.get("no_slot") else ""
        return urlencode({name: value for name, value in said.items() if value})


class CallBackForm(DecoyForm):
    """Whom to call back: a number, or another way. The rest helps and is left out by whoever prefers."""

    phone = forms.CharField(
        label=_("À quel numéro vous appeler ?"),
        max_length=40,
        required=False,
        validators=[validate_phone],
        widget=PhoneInput,
        help_text=_("Mobile ou fixe. Nous ne l’utilisons que pour vous rappeler et pour votre suivi."),
    )
    otherwise = forms.CharField(
        label=_("Comment vous joindre autrement ?"),
        max_length=120,
        required=False,
        validators=[refuse_nir],
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Une adresse e-mail, ou le numéro de quelqu’un de votre entourage et son nom."),
    )
    first_name = forms.CharField(
        label=_("Votre prénom ou votre nom"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    note = forms.CharField(
        label=_("Quelques mots sur votre besoin"),
        max_length=160,
        required=False,
        validators=[refuse_nir],
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Ni mot de passe, ni numéro de sécurité sociale."),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        said = super().clean() or {}
        if "phone" in said and not said["phone"] and not said.get("otherwise") and "otherwise" not in self.errors:
            self.add_error("phone", _("Écrivez un numéro, ou dites comment vous joindre autrement."))
        return said

    def what(self) -> dict[str, Any]:
        """Return what ``ask_to_be_called_back`` takes, with the language of the page."""
        names = ("phone", "otherwise", "first_name", "note")
        said = {name: self.cleaned_data[name] for name in names}
        return {**said, "request_key": self.cleaned_data["key"], "language": get_language() or ""}
