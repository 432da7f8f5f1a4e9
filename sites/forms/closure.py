"""Closures of a place."""

from django import forms

from mediation.kernel.forms import DateInput
from sites.models import Closure


class ClosureForm(forms.ModelForm):
    """Days on which a whole place is shut."""

    class Meta:
        model = Closure
        fields = ("starts_on", "ends_on", "reason")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
