"""The period that a reader asks for."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.kernel.forms import DayField, FilterForm
from reports.enums import Preset
from reports.periods import Period, preset_period

LONGEST = dt.timedelta(days=5 * 366)


class PeriodForm(FilterForm):
    """A preset, or two free dates. Last month where nothing readable is asked."""

    preset = forms.ChoiceField(label=_("période"), choices=Preset.choices, required=False, widget=forms.HiddenInput)
    first_day = DayField(label=_("Du"), required=False)
    last_day = DayField(label=_("Au"), required=False)

    def clean(self) -> dict[str, Any]:
        """Check free dates: both, in order, five years at most."""
        data = super().clean()
        if data.get("preset") != Preset.FREE:
            return data
        first, last = data.get("first_day"), data.get("last_day")
        if not self.errors and not (first and last):
            raise forms.ValidationError(_("Indiquez le premier et le dernier jour."))
        if first and last and last < first:
            raise forms.ValidationError(_("Le dernier jour doit être après le premier."))
        if first and last and last - first > LONGEST:
            raise forms.ValidationError(_("Choisissez cinq ans au plus."))
        return data

    def period(self) -> Period:
        """Return the period to report on."""
        asked = self.cleaned_data.get("preset") if self.is_valid() else Preset.LAST_MONTH
        if asked == Preset.FREE:
            return Period(self.cleaned_data["first_day"], self.cleaned_data["last_day"])
        return preset_period(asked or Preset.LAST_MONTH, timezone.localdate())

    @property
    def preset_shown(self) -> str:
        """The preset that means the period shown, whichever way it was asked for."""
        period, today = self.period(), timezone.localdate()
        same = (preset for preset in Preset if preset != Preset.FREE and preset_period(preset, today) == period)
        return next(same, Preset.FREE)
