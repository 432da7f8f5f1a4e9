"""What is touched and typed to have a public computer, on the kiosk and on public pages."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.kernel.formats import listed
from mediation.kernel.forms import DecoyForm
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Quartier
from sites.enums import Equipment
from sites.models import Site

TICKET_DIGITS = 12
# What people come for, each with its picture; "" is any computer.
WISHES: Sequence[tuple[str, str, str | Promise]] = (
    ("", "monitor", _("Un ordinateur et internet")),
    (Equipment.PRINTER, "printer", _("Imprimer")),
    (Equipment.SCANNER, "scan", _("Scanner un papier")),
    (Equipment.HEADSET, "headphones", _("Un appel vidéo, ou écouter au casque")),
    (Equipment.ACCESSIBLE, "accessibility", _("Un poste accessible en fauteuil")),
)


def wish_words(wanted: Sequence[str]) -> str:
    """Return what was asked for besides a computer, in words; "" where nothing was."""
    return listed(label for value, _picture, label in WISHES if value and value in wanted)


class WishForm(forms.Form):
    """What was answered so far, read from the address: what for, where, when. None of it says who asks.

    An answer that no longer exists is no answer: the question is asked again.
    """

    equipment = forms.ChoiceField(
        choices=[(value, label) for value, _picture, label in WISHES if value], required=False
    )
    place = forms.ModelChoiceField(Site.objects.published(), to_field_name="uid", required=False)
    quartier = forms.ModelChoiceField(
        Quartier.objects.defer("outline"),
        label=_("Près de quel quartier ?"),
        empty_label=_("Peu importe"),
        required=False,
    )
    when = forms.CharField(max_length=25, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.is_valid()

    @property
    def wanted(self) -> list[str]:
        """The equipment that the computer must have."""
        return [self.equipment_text] if self.equipment_text else []

    @property
    def equipment_text(self) -> str:
        """The same as addresses name it."""
        return self.cleaned_data.get("equipment") or ""

    @property
    def site(self) -> Site | None:
        """Where."""
        return self.cleaned_data.get("place")

    @property
    def chosen_quartier(self) -> Quartier | None:
        """Near which quartier."""
        return self.cleaned_data.get("quartier")

    @property
    def starts_at(self) -> dt.datetime | None:
        """When."""
        return read_moment(self.cleaned_data.get("when") or "")


class TicketForm(forms.Form):
    """The twelve digits of a ticket: the reference and its code."""

    ticket = forms.CharField(
        label=_("Les douze chiffres de votre réservation"),
        max_length=30,
        help_text=_("Votre référence, puis votre code."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "data-keypad-target": ""}),
        error_messages={"required": _("Tapez votre référence, puis votre code.")},
    )

    def clean_ticket(self) -> str:
        """Refuse at once what cannot be a reference with its code."""
        digits = "".join(character for character in self.cleaned_data["ticket"] if character in "0123456789")
        if len(digits) != TICKET_DIGITS:
            raise ValidationError(_("Il faut douze chiffres : les huit de la référence, les quatre du code."))
        return digits


class ReserverForm(DecoyForm):
    """Who comes, as far as they wish to say: nothing is needed to have a computer."""

    first_name = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        required=False,
        validators=[refuse_nir],
        help_text=_("Pour vous appeler sur place. Nous l’effaçons deux jours après."),
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def what(self) -> dict[str, Any]:
        """Return what the services take."""
        return {"first_name": self.cleaned_data["first_name"], "request_key": self.cleaned_data["key"]}


def read_moment(text: str) -> dt.datetime | None:
    """Return the instant of "2026-12-01T14:30", by the clock on the wall; None where it is none."""
    try:
        return timezone.make_aware(dt.datetime.strptime(text, "%Y-%m-%dT%H:%M"))  # noqa: DTZ007 — made aware at once
    except ValueError:
        return None
