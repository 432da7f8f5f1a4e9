"""Who was helped: people on file, or anonymous ones with what they said of themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.enums import AgeBand, Gender, Status
from directory.models import Beneficiary
from mediation.activity.enums import ActivityKind
from mediation.activity.forms.fields import CommuneField
from mediation.activity.forms.what import WhatForm
from mediation.activity.models import Activity
from mediation.activity.services import Person
from mediation.kernel.forms import ModelMultiChoice, SearchInput
from mediation.territory.models import Quartier

WHO = ("beneficiaries", "search", "anonymous", "age_band", "gender", "status", "quartier", "commune")
MOST_FOUND = 6


class ActivityForm(WhatForm):
    """The short form of the activity log; with ``people_known`` (an appointment) it does not ask who was helped."""

    beneficiaries = ModelMultiChoice(
        label=_("Personnes choisies"), queryset=Beneficiary.objects.none(), to_field_name="uid", required=False
    )
    search = forms.CharField(label=_("Chercher une fiche"), required=False, widget=SearchInput)
    anonymous = forms.IntegerField(label=_("Nombre de personnes sans fiche"), required=False, min_value=0)
    age_band = forms.ChoiceField(label=_("Tranche d’âge"), choices=AgeBand.choices, required=False)
    gender = forms.ChoiceField(label=_("Genre"), choices=Gender.choices, required=False)
    status = forms.ChoiceField(label=_("Statut"), choices=Status.choices, required=False)
    quartier = forms.ModelChoiceField(
        label=_("Quartier"),
        queryset=Quartier.objects.all(),
        required=False,
        empty_label=_("Non communiqué"),
    )
    commune = CommuneField(label=_("Commune, si ce n’est pas un quartier de la ville"), required=False, max_length=80)

    def __init__(
        self,
        *args: Any,
        people_known: bool = False,
        initial: dict[str, Any] | None = None,
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        self.keeps_groups = activity is not None and len(anonymous_groups(activity)) > 1
        known = {"age_band": AgeBand.UNKNOWN, "gender": Gender.UNKNOWN, "status": Status.UNKNOWN}
        known |= who_initial(activity) if activity and not people_known else {}
        super().__init__(*args, initial={**known, **(initial or {})}, activity=activity, **kwargs)
        self.asks_who = not people_known
        for name in WHO if people_known else ():
            del self.fields[name]
        if self.asks_who:
            self.fields["beneficiaries"].queryset = self.pickable()
            self.fields["anonymous"].help_text = _("Vide : une seule, ou aucune si une fiche est choisie.")
            if self.kind == ActivityKind.WORKSHOP:
                self.fields["anonymous"].label = _("Combien de participants sans fiche ?")
                self.fields["anonymous"].help_text = ""
                self.fields["anonymous"].required = not self.activity

    def pickable(self) -> Any:
        """Return the people the user may choose: those they help, and those already in the entry."""
        people = Beneficiary.objects.visible_to(self.user)
        if self.activity:
            there = self.activity.assistances.exclude(beneficiary=None).values("beneficiary")
            people |= Beneficiary.objects.filter(pk__in=there)
        return people

    def chosen(self) -> list[Beneficiary]:
        """Return the people who are ticked, also while the form is being filled."""
        return list(self.fields["beneficiaries"].queryset.filter(uid__in=valid_uids(self["beneficiaries"].value())))

    def matches(self) -> list[Beneficiary]:
        """Return the people that the search box finds, but for those already chosen."""
        text = str(self["search"].value() or "").strip()
        if len(text) < 2:
            return []
        return list(self.pickable().matching(text).exclude(pk__in=[one.pk for one in self.chosen()])[:MOST_FOUND])

    @property
    def found_nobody(self) -> bool:
        """Whether the search box holds words that name nobody."""
        text = str(self["search"].value() or "").strip()
        return bool(text) and not self.pickable().matching(text).exists()

    @property
    def who_in_words(self) -> str:
        """Who will be counted if nobody changes it; of a workshop the number stands above."""
        if self.is_workshop:
            return str(_("Participants qui ont une fiche, et précisions"))
        names = [person.full_name for person in self.chosen()]
        number = str(self["anonymous"].value() or "")
        if not names and number in {"", "1"}:
            return str(_("Une personne, sans fiche"))
        if number.isdigit() and int(number):
            names.append(ngettext("%d personne sans fiche", "%d personnes sans fiche", int(number)) % int(number))
        return ", ".join(names)

    @property
    def who_is_open(self) -> bool:
        """Whether who was helped needs a look: a search, or an error in what is folded."""
        folded = [name for name in WHO if name != "anonymous" or not self.is_workshop]
        return bool(self["search"].value()) or any(self.has_error(name) for name in folded)

    @property
    def is_workshop(self) -> bool:
        """Whether a group was helped, whose number is asked first."""
        return self.kind == ActivityKind.WORKSHOP

    def people(self) -> list[Person]:
        """Return who was helped, as the service takes them."""
        known = [Person(beneficiary=one) for one in self.cleaned_data["beneficiaries"]]
        return [*known, *self.anonymous_people(has_known=bool(known))]

    def anonymous_people(self, *, has_known: bool) -> list[Person]:
        """Return the anonymous people: those typed, or the groups that stand where they differ from one another."""
        data = self.cleaned_data
        if self.keeps_groups and self.activity:
            return anonymous_groups(self.activity)
        number = data["anonymous"]
        if number is None:
            number = 0 if has_known or self.kind == ActivityKind.WORKSHOP else 1
        if not number:
            return []
        said = {name: data[name] or "unknown" for name in ("age_band", "gender", "status")}
        return [Person(people=number, quartier=data["quartier"], commune=data["commune"], **said)]


def valid_uids(values: Any) -> list[str]:
    """Return the identifiers that are some: a request may hold anything."""
    field = forms.UUIDField()
    return [str(value) for value in values or [] if _is_uid(field, value)]


def _is_uid(field: forms.UUIDField, value: Any) -> bool:
    try:
        return bool(field.clean(str(value)))
    except forms.ValidationError:
        return False


def anonymous_groups(activity: Activity) -> list[Person]:
    """Return the anonymous people of an entry, as they were counted."""
    same = ("people", "age_band", "gender", "status", "commune", "quartier")
    rows = activity.assistances.filter(beneficiary=None).select_related("commune", "quartier__commune")
    return [Person(**{name: getattr(row, name) for name in same}) for row in rows]


def who_initial(activity: Activity) -> dict[str, Any]:
    """Return the people of an entry as the form asks them."""
    known = activity.assistances.exclude(beneficiary=None)
    groups = anonymous_groups(activity)
    said: dict[str, Any] = {"beneficiaries": [uid for (uid,) in known.values_list("beneficiary__uid")]}
    said["anonymous"] = sum(person.people for person in groups)
    if len(groups) == 1:
        person = groups[0]
        said |= {name: getattr(person, name) for name in ("age_band", "gender", "status", "quartier")}
        said["commune"] = person.commune.name if person.commune and not person.quartier else ""
    return said
