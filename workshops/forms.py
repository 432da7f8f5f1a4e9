"""Forms of workshops: setting one up, finding who comes, writing down who came."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from mediation.activity.enums import Theme, WorkshopLevel
from mediation.kernel.forms import DayField, ModelMultiChoice, MultiChoice, PhoneInput, SearchInput, TimeInput
from mediation.kernel.phones import validate_phone
from mediation.privacy.validators import refuse_nir
from sites.models import Site
from workshops.models import Registration, Workshop
from workshops.services.seats import LARGEST


class WorkshopForm(forms.Form):
    """What a workshop is about, when and where, who leads it, for how many."""

    title = forms.CharField(label=_("Titre"), max_length=120)
    themes = MultiChoice(label=_("Thèmes"), choices=Theme.choices)
    level = forms.ChoiceField(label=_("Niveau"), choices=WorkshopLevel.choices)
    mediator = forms.ModelChoiceField(label=_("Avec"), queryset=Mediator.objects.none())
    site = forms.ModelChoiceField(label=_("Lieu"), queryset=Site.objects.all())
    day = DayField(label=_("Jour"))
    start_time = forms.TimeField(label=_("De"), widget=TimeInput)
    end_time = forms.TimeField(label=_("À"), widget=TimeInput)
    capacity = forms.IntegerField(label=_("Nombre de places"), min_value=1, max_value=LARGEST, initial=8)
    description = forms.CharField(
        label=_("Description pour le public"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_to_bring = forms.CharField(label=_("À apporter"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    is_public = forms.BooleanField(label=_("Ouvert aux inscriptions en ligne"), required=False, initial=True)

    def __init__(self, *args: Any, user: Any, workshop: Workshop | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(workshop) if workshop else None, **kwargs)
        leaders = Mediator.objects.active().of_colleagues(user)
        if workshop:
            leaders = leaders | Mediator.objects.filter(pk=workshop.mediator.pk)
        self.fields["mediator"].queryset = leaders.select_related("organisation")
        # A form with one choice is no choice.
        if not workshop and leaders.count() == 1:
            self.initial["mediator"] = leaders.get()

    def clean(self) -> dict[str, Any]:
        """Turn the day and the hours into instants: the wall clock of the city."""
        cleaned = super().clean() or {}
        day, start, end = (cleaned.pop(name, None) for name in ("day", "start_time", "end_time"))
        if day and start and end:
            if end <= start:
                raise ValidationError({"end_time": _("L’atelier doit finir après son début.")})
            cleaned["starts_at"] = timezone.make_aware(dt.datetime.combine(day, start))
            cleaned["ends_at"] = timezone.make_aware(dt.datetime.combine(day, end))
        return cleaned


class PersonSearchForm(forms.Form):
    """Who comes: a name, a number or a reference."""

    q = forms.CharField(label=_("Nom, téléphone ou référence"), required=False, widget=SearchInput)


class NewPersonForm(forms.Form):
    """The least that lets somebody be called by their name and told of a change."""

    first_name = forms.CharField(label=_("Prénom"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    phone_typed = forms.CharField(
        label=_("Téléphone"),
        max_length=40,
        required=False,
        widget=PhoneInput,
        validators=[validate_phone],
        help_text=_("Pour confirmer, et prévenir si l’atelier change."),
    )


class AttendanceForm(forms.Form):
    """Who came, by name or by number, and what it was about; by name alone where it is reported elsewhere."""

    present = ModelMultiChoice(label=_("Qui est venu"), queryset=Registration.objects.none(), required=False)
    anonymous = forms.IntegerField(
        label=_("Autres personnes, sans inscription"), min_value=0, max_value=LARGEST, initial=0, required=False
    )
    themes = MultiChoice(label=_("Thèmes abordés"), choices=Theme.choices)
    notes = forms.CharField(
        label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}), validators=[refuse_nir]
    )

    def __init__(self, *args: Any, workshop: Workshop, logs_here: bool, **kwargs: Any) -> None:
        people = workshop.registrations.live().select_related("beneficiary").order_by("seat__number", "asked_at", "pk")
        super().__init__(*args, initial=_known_attendance(workshop, people, logs_here=logs_here), **kwargs)
        if not logs_here:
            for name in ("anonymous", "themes", "notes"):
                del self.fields[name]
        self.fields["present"].queryset = people
        self.fields["present"].label_from_instance = _name_and_state
        if not people:
            # Nobody registered: a question without answers would only puzzle.
            self.fields["present"].widget = self.fields["present"].hidden_widget()

    def clean_anonymous(self) -> int:
        """Read an empty number as nobody."""
        return self.cleaned_data["anonymous"] or 0


def _initial(workshop: Workshop) -> dict[str, Any]:
    start, end = timezone.localtime(workshop.starts_at), timezone.localtime(workshop.ends_at)
    same = {
        name: getattr(workshop, name)
        for name in ("title", "themes", "level", "site", "description", "what_to_bring", "is_public", "mediator")
    }
    return {
        **same,
        "day": start.date(),
        "start_time": start.time(),
        "end_time": end.time(),
        "capacity": workshop.seats.count(),
    }


def _known_attendance(workshop: Workshop, people: Any, *, logs_here: bool) -> dict[str, Any]:
    """Propose what was said already, or that everybody with a seat came."""
    if not workshop.activity or not logs_here:
        return {"present": people.expected() | people.attended(), "themes": workshop.themes}
    return {
        "present": people.attended(),
        "anonymous": workshop.activity.assistances.filter(beneficiary=None).total(),
        "themes": [line.theme for line in workshop.activity.themes.all()],
        "notes": workshop.activity.notes,
    }


def _name_and_state(registration: Registration) -> str:
    if registration.seat_id:
        return registration.beneficiary.full_name
    return _("%(name)s (liste d’attente)") % {"name": registration.beneficiary.full_name}
