"""A place, with everything the national standard and this network say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import TextChoices
from django.forms import BoundField
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Role
from directory.models import Mediator, Organisation
from mediation.kernel.forms import ModelMultiChoice, MultiChoice, PhoneInput
from mediation.kernel.phones import to_e164, validate_phone
from sites.enums import (
    AccessMode,
    Audience,
    Fee,
    Mobility,
    Programme,
    Service,
    SpecificCare,
    SupportMode,
    TrainingLabel,
    Typology,
)
from sites.hours import is_valid
from sites.models import Site

YES_NO = [("True", _("Oui")), ("False", _("Non")), ("", _("Je ne sais pas"))]
COMPUTER_FIELDS = ("session_minutes", "daily_reservations")

GROUPS = (
    (_("Le lieu"), ("name", "typologies", "organisation", "summary", "detail")),
    (
        _("Où"),
        ("address", "address_extra", "postcode", "commune_name", "insee_code", "latitude", "longitude")
        + ("step_free", "how_to_come", "accessibility_url", "mobility"),
    ),
    (_("Quand"), ("opening_hours",)),
    (_("Joindre"), ("phone", "emails", "websites", "booking_url", "access_modes")),
    (_("Dans les messages"), ("short_name", "locative")),
    (_("Ce qu’on y trouve"), ("services", "support_modes", "fees", "mediators")),
    (_("Postes informatiques"), COMPUTER_FIELDS),
    (_("Pour qui"), ("audiences", "specific_care")),
    (_("Labels et programmes"), ("programmes", "training_labels", "other_labels")),
    (_("Référencement national"), ("national_id", "pivot", "parent_structure", "source")),
    (_("Publication"), ("is_published",)),
)
SITE_FIELDS = tuple(name for _title, names in GROUPS for name in names)


class LinesField(forms.CharField):
    """Several values, one a line, kept as a list."""

    widget = forms.Textarea

    def __init__(self, *, each: Callable[[str], None] | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, **{"help_text": _("Un par ligne."), **kwargs})
        self.each = each
        self.widget.attrs["rows"] = 3

    def prepare_value(self, value: Any) -> Any:
        """Return the list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines as a list, each once; "|" parts values in the standard, so it cannot be in one."""
        # The validator that refuses NUL looks at texts, not at lists; PostgreSQL refuses it in both.
        lines = (line.strip().replace("|", "/") for line in (value or "").replace("\x00", "").splitlines())
        return list(dict.fromkeys(filter(None, lines)))

    def validate(self, value: list[str]) -> None:
        """Look at each line."""
        for line in value if self.each else ():
            self.each(line)


def _live(url_name: str, target: str) -> dict[str, Any]:
    """Let the server look at what is being typed, where JavaScript runs; the form looks again when it is sent."""
    return {
        "hx-get": reverse_lazy(url_name),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": f"#{target}",
        "aria-describedby": target,
    }


def _labels(label: Any, choices: type[TextChoices], help_text: Any = "") -> MultiChoice:
    return MultiChoice(label=label, choices=choices.choices, required=False, help_text=help_text)


def _page(label: Any) -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=300, assume_scheme="https")


@dataclass(frozen=True)
class FieldGroup:
    """Fields that belong together, under one heading."""

    title: str | Promise
    fields: tuple[BoundField, ...]


class SiteForm(forms.ModelForm):
    """A place, in the order in which somebody describes it."""

    typologies = MultiChoice(label=_("Sorte de lieu"), required=False)
    services = _labels(_("Services"), Service, _("Il en faut au moins un pour montrer le lieu au public."))
    audiences = _labels(_("Publics"), Audience, _("Rien de coché : tout le monde."))
    specific_care = _labels(_("Prise en charge spécifique"), SpecificCare)
    fees = _labels(_("Frais à charge"), Fee)
    mobility = _labels(_("Itinérance"), Mobility)
    programmes = _labels(_("Dispositifs nationaux"), Programme)
    training_labels = _labels(_("Formations et labels"), TrainingLabel)
    access_modes = _labels(_("Modalités d’accès"), AccessMode)
    support_modes = _labels(_("Modalités d’accompagnement"), SupportMode)
    other_labels = LinesField(label=_("Autres formations et labels"))
    emails = LinesField(each=validate_email, label=_("Adresses e-mail"))
    websites = LinesField(each=URLValidator(schemes=["http", "https"]), label=_("Sites web"))
    accessibility_url = _page(_("Fiche Acceslibre"))
    booking_url = _page(_("Prise de rendez-vous ailleurs"))
    step_free = forms.TypedChoiceField(
        label=_("Accessible en fauteuil"),
        choices=YES_NO,
        coerce=lambda value: value == "True",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    mediators = ModelMultiChoice(
        label=_("Médiateurs qui y reçoivent"), queryset=Mediator.objects.none(), required=False
    )

    class Meta:
        model = Site
        fields = SITE_FIELDS
        widgets = {
            "phone": PhoneInput,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "detail": forms.Textarea(attrs={"rows": 6}),
            "how_to_come": forms.Textarea(attrs={"rows": 3}),
            "opening_hours": forms.Textarea(attrs={"rows": 2, **_live("sites:check_hours", "hours-check")}),
            "short_name": forms.TextInput(attrs=_live("sites:check_short_name", "short-name-check")),
        }
        help_texts = {
            "summary": _("280 caractères au plus : ce que l’on y trouve, en une ou deux phrases."),
            "pivot": _("14 chiffres, ou W et 9 chiffres. Inconnu : laissez les zéros."),
            "national_id": _("Vide : nous en choisissons un."),
            "latitude": _("Le quartier est trouvé à partir du point."),
        }

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [code for code in self.instance.typologies if code not in Typology.values]
        self.fields["typologies"].choices = [*Typology.choices, *((code, code) for code in own)]
        self.fields["mediators"].queryset = Mediator.objects.active().select_related("organisation")
        self.fields["mediators"].label_from_instance = lambda mediator: f"{mediator} ({mediator.organisation})"
        for name in ("national_id", *COMPUTER_FIELDS):
            self.fields[name].required = False
        # Only the whole network's administrators describe places that belong to no organisation.
        self.fields["organisation"].required = not rules.is_network_administrator(user)
        self.fields["organisation"].queryset = self._organisations(user)

    def groups(self) -> list[FieldGroup]:
        """Return the fields under their headings."""
        return [FieldGroup(title, tuple(self[name] for name in names)) for title, names in GROUPS]

    def clean_phone(self) -> str:
        """Return the number as the standard writes it; people type it as they like."""
        typed = self.cleaned_data["phone"]
        validate_phone(typed)
        return to_e164(typed)

    def clean_opening_hours(self) -> str:
        """Return hours that can be evaluated."""
        hours = " ".join(self.cleaned_data["opening_hours"].split())
        if hours and not is_valid(hours):
            message = _("Ces horaires ne se lisent pas. Écrivez par exemple : Mo-Fr 09:00-12:00,14:00-17:00; PH off")
            raise ValidationError(message)
        return hours

    def clean(self) -> dict[str, Any]:
        """Hold back a place that would tell residents nothing; what is not said of computers stays as it was."""
        cleaned = super().clean() or self.cleaned_data
        for name in COMPUTER_FIELDS:
            if name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = getattr(self.instance, name)
        if cleaned.get("is_published") and not cleaned.get("services"):
            self.add_error("services", _("Cochez au moins un service, ou décochez « visible du public »."))
        return cleaned

    def _organisations(self, user: Any) -> Any:
        if rules.is_network_administrator(user):
            return Organisation.objects.active()
        return Organisation.objects.active().of(user, Role.ADMINISTRATOR)
