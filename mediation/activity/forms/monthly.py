"""Type the totals of a month."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator, Organisation
from mediation.activity.models.activity import LONGEST_MINUTES
from mediation.activity.selectors import ended_months
from mediation.activity.services import MonthTotals
from mediation.kernel import formats

NUMBERS = ("individual", "admin", "individual_minutes", "workshops", "participants", "workshop_minutes")


def _number(label: Any, *, most: int = 9999, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, initial=0, **kwargs)


def _minutes(label: Any, usual: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST_MINUTES, initial=usual)


class MonthlyForm(forms.Form):
    """Six numbers for one month."""

    organisation = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Organisation.objects.none(),
        to_field_name="uid",
        empty_label=_("Choisir une structure"),
    )
    mediator = forms.ModelChoiceField(
        label=_("Médiateur"),
        queryset=Mediator.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Toute la structure"),
    )
    month = forms.ChoiceField(label=_("Mois"))
    individual = _number(_("Aides individuelles"))
    admin = _number(_("Dont aides aux démarches administratives"))
    individual_minutes = _minutes(_("Durée habituelle d’une aide, en minutes"), 30)
    workshops = _number(_("Ateliers"))
    participants = _number(_("Participants aux ateliers, au total"))
    workshop_minutes = _minutes(_("Durée habituelle d’un atelier, en minutes"), 120)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        if organisations.count() == 1:
            self.fields["organisation"].empty_label = None
        self.fields["mediator"].queryset = Mediator.objects.active().filter(organisation__in=organisations)
        months = ended_months(timezone.localdate())
        self.fields["month"].choices = [
            (f"{one:%Y-%m}", f"{formats.MONTHS[one.month - 1]} {one.year}") for one in months
        ]

    def clean_month(self) -> dt.date:
        """Return the first day of the month."""
        year, month = self.cleaned_data["month"].split("-")
        return dt.date(int(year), int(month), 1)

    def totals(self) -> MonthTotals:
        """Return the numbers as the service takes them."""
        return MonthTotals(**{name: self.cleaned_data[name] for name in NUMBERS})
