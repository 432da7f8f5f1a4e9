"""When a mediator is away."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helpdesk.enums import Recurrence
from helpdesk.expansion import instant
from helpdesk.forms.repetition import PlannedDayField, RepetitionForm
from helpdesk.models import Absence
from mediation.kernel.forms import TimeInput


class AbsenceForm(RepetitionForm):
    """From when to when a mediator is away, by day or by the hour, once or again and again."""

    first_day = PlannedDayField(label=_("Du"))
    start_time = forms.TimeField(
        label=_("À partir de"), widget=TimeInput, required=False, help_text=_("Vide : toute la journée.")
    )
    end_day = PlannedDayField(label=_("Au"), required=False, help_text=_("Vide : le même jour. Dernier jour compris."))
    end_time = forms.TimeField(
        label=_("Jusqu’à"), widget=TimeInput, required=False, help_text=_("Vide : jusqu’à la fin de la journée.")
    )
    last_day = PlannedDayField(
        label=_("Se répète jusqu’au"), required=False, help_text=_("Laissez vide si ce n’est pas décidé.")
    )

    class Meta:
        model = Absence
        fields = [
            "mediator",
            "recurrence",
            "interval_weeks",
            "month_week",
            "last_day",
            "outside_school_holidays",
            "skipped_days",
            "label",
        ]

    field_order = ["mediator", "label", "first_day", "end_day", "start_time", "end_time", *Meta.fields]

    def __init__(self, *args: Any, mediators: Any, **kwargs: Any) -> None:
        super().__init__(*args, mediators=mediators, **kwargs)
        self.fields["label"].help_text = _("Vue par vos collègues seulement : congés, formation…")
        # Most absences are one: somebody in a hurry need not say so.
        self.fields["recurrence"].usual = self.fields["recurrence"].initial = Recurrence.ONCE

        if self.instance.pk:
            self.initial |= self._as_typed(self.instance)

    @staticmethod
    def _as_typed(absence: Absence) -> dict[str, Any]:
        """Return the days and hours that say the same instants: nobody types midnight, or one day twice."""
        start, end = timezone.localtime(absence.starts_at), timezone.localtime(absence.ends_at)
        ends_with_the_day = end.time() == dt.time.min
        end_day = end.date() - dt.timedelta(days=1) if ends_with_the_day else end.date()
        return {
            "first_day": start.date(),
            "start_time": None if start.time() == dt.time.min else start.time(),
            "end_day": None if end_day == start.date() else end_day,
            "end_time": None if ends_with_the_day else end.time(),
        }

    def clean(self) -> dict[str, Any]:
        """Turn local days and hours into instants; say beside its field what runs backwards."""
        said = super().clean()
        first_day = said.get("first_day")
        if not first_day or self.errors.keys() & {"end_day", "start_time", "end_time"}:
            return said
        zone = timezone.get_default_timezone()
        end_day = said.get("end_day") or first_day
        last_day, end_time = (end_day, said["end_time"]) if said.get("end_time") else (_after(end_day), dt.time.min)
        self.instance.starts_at = instant(first_day, said.get("start_time") or dt.time.min, zone)
        self.instance.ends_at = instant(last_day, end_time, zone)
        if self.instance.ends_at <= self.instance.starts_at:
            wrong = "end_day" if end_day < first_day else "end_time"
            self.add_error(wrong, _("L’absence doit finir après son début."))
        return said


def _after(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=1)
