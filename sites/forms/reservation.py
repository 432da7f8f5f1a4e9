"""Computers given out by the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.kernel.formats import hour, moment
from mediation.kernel.forms import MultiChoice
from mediation.privacy.validators import refuse_nir
from sites.enums import Equipment
from sites.sessions import Offer

NOW = "now"


class ReservationForm(forms.Form):
    """For whom and when: somebody at the desk, or on the telephone."""

    when = forms.ChoiceField(label=_("Quand"))
    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=80,
        required=False,
        validators=[refuse_nir],
        help_text=_("Pour appeler la personne. Effacé deux jours après."),
    )
    wanted = MultiChoice(label=_("Équipement voulu"), choices=Equipment.choices, required=False)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = _choices(offer)

    @property
    def starts_at(self) -> dt.datetime | None:
        """When; None for now."""
        said = self.cleaned_data["when"]
        return None if said == NOW else dt.datetime.fromisoformat(said)

    def what(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: self.cleaned_data[name] for name in ("first_name", "wanted")}


class GestureForm(forms.Form):
    """One tap on a session."""

    gesture = forms.ChoiceField(choices=[("arrive", ""), ("prolong", ""), ("release", "")])


def _choices(offer: Offer) -> list[tuple[str, Any]]:
    until = _("Maintenant, jusqu’à %(end)s") % {"end": hour(offer.now.ends_at)} if offer.now else ""
    now = [(NOW, until)] if offer.now else []
    return [*now, *((timezone.localtime(one.starts_at).isoformat(), moment(one.starts_at)) for one in offer.later)]
