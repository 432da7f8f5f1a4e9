"""Public computers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mediation.kernel.forms import MultiChoice
from sites.enums import Equipment, WorkstationState
from sites.models import Workstation

MOST_AT_ONCE = 30


class NewWorkstationsForm(forms.Form):
    """Several computers alike, named one after the other."""

    number = forms.IntegerField(label=_("Combien de postes"), min_value=1, max_value=MOST_AT_ONCE, initial=1)
    equipment = MultiChoice(label=_("Équipement"), choices=Equipment.choices, required=False)


class WorkstationForm(forms.ModelForm):
    """What one computer is called and equipped with."""

    equipment = MultiChoice(label=_("Équipement"), choices=Equipment.choices, required=False)

    class Meta:
        model = Workstation
        fields = ("label", "equipment", "note")

    def _get_validation_exclusions(self) -> set[str]:
        # Names are unique in a place, which is no field of this form: Django would not look otherwise.
        return super()._get_validation_exclusions() - {"site"}


class StateForm(forms.Form):
    """One tap."""

    state = forms.TypedChoiceField(choices=WorkstationState.choices, coerce=WorkstationState)
