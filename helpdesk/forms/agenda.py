"""Whose agenda, and which day."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.models import Appointment
from mediation.kernel.forms import DayField, FilterForm
from sites.models import Site

DAY, WEEK = "jour", "semaine"
VIEWS = ((DAY, _("Jour")), (WEEK, _("Semaine")))


class AgendaForm(FilterForm):
    """Whose agenda, which day. An address that cannot be read falls back on what is usual."""

    qui = forms.ChoiceField(label=_("De qui, ou de quel lieu"), required=False)
    jour = DayField(label=_("Le"), required=False)
    vue = forms.ChoiceField(label=_("Afficher"), choices=VIEWS, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mediators = {f"m-{one.uid}": one for one in Mediator.objects.active().of_colleagues(user)}
        team = list(self.mediators.values())
        self.places = {f"s-{one.uid}": one for one in Site.objects.filter(mediators__in=team).distinct()}
        self.fields["qui"].choices = [
            (_("Médiateurs"), [(key, str(one)) for key, one in self.mediators.items()]),
            (_("Lieux"), [(key, one.name) for key, one in self.places.items()]),
        ]
        mine = next((key for key, one in self.mediators.items() if one.user_id == user.pk), "")
        self.usual = {
            "qui": mine or self._place_of_today() or next(iter([*self.places, *self.mediators]), ""),
            "jour": timezone.localdate(),
            "vue": DAY,
        }
        # What is usual shows in the fields as well, so that they say whose agenda this is.
        self.data, self.is_bound = self.usual | {name: value for name, value in self.data.items() if value}, True
        self.is_valid()

    def _place_of_today(self) -> str:
        """Return the first place where somebody is expected today: an empty page would be a poor beginning."""
        busy = set(Appointment.objects.standing().on(timezone.localdate()).values_list("site", flat=True))
        return next((key for key, place in self.places.items() if place.pk in busy), "")

    def chosen(self, name: str) -> Any:
        """Return what was asked, or what is usual."""
        return getattr(self, "cleaned_data", {}).get(name) or self.usual[name]
