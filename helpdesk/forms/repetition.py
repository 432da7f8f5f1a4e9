"""How something comes back: the same questions for an opening period and for an absence."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.enums import MonthWeek, Recurrence
from mediation.kernel.forms import DayField
from mediation.territory.selectors import SchoolCalendar

# Nobody plans further; a later year is a slip of the finger.
YEARS_AHEAD = 5
MOST_SKIPPED = 60
LONGEST_INTERVAL = 8
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")


def refuse_far_away(day: dt.date) -> None:
    """Refuse a day that nobody plans for."""
    if day > timezone.localdate() + dt.timedelta(days=366 * YEARS_AHEAD):
        raise ValidationError(_("Vérifiez l’année : on ne prévoit pas à plus de cinq ans."), code="too_far")


class PlannedDayField(DayField):
    """A day to come that somebody may plan."""

    default_validators = (*DayField.default_validators, refuse_far_away)


class DaysField(forms.CharField):
    """Several days, as one writes them: "24/12/2026, 31/12/2026"; given back as ISO dates, in order."""

    def prepare_value(self, value: Any) -> Any:
        """Write stored days as one reads them."""
        if isinstance(value, list):
            return ", ".join(f"{dt.date.fromisoformat(day):%d/%m/%Y}" for day in value)
        return value

    def clean(self, value: Any) -> list[str]:
        """Read each day; say which one cannot be read."""
        words = [word for word in re.split(r"[,;\s]+", super().clean(value)) if word]
        if len(words) > MOST_SKIPPED:
            raise ValidationError(_("Soixante jours au plus."), code="too_many")
        return sorted({_day(word).isoformat() for word in words})


def _day(word: str) -> dt.date:
    for known in DAY_FORMATS:
        try:
            return dt.datetime.strptime(word, known).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    raise ValidationError(
        _("« %(word)s » n’est pas un jour : écrivez par exemple 24/12/2026."), code="unreadable", params={"word": word}
    )


class UsualChoice(forms.TypedChoiceField):
    """A choice with a usual answer: whoever says nothing means that one."""

    def __init__(self, *, usual: Any, **kwargs: Any) -> None:
        super().__init__(initial=usual, **kwargs)
        self.usual = usual

    def clean(self, value: Any) -> Any:
        """Read the answer, or the usual one."""
        return super().clean(value or self.usual)


def _every(weeks: int) -> Any:
    if weeks == 1:
        return _("toutes les semaines")
    if weeks == 2:
        return _("une semaine sur deux")
    return _("toutes les %(weeks)s semaines") % {"weeks": weeks}


def with_organisation(mediator: Any) -> str:
    """Return "Amina Benali (CCAS)": two mediators may bear one name."""
    return f"{mediator} ({mediator.organisation})"


class RepetitionForm(forms.ModelForm):
    """The fields of Repeats. A page shows those that matter for the chosen recurrence; the others count for nothing."""

    recurrence = UsualChoice(
        label=_("Répétition"),
        choices=[
            (Recurrence.ONCE, _("Une seule fois")),
            (Recurrence.WEEKLY, _("Chaque semaine, ou une semaine sur deux, sur trois…")),
            (Recurrence.MONTHLY, _("Une fois par mois")),
        ],
        usual=Recurrence.WEEKLY,
        widget=forms.RadioSelect,
    )
    interval_weeks = UsualChoice(
        label=_("Toutes les combien de semaines"),
        choices=[(weeks, _every(weeks)) for weeks in range(1, LONGEST_INTERVAL + 1)],
        coerce=int,
        usual=1,
        help_text=_("Comptées à partir de la semaine du premier jour."),
    )
    month_week = forms.TypedChoiceField(
        label=_("Lequel du mois"),
        choices=[("", "—"), *MonthWeek.choices],
        coerce=int,
        help_text=_("Le même jour de la semaine que le premier jour : deuxième mardi, dernier jeudi…"),
        error_messages={"required": _("Dites lequel du mois : le premier, le deuxième…")},
    )
    skipped_days = DaysField(
        label=_("Sauf ces jours"), required=False, help_text=_("Par exemple : 24/12/2026, 31/12/2026.")
    )
    # What each recurrence has no use for, and what stands in its place.
    UNUSED = {
        Recurrence.ONCE: {
            "interval_weeks": 1,
            "month_week": None,
            "last_day": None,
            "skipped_days": [],
            "outside_school_holidays": False,
        },
        Recurrence.WEEKLY: {"month_week": None},
        Recurrence.MONTHLY: {"interval_weeks": 1},
    }

    def __init__(self, *args: Any, mediators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mediator"]
        field.queryset, field.empty_label, field.label_from_instance = mediators, _("Choisir…"), with_organisation

    def clean(self) -> dict[str, Any]:
        """Forget what the recurrence has no use for; ask what it cannot do without."""
        said = super().clean() or self.cleaned_data
        recurrence = said.get("recurrence")
        unused = self.UNUSED.get(recurrence, {"month_week": None})
        for name, value in unused.items():
            self.errors.pop(name, None)
            said[name] = value
        self._refuse_backwards(said)
        return said

    def _refuse_backwards(self, said: dict[str, Any]) -> None:
        first_day, until = said.get("first_day"), said.get("last_day")
        if first_day and until and until < first_day:
            self.add_error("last_day", _("Ce jour vient avant le premier."))

    def _post_clean(self) -> None:
        """Once the row is filled, refuse a rule that never comes true."""
        super()._post_clean()
        first_day, until = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if self.errors or not first_day:
            return
        # Any rule without skipped days comes true within a few months.
        last_day = until or first_day + dt.timedelta(days=366)
        rule = self.instance.repetition_from(first_day)
        if next(rule.days(first_day, last_day, SchoolCalendar.read()), None) is None:
            wrong = "skipped_days" if self.cleaned_data.get("skipped_days") else "last_day"
            self.add_error(wrong if until or wrong == "skipped_days" else None, _("Aucun jour ne reste : vérifiez."))
