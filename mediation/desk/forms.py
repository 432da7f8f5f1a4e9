"""What the agent says while somebody is on the phone."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Mediator
from helpdesk.enums import Mode
from helpdesk.models import Reason
from helpdesk.selectors import Need
from mediation.activity.enums import Theme
from mediation.desk.selectors import centre_of
from mediation.kernel.forms import DayField, PhoneInput, RowChoice, SearchInput, TimeInput
from mediation.kernel.phones import validate_phone
from mediation.territory.models import Quartier
from sites.geography import Point
from sites.models import Site

# What is folded away until it is in use: hands are on the keyboard, and somebody waits.
RARE_FILTERS = ("near", "within_km", "first_day", "last_day", "language", "mediator", "step_free")
QUARTIER, PLACE = "quartier", "lieu"


class WhoForm(forms.Form):
    """Who calls: words to search, the person found, or what is known of somebody new.

    ``heard`` is what was last searched: different words mean a new search, the same ones mean "go on".
    """

    q = forms.CharField(
        label=_("Nom, téléphone, référence ou démarche"), required=False, max_length=120, widget=SearchInput
    )
    request_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    heard = forms.CharField(required=False, widget=forms.HiddenInput)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)
    is_somebody_else = forms.BooleanField(required=False, widget=forms.HiddenInput)
    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Nom"), required=False, max_length=80)
    phone_typed = forms.CharField(
        label=_("Téléphone"),
        required=False,
        max_length=40,
        validators=[validate_phone],
        widget=PhoneInput({"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Précision pour le médiateur"), required=False, max_length=200)

    use_required_attribute = False

    def known(self) -> dict[str, str]:
        """Return what is known of somebody new."""
        return {name: self.cleaned_data.get(name, "") for name in ("first_name", "last_name", "phone_typed")}


class PlaceForm(forms.Form):
    """Where the appointment happens, in the ways in which its reason is received for."""

    mode = forms.ChoiceField(label=_("Où se passe le rendez-vous"), choices=Mode.choices, required=False)
    remote_link = forms.URLField(label=_("Lien pour se joindre"), required=False, max_length=300, assume_scheme="https")

    use_required_attribute = False

    def offer_modes_of(self, reason: Reason | None) -> None:
        """Offer the ways in which ``reason`` is received for."""
        offered = [choice for choice in Mode.choices if reason and choice[0] in reason.modes]
        self.fields["mode"].choices = offered or [(Mode.SITE.value, Mode.SITE.label)]

    @property
    def has_modes(self) -> bool:
        """Whether the reason can be received for in several ways."""
        return len(self.fields["mode"].choices) > 1

    @property
    def is_remote(self) -> bool:
        """Whether the appointment is to be by a link."""
        return (self["mode"].value() or self.fields["mode"].choices[0][0]) == Mode.REMOTE

    def place(self) -> dict[str, str]:
        """Return where the appointment happens, as booking wants it; nothing where the reason leaves no choice."""
        said = self.cleaned_data
        place = {"mode": said["mode"]} if self.has_modes and said.get("mode") else {}
        return {**place, "remote_link": said["remote_link"]} if self.is_remote and said.get("remote_link") else place


class NeedForm(PlaceForm):
    """What the person needs, and where and when they can come. Only the reason is usual."""

    reason = RowChoice(
        label=_("Motif"), queryset=Reason.objects.none(), to_field_name="uid", required=False, empty_label=None
    )
    site = RowChoice(
        label=_("Lieu"), queryset=Site.objects.none(), to_field_name="uid", required=False, empty_label=_("Tous")
    )
    quartier = RowChoice(
        label=_("Quartier"),
        queryset=Quartier.objects.defer("outline"),
        required=False,
        empty_label=_("Tous"),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=[("", _("Toutes")), *Language.spoken()], required=False)
    mediator = RowChoice(
        label=_("Médiateur"),
        queryset=Mediator.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous"),
    )
    near = forms.ChoiceField(label=_("Près de"), required=False)
    within_km = forms.TypedChoiceField(
        label=_("À moins de"),
        choices=[("", _("Sans limite")), *((str(km), f"{km} km") for km in (1, 2, 5))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    first_day = DayField(label=_("À partir du"), required=False)
    last_day = DayField(label=_("Jusqu’au"), required=False)
    step_free = forms.BooleanField(label=_("Accessible en fauteuil"), required=False)

    def __init__(self, *args: Any, user: Any, home: Point | None = None, **kwargs: Any) -> None:
        """Offer what this agent may book, at the places where somebody receives; ``home`` is where they live."""
        super().__init__(*args, **kwargs)
        self.home = home
        self.fields["reason"].queryset = Reason.objects.bookable_by(user).order_by("-is_any_need", "label", "pk")
        received_at = Site.objects.filter(opening_periods__isnull=False).distinct()
        receiving = Mediator.objects.active().filter(opening_periods__isnull=False).distinct()
        # A name to choose by: opening hours and the rest of a row weigh ten times as much.
        self.fields["site"].queryset = received_at.only("uid", "name", "latitude", "longitude")
        self.fields["near"].choices = self._points
        named = receiving.select_related("organisation")
        self.fields["mediator"].queryset = named.only("uid", "first_name", "last_name", "organisation__name")
        self.fields["mediator"].label_from_instance = lambda mediator: f"{mediator} ({mediator.organisation})"
        self.offer_modes_of(self._chosen_reason())

    @property
    def has_rare_filters(self) -> bool:
        """Whether a filter that is usually folded is in use."""
        return any(self.data.get(name) for name in RARE_FILTERS)

    @property
    def rare_filters(self) -> list[forms.BoundField]:
        """The filters that are usually folded."""
        return [self[name] for name in RARE_FILTERS]

    def clean_first_day(self) -> dt.date | None:
        """Refuse a day that is over."""
        return self._not_over("first_day")

    def clean_last_day(self) -> dt.date | None:
        """Refuse a day that is over, or before the first one."""
        last, first = self._not_over("last_day"), self.cleaned_data.get("first_day")
        if last and first and last < first:
            raise forms.ValidationError(_("Le dernier jour est avant le premier."))
        return last

    def clean(self) -> dict[str, Any]:
        """A distance is counted from somewhere."""
        said = super().clean() or self.cleaned_data
        if said.get("within_km") and not said.get("near") and "near" not in self.errors and not self.home:
            self.add_error("near", _("On ne sait pas d’où compter : choisissez un quartier ou un lieu."))
        return said

    def _not_over(self, name: str) -> dt.date | None:
        day = self.cleaned_data.get(name)
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Ce jour est passé."))
        return day

    def reason_for_demarches(self) -> Reason | None:
        """Return a reason of somebody who helps with démarches, unless the one chosen is."""
        self.is_valid()
        helping = [reason for reason in self.fields["reason"].queryset if Theme.ADMIN in reason.themes]
        return helping[0] if helping and self.cleaned_data.get("reason") not in helping else None

    def asked(self) -> dict[str, Any]:
        """Return what somebody waits for, as a request for help keeps it."""
        return {"reason": self.cleaned_data.get("reason"), "quartier": self.cleaned_data.get("quartier")}

    def _chosen_reason(self) -> Reason | None:
        try:
            reason = self.fields["reason"].clean(self.data.get("reason"))
        except forms.ValidationError:
            reason = None
        return reason or self.fields["reason"].queryset.first()

    @property
    def point(self) -> Point | None:
        """From where distances are counted: the middle of what was chosen, else where those who come live."""
        kind, _dash, key = (self.cleaned_data.get("near") or "").partition("-")
        if kind == QUARTIER:
            return centre_of(next(one for one in self.fields["quartier"].queryset if str(one.pk) == key))
        if kind == PLACE:
            site = next(one for one in self._places() if str(one.uid) == key)
            return site.latitude, site.longitude
        return self.home

    def _places(self) -> list[Site]:
        """The places that stand somewhere on the map."""
        return [site for site in self.fields["site"].queryset if site.latitude is not None]

    def _points(self) -> list[Any]:
        """What one may be near to, read when the list is drawn: whoever books a slot never asks."""
        quartiers = [(f"{QUARTIER}-{one.pk}", str(one)) for one in self.fields["quartier"].queryset]
        places = [(f"{PLACE}-{one.uid}", str(one)) for one in self._places()]
        return [("", _("Son quartier")), (_("Un quartier"), quartiers), (_("Un lieu"), places)]

    def need(self) -> Need:
        """Return what to look for; a field that cannot be read leaves the search wide."""
        said = self.cleaned_data
        site = said.get("site")
        return Need(
            reason=said.get("reason") or self.fields["reason"].queryset.first(),
            sites=[site] if site else None,
            quartier=said.get("quartier"),
            language=said.get("language", ""),
            step_free=said.get("step_free", False),
            mediator=said.get("mediator"),
            mode=said.get("mode", "") if self.has_modes else "",
            first_day=said.get("first_day"),
            last_day=said.get("last_day"),
            near=self.point,
            within_km=said.get("within_km"),
        )


class OtherTimeForm(forms.Form):
    """A time that is not offered, with one of the agent's own colleagues."""

    mediator = RowChoice(label=_("Avec"), queryset=Mediator.objects.none(), to_field_name="uid", empty_label=None)
    site = RowChoice(label=_("À quel endroit"), queryset=Site.objects.none(), to_field_name="uid", empty_label=None)
    day = DayField(label=_("Jour"))
    hour = forms.TimeField(label=_("Heure"), widget=TimeInput)

    use_required_attribute = False

    def __init__(self, said: Any, *, user: Any, is_asked: bool) -> None:
        """Judge what was said where the agent asks; else keep it as they left it, without a word about what lacks."""
        prefix = "other"
        left = {name: said[f"{prefix}-{name}"] for name in self.base_fields if f"{prefix}-{name}" in said}
        super().__init__(said if is_asked and left else None, initial=left, prefix=prefix)
        colleagues = Mediator.objects.active().of_colleagues(user)
        self.fields["mediator"].queryset = colleagues
        self.fields["site"].queryset = Site.objects.filter(mediators__in=colleagues).distinct().order_by("name", "pk")
