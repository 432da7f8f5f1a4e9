"""What turns requests about agendas, reasons and absences into values."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Role
from directory.models import Beneficiary, Mediator, Organisation
from directory.selectors import desk_organisation
from helpdesk.enums import Cause, DayPart
from helpdesk.expansion import instant
from helpdesk.models import Absence, OpeningPeriod, Reason
from mediation.activity.enums import DemarcheTheme, Theme
from mediation.kernel.forms import (
    DateInput,
    DayField,
    FilterForm,
    ModelMultiChoice,
    MultiChoice,
    OptionalChoice,
    PhoneInput,
    TimeInput,
)
from mediation.kernel.phones import validate_phone
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Quartier
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
            "qui": mine or next(iter([*self.places, *self.mediators]), ""),
            "jour": timezone.localdate(),
            "vue": DAY,
        }
        # What is usual shows in the fields as well, so that they say whose agenda this is.
        self.data, self.is_bound = self.usual | {name: value for name, value in self.data.items() if value}, True
        self.is_valid()

    def chosen(self, name: str) -> Any:
        """Return what was asked, or what is usual."""
        return getattr(self, "cleaned_data", {}).get(name) or self.usual[name]


class ReasonForm(forms.ModelForm):
    """A reason; an organisation's administrator writes its own, the network's administrator everybody's."""

    themes = MultiChoice(
        label=_("Thèmes, repris dans le compte rendu"),
        choices=[*Theme.choices, *DemarcheTheme.choices],
        required=False,
    )

    class Meta:
        model = Reason
        fields = [
            "label",
            "organisation",
            "duration_minutes",
            "who_books",
            "description",
            "what_to_bring",
            "themes",
            "is_any_need",
            "is_active",
        ]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.of(user, Role.ADMINISTRATOR)
        if rules.is_network_administrator(user):
            field.queryset, field.empty_label = Organisation.objects.all(), _("Tout le réseau")
            field.help_text = ""
        else:
            field.required, field.empty_label, field.help_text = True, None, ""
        self.fields["is_any_need"].help_text = _("Pour les portes qui ne demandent pas le besoin : « je ne sais pas ».")


class OpeningForm(forms.ModelForm):
    """When a mediator receives, where and for what."""

    reasons = ModelMultiChoice(label=_("Pour quels motifs"), queryset=Reason.objects.none())

    class Meta:
        model = OpeningPeriod
        fields = ["mediator", "site", "recurrence", "first_day", "last_day", "start_time", "end_time", "reasons"]
        widgets = {
            "recurrence": forms.RadioSelect,
            "first_day": DateInput,
            "last_day": DateInput,
            "start_time": TimeInput,
            "end_time": TimeInput,
        }
        help_texts = {
            "first_day": _("Toutes les semaines : le même jour de la semaine que celui-ci."),
            "last_day": _("Laissez vide si ce n’est pas décidé."),
        }

    def __init__(self, *args: Any, mediators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = mediators
        self.fields["reasons"].queryset = Reason.objects.active().of_mediators(mediators)
        self.fields["site"].queryset = Site.objects.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse to be in two places at once."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            wanted = ("mediator", "site", "recurrence", "first_day", "last_day", "start_time", "end_time")
            others = OpeningPeriod.objects.exclude(pk=self.instance.pk)
            clash = others.clashing(**{name: data[name] for name in wanted})
            if clash:
                raise ValidationError(
                    _("%(who)s reçoit déjà à cette heure : %(place)s."),
                    params={"who": clash.mediator, "place": clash.site},
                )
        return data


class AbsenceForm(forms.ModelForm):
    """From when to when a mediator is away, by day or by the hour."""

    first_day = DayField(label=_("Du"))
    start_time = forms.TimeField(
        label=_("À partir de"), widget=TimeInput, required=False, help_text=_("Vide : toute la journée.")
    )
    last_day = DayField(label=_("Au"), required=False, help_text=_("Vide : le même jour. Dernier jour compris."))
    end_time = forms.TimeField(
        label=_("Jusqu’à"), widget=TimeInput, required=False, help_text=_("Vide : jusqu’à la fin de la journée.")
    )

    class Meta:
        model = Absence
        fields = ["mediator", "label"]

    field_order = ["mediator", "first_day", "last_day", "start_time", "end_time", "label"]

    def __init__(self, *args: Any, mediators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = mediators
        self.fields["label"].help_text = _("Vue par vos collègues seulement : congés, formation…")

    def clean(self) -> dict[str, Any]:
        """Turn local days and hours into instants."""
        data = super().clean() or self.cleaned_data
        if not data.get("first_day"):
            return data
        zone = timezone.get_default_timezone()
        last_day = data.get("last_day") or data["first_day"]
        self.instance.starts_at = instant(data["first_day"], data.get("start_time") or dt.time.min, zone)
        end_day, end_time = last_day + dt.timedelta(days=1), dt.time.min
        if data.get("end_time"):
            end_day, end_time = last_day, data["end_time"]
        self.instance.ends_at = instant(end_day, end_time, zone)
        return data


class HelpRequestForm(forms.Form):
    """Somebody to call back: a person on file, or as much as is known of somebody new."""

    person = forms.ModelChoiceField(
        queryset=Beneficiary.objects.none(), to_field_name="uid", required=False, widget=forms.HiddenInput
    )
    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(label=_("Nom"), required=False, max_length=80)
    phone_typed = forms.CharField(
        label=_("Téléphone"),
        max_length=40,
        validators=[validate_phone],
        widget=PhoneInput({"autocomplete": "off"}),
        error_messages={"required": _("Il faut un numéro pour rappeler quelqu’un.")},
    )
    cause = forms.ChoiceField(
        label=_("Pourquoi rappeler ?"),
        choices=[(cause.value, cause.label) for cause in (Cause.NO_SLOT, Cause.CALL_BACK, Cause.TURNED_AWAY)],
        widget=forms.RadioSelect,
        initial=Cause.NO_SLOT,
    )
    reason = forms.ModelChoiceField(
        label=_("Motif"), queryset=Reason.objects.none(), to_field_name="uid", required=False, empty_label=_("Inconnu")
    )
    quartier = forms.ModelChoiceField(
        label=_("Quartier"), queryset=Quartier.objects.defer("outline"), required=False, empty_label=_("Inconnu")
    )
    best_time = OptionalChoice(label=_("Quand appeler ?"), choices=DayPart.choices, none_label=_("Peu importe"))
    note = forms.CharField(label=_("Précision"), required=False, max_length=300, validators=[refuse_nir])
    organisation = forms.ModelChoiceField(
        label=_("Qui rappelle ?"),
        queryset=Organisation.objects.active(),
        empty_label=None,
        help_text=_("Une autre structure verra le nom et le numéro ; vous verrez ce que devient la demande."),
    )

    def __init__(self, *args: Any, user: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["reason"].queryset = Reason.objects.bookable_by(user)
        self.fields["organisation"].initial = desk_organisation(user)
        if person := self.known_person:
            # What is on file is not asked again.
            on_file = ("first_name", "last_name", "phone_typed") if person.phone else ("first_name", "last_name")
            for name in on_file:
                del self.fields[name]

    @property
    def known_person(self) -> Beneficiary | None:
        """The person on file that the page is about."""
        try:
            return self.fields["person"].clean(self["person"].value())
        except ValidationError:
            return None

    def what(self) -> dict[str, Any]:
        """Return what ``ask_for_somebody`` takes."""
        return self.cleaned_data

    def refuse(self, error: ValidationError) -> None:
        """Show why a service refused, beside the field it speaks of where the page has it."""
        for name, problems in getattr(error, "error_dict", {None: error.error_list}).items():
            self.add_error(name if name in self.fields else None, problems)
