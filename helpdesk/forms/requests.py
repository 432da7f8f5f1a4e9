"""Somebody to call back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.models import Beneficiary, Organisation
from directory.selectors import desk_organisation
from helpdesk.enums import Cause, DayPart
from helpdesk.models import Reason
from mediation.kernel.forms import OptionalChoice, PhoneInput
from mediation.kernel.phones import validate_phone
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Quartier


class HelpRequestForm(forms.Form):
    """Somebody to call back: a person on file, or as much as is known of somebody new."""

    person = forms.ModelChoiceField(
        queryset=Beneficiary.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Nom"), required=False, max_length=80)
    phone_typed = forms.CharField(
        label=_("Téléphone"),
        max_length=40,
        validators=[validate_phone],
        widget=PhoneInput({"autocomplete": "off"}),
        error_messages={"required": _("Il faut un numéro pour rappeler quelqu’un.")},
    )
    cause = forms.ChoiceField(
        label=_("Pourquoi rappeler ?"),
        choices=[(cause.value, cause.label) for cause in (Cause.NO_SLOT, Cause.CALL_BACK, Cause.TURNED_AWAY)],
        widget=forms.RadioSelect,
        initial=Cause.NO_SLOT,
    )
    reason = forms.ModelChoiceField(
        label=_("Motif"), queryset=Reason.objects.none(), to_field_name="uid", required=False, empty_label=_("Inconnu")
    )
    quartier = forms.ModelChoiceField(
        label=_("Quartier"), queryset=Quartier.objects.defer("outline"), required=False, empty_label=_("Inconnu")
    )
    best_time = OptionalChoice(label=_("Quand appeler ?"), choices=DayPart.choices, none_label=_("Peu importe"))
    note = forms.CharField(label=_("Précision"), required=False, max_length=300, validators=[refuse_nir])
    organisation = forms.ModelChoiceField(
        label=_("Qui rappelle ?"),
        queryset=Organisation.objects.active(),
        empty_label=None,
        help_text=_("Une autre structure verra le nom et le numéro ; vous verrez ce que devient la demande."),
    )

    def __init__(self, *args: Any, user: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["reason"].queryset = Reason.objects.bookable_by(user)
        self.fields["organisation"].initial = desk_organisation(user)
        if person := self.known_person:
            # What is on file is not asked again.
            on_file = ("first_name", "last_name", "phone_typed") if person.phone else ("first_name", "last_name")
            for name in on_file:
                del self.fields[name]

    @property
    def known_person(self) -> Beneficiary | None:
        """The person on file that the page is about."""
        try:
            return self.fields["person"].clean(self["person"].value())
        except ValidationError:
            return None

    def what(self) -> dict[str, Any]:
        """Return what ``ask_for_somebody`` takes."""
        return self.cleaned_data

    def refuse(self, error: ValidationError) -> None:
        """Show why a service refused, beside the field it speaks of where the page has it."""
        for name, problems in getattr(error, "error_dict", {None: error.error_list}).items():
            self.add_error(name if name in self.fields else None, problems)
