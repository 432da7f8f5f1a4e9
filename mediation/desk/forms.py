"""What the agent says while somebody is on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from directory.models import Mediator
from helpdesk.enums import Mode
from helpdesk.models import Reason
from helpdesk.selectors import Need
from mediation.activity.enums import Theme
from mediation.kernel.forms import DayField, PhoneInput, RowChoice, SearchInput, TimeInput
from mediation.kernel.phones import validate_phone
from mediation.territory.models import Quartier
from sites.models import Site


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
    language = forms.ChoiceField(label=_("Langue"), choices=[("", _("Toutes")), *Language.choices], required=False)
    mediator = RowChoice(
        label=_("Médiateur"),
        queryset=Mediator.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Tous"),
    )
    first_day = DayField(label=_("À partir du"), required=False)
    step_free = forms.BooleanField(label=_("Accessible en fauteuil"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        """Offer what this agent may book, at the places where somebody receives."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = Reason.objects.bookable_by(user).order_by("-is_any_need", "label", "pk")
        received_at = Site.objects.filter(opening_periods__isnull=False).distinct()
        receiving = Mediator.objects.active().filter(opening_periods__isnull=False).distinct()
        # A name to choose by: opening hours and the rest of a row weigh ten times as much.
        self.fields["site"].queryset = received_at.only("uid", "name")
        named = receiving.select_related("organisation")
        self.fields["mediator"].queryset = named.only("uid", "first_name", "last_name", "organisation__name")
        self.fields["mediator"].label_from_instance = lambda mediator: f"{mediator} ({mediator.organisation})"
        self.offer_modes_of(self._chosen_reason())

    @property
    def has_rare_filters(self) -> bool:
        """Whether a filter that is usually folded is in use."""
        return any(self.data.get(name) for name in ("language", "mediator", "first_day", "step_free"))

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

    def need(self, near: tuple[float, float] | None) -> Need:
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
            near=near,
        )


class OtherTimeForm(forms.Form):
    """A time that is not offered, with one of the agent's own colleagues."""

    mediator = RowChoice(label=_("Avec"), queryset=Mediator.objects.none(), to_field_name="uid", empty_label=None)
    site = RowChoice(label=_("À quel endroit"), queryset=Site.objects.none(), to_field_name="uid", empty_label=None)
    day = DayField(label=_("Jour"))
    hour = forms.TimeField(label=_("Heure"), widget=TimeInput)

    use_required_attribute = False

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, prefix="other")
        colleagues = Mediator.objects.active().of_colleagues(user)
        self.fields["mediator"].queryset = colleagues
        self.fields["site"].queryset = Site.objects.filter(mediators__in=colleagues).distinct().order_by("name", "pk")
