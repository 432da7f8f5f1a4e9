"""Declare where a mediator reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import Source
from mediation.kernel.forms import DayField


class DeclaredSourceForm(forms.Form):
    """From a day on, and until another where it is known."""

    source = forms.ChoiceField(label=_("Déclare dans"), choices=Source.choices, widget=forms.RadioSelect)
    starts_on = DayField(label=_("À partir du"))
    ends_on = DayField(label=_("Jusqu’au"), required=False, help_text=_("Vide : jusqu’à nouvel ordre."))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        data = super().clean() or {}
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("La période doit finir après son début."))
        return data
