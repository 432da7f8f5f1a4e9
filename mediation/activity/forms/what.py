"""What was done: the part of the short form that an appointment, a workshop and a walk-in share."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.activity.enums import (
    ActivityKind,
    Autonomy,
    DemarcheTheme,
    Device,
    Obstacle,
    Outcome,
    PlaceKind,
    ReferredTo,
    Theme,
    WorkshopLevel,
)
from mediation.activity.forms.fields import (
    OTHER,
    SITE_PREFIX,
    USUAL_MINUTES,
    DemarchesField,
    duration_choices,
    place_choices,
)
from mediation.activity.models import Activity
from mediation.activity.models.activity import LONGEST_MINUTES
from mediation.activity.selectors import most_used_first, usual
from mediation.kernel import formats
from mediation.kernel.forms import DayField, MultiChoice, OptionalChoice
from mediation.privacy.validators import refuse_nir
from sites.models import Site

NOT_SAID = _("Non précisé")
INDIVIDUAL_ONLY = ("autonomy", "outcome", "next_time_alone", "referred_to")
WORKSHOP_ONLY = ("title", "level")
SHOWN_THEMES = 6
SHOWN_DEMARCHES = 3
# Where a service refuses a field that the form asks in another way.
ASKED_AS = {"duration_minutes": "duration", "site": "place", "place_kind": "place", "demarche": "demarches"}


class WhatForm(forms.Form):
    """What was done, where and when. Only a theme (or a démarche) has to be chosen, the rest is known or optional."""

    title = forms.CharField(label=_("Nom de l’atelier"), max_length=120)
    themes = MultiChoice(label=_("Sur quoi ?"), choices=Theme.choices, required=False)
    demarches = DemarchesField(label=_("Démarches"), required=False)
    demarche_themes = MultiChoice(label=_("Autre démarche, par domaine"), choices=DemarcheTheme.choices, required=False)
    duration = forms.ChoiceField(label=_("Combien de temps ?"), choices=duration_choices, widget=forms.RadioSelect)
    duration_other = forms.IntegerField(
        label=_("Autre durée, en minutes"), required=False, min_value=1, max_value=LONGEST_MINUTES
    )
    obstacles = MultiChoice(label=_("Ce qui bloquait"), choices=Obstacle.choices, required=False)
    day = DayField(label=_("Jour"))
    place = forms.ChoiceField(label=_("Où ?"), widget=forms.RadioSelect)
    place_name = forms.CharField(label=_("Nom de l’autre lieu"), required=False, max_length=200)
    level = OptionalChoice(label=_("Niveau"), choices=WorkshopLevel.choices, none_label=NOT_SAID)
    autonomy = OptionalChoice(label=_("Autonomie"), choices=Autonomy.choices, none_label=NOT_SAID)
    outcome = OptionalChoice(label=_("Résultat"), choices=Outcome.choices, none_label=NOT_SAID)
    next_time_alone = OptionalChoice(
        label=_("La prochaine fois, pourrez-vous le faire sans aide ?"),
        choices=[("yes", _("Oui")), ("no", _("Non"))],
        none_label=_("Pas demandé"),
    )
    referred_to = forms.ChoiceField(
        label=_("Orientation"), choices=[("", _("Aucune")), *ReferredTo.choices], required=False
    )
    devices = MultiChoice(label=_("Matériel"), choices=Device.choices, required=False)
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        validators=[refuse_nir],
        help_text=_("Ni mot de passe, ni identifiant, ni numéro de sécurité sociale."),
    )

    def __init__(
        self,
        *args: Any,
        mediator: Any,
        user: Any = None,
        activity: Activity | None = None,
        kind: str = ActivityKind.INDIVIDUAL,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.mediator, self.user, self.activity = mediator, user, activity
        self.kind = activity.kind if activity else kind
        self.usual = usual(mediator, timezone.localdate())
        self.sites = list(Site.objects.filter(mediators=mediator).order_by("name"))
        self.keep_known_site(activity.site if activity else (initial or {}).get("site"))
        known = initial_of(activity) if activity else self.defaults()
        super().__init__(*args, initial={**known, **self.place_initial(initial or {})}, **kwargs)
        for name in WORKSHOP_ONLY if self.kind == ActivityKind.INDIVIDUAL else INDIVIDUAL_ONLY:
            del self.fields[name]
        self.fields["place"].choices = place_choices(self.sites)
        self.order_choices()

    def keep_known_site(self, site: Site | None) -> None:
        """Offer the site that is already known, even where the mediator does not usually receive there."""
        for one in (site, self.usual.site):
            if one and one not in self.sites:
                self.sites.append(one)

    def defaults(self) -> dict[str, Any]:
        """Return what most entries say: today, half an hour (two for a workshop), where the last one was."""
        site = self.usual.site or (self.sites[0] if self.sites else None)
        is_at_site = self.usual.place_kind == PlaceKind.SITE
        place = f"{SITE_PREFIX}{site.uid}" if is_at_site and site else self.usual.place_kind
        return {
            "day": timezone.localdate(),
            "duration": "30" if self.kind == ActivityKind.INDIVIDUAL else "120",
            "place": PlaceKind.ELSEWHERE if place == PlaceKind.SITE else place,
        }

    @staticmethod
    def place_initial(initial: dict[str, Any]) -> dict[str, Any]:
        """Take what a caller knows in the words of the service (site, duration_minutes) as the form's own."""
        words = {name: value for name, value in initial.items() if name not in {"site", "duration_minutes"}}
        if site := initial.get("site"):
            words["place"] = f"{SITE_PREFIX}{site.uid}"
        if minutes := initial.get("duration_minutes"):
            words |= duration_initial(minutes)
        return words

    def order_choices(self) -> None:
        """Put what is chosen in front, then what the mediator uses most."""
        chosen_themes = list(self["themes"].value() or [])
        self.fields["themes"].choices = most_used_first(list(Theme.choices), [*chosen_themes, *self.usual.themes])
        self.shown_themes = max(SHOWN_THEMES, len(chosen_themes))
        chosen = {str(uid) for uid in self["demarches"].value() or []}
        everything = list(self.fields["demarches"].queryset)
        rank = {pk: number for number, pk in enumerate(self.usual.demarche_ids)}
        everything.sort(key=lambda one: (str(one.uid) not in chosen, rank.get(one.pk, len(rank))))
        field = self.fields["demarches"]
        field.choices = [(field.iterator(field).choice(one)) for one in everything]
        self.shown_demarches = max(min(SHOWN_DEMARCHES, len(rank)), len(chosen))

    @property
    def main_themes(self) -> list[Any]:
        """The themes shown at once."""
        return self["themes"].subwidgets[: self.shown_themes]

    @property
    def other_themes(self) -> list[Any]:
        """The themes behind "Les autres thèmes"."""
        return self["themes"].subwidgets[self.shown_themes :]

    @property
    def main_demarches(self) -> list[Any]:
        """The démarches shown at once."""
        return self["demarches"].subwidgets[: self.shown_demarches]

    @property
    def other_demarches(self) -> list[Any]:
        """The rest of the catalogue."""
        return self["demarches"].subwidgets[self.shown_demarches :]

    @property
    def where_in_words(self) -> str:
        """The place and day that will be saved if nobody changes them."""
        place = dict(self.fields["place"].choices).get(self["place"].value(), _("Lieu à choisir"))
        return f"{place} · {self._day_in_words()}"

    def _day_in_words(self) -> str:
        try:
            day = self.fields["day"].clean(self["day"].value())
        except ValidationError:
            return str(_("jour à choisir"))
        return str(_("aujourd’hui")) if day == timezone.localdate() else formats.short_day(day)

    @property
    def where_is_open(self) -> bool:
        """Whether the place or the day needs an answer."""
        return any(self.has_error(name) for name in ("day", "place", "place_name")) or not self["place"].value()

    @property
    def after_is_open(self) -> bool:
        """Whether something is wrong in what comes after the help."""
        return any(self.has_error(name) for name in (*self.own_fields(), "devices", "notes") if name in self.fields)

    def has_error(self, field: str | None, code: str | None = None) -> bool:
        """Say whether a field was refused, without checking a form that only shows what is being filled."""
        return self._errors is not None and super().has_error(field, code)

    def clean(self) -> dict[str, Any]:
        """Ask for a theme where no démarche gives one, and for the minutes of another duration."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("themes", "demarches", "demarche_themes")):
            self.add_error("themes", _("Choisissez au moins un thème, ou une démarche."))
        if data.get("duration") == OTHER and not data.get("duration_other"):
            self.add_error("duration_other", _("Écrivez la durée en minutes."))
        if (day := data.get("day")) and day > timezone.localdate():
            self.add_error("day", _("Ce jour n’est pas encore venu."))
        return data

    def what(self) -> dict[str, Any]:
        """Return what was done in the words of activity.services.log_individual or log_workshop (but who and by)."""
        data = self.cleaned_data
        simple = ("day", "demarches", "obstacles", "devices", "notes", *self.own_fields())
        minutes = data["duration_other"] if data["duration"] == OTHER else int(data["duration"])
        said = {name: data[name] for name in simple}
        if "next_time_alone" in said:
            said["next_time_alone"] = {"yes": True, "no": False}.get(said["next_time_alone"])
        said["themes"] = [*data["themes"], *data["demarche_themes"]]
        return {**said, "duration_minutes": minutes, **self.where()}

    def own_fields(self) -> tuple[str, ...]:
        """Return the fields of this kind of activity only."""
        return INDIVIDUAL_ONLY if self.kind == ActivityKind.INDIVIDUAL else WORKSHOP_ONLY

    def where(self) -> dict[str, Any]:
        """Return the place as the service takes it."""
        place = self.cleaned_data["place"]
        site = next((one for one in self.sites if place == f"{SITE_PREFIX}{one.uid}"), None)
        name = self.cleaned_data["place_name"] if place == PlaceKind.ELSEWHERE else ""
        return {"site": site, "place_kind": PlaceKind.SITE if site else place, "place_name": name}

    def refuse(self, error: ValidationError) -> None:
        """Show what a service refused, beside the field it speaks of where the form asks it."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            asked = ASKED_AS.get(name, name)
            self.add_error(asked if asked in self.fields and name != NON_FIELD_ERRORS else None, errors)


def duration_initial(minutes: int) -> dict[str, Any]:
    """Return a duration as the form asks it."""
    if minutes in USUAL_MINUTES:
        return {"duration": str(minutes)}
    return {"duration": OTHER, "duration_other": minutes}


def initial_of(activity: Activity) -> dict[str, Any]:
    """Return an entry as the form asks it."""
    themes = list(activity.themes.values_list("theme", flat=True))
    place = f"{SITE_PREFIX}{activity.site.uid}" if activity.site else activity.place_kind
    alone = {True: "yes", False: "no", None: ""}[activity.next_time_alone]
    plain = ("title", "day", "place_name", "level", "autonomy", "outcome", "referred_to", "devices", "notes")
    return {
        **{name: getattr(activity, name) for name in plain},
        **duration_initial(activity.duration_minutes),
        "place": place,
        "next_time_alone": alone,
        "themes": [theme for theme in themes if theme in Theme.values],
        "demarche_themes": [theme for theme in themes if theme in DemarcheTheme.values],
        "demarches": [demarche.uid for demarche in activity.demarches.all()],
        "obstacles": list(activity.obstacles.values_list("obstacle", flat=True)),
    }
