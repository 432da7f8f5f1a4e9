"""When a mediator receives."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from helpdesk.forms.repetition import PlannedDayField, RepetitionForm
from helpdesk.models import OpeningPeriod, Reason
from mediation.kernel import formats
from mediation.kernel.forms import ModelMultiChoice, MultiChoice, TimeInput
from sites.models import Site

APPOINTMENTS, TICKETS = "appointments", "tickets"


class OpeningForm(RepetitionForm):
    """When a mediator receives, where and for what."""

    reasons = ModelMultiChoice(label=_("Pour quels motifs"), queryset=Reason.objects.none())
    takes = MultiChoice(
        label=_("Comment vient-on ?"),
        choices=[(APPOINTMENTS, _("Sur rendez-vous")), (TICKETS, _("Sans rendez-vous, avec un ticket"))],
        error_messages={"required": _("Dites si l’on vient sur rendez-vous, sans rendez-vous, ou les deux.")},
    )
    first_day = PlannedDayField(
        label=_("Premier jour"), help_text=_("Ce qui se répète tombe le même jour de la semaine que celui-ci.")
    )
    last_day = PlannedDayField(
        label=_("Jusqu’au"), required=False, help_text=_("Laissez vide si ce n’est pas décidé. Dernier jour compris.")
    )

    class Meta:
        model = OpeningPeriod
        fields = [
            "mediator",
            "site",
            "first_day",
            "start_time",
            "end_time",
            "recurrence",
            "interval_weeks",
            "month_week",
            "last_day",
            "outside_school_holidays",
            "skipped_days",
            "reasons",
        ]
        widgets = {"start_time": TimeInput, "end_time": TimeInput}

    field_order = [*Meta.fields, "takes"]

    def __init__(self, *args: Any, mediators: Any, **kwargs: Any) -> None:
        super().__init__(*args, mediators=mediators, **kwargs)
        self.fields["site"].empty_label = _("Choisir…")
        self.fields["reasons"].queryset = Reason.objects.active().of_mediators(mediators)
        self.fields["site"].queryset = Site.objects.order_by("name")
        period = self.instance
        takes = {APPOINTMENTS: period.takes_appointments, TICKETS: period.takes_tickets}
        self.initial.setdefault("takes", [name for name, is_taken in takes.items() if is_taken])

    def clean(self) -> dict[str, Any]:
        """Refuse hours that run backwards and reasons that do not fit in them."""
        said = super().clean()
        if "takes" in said:
            self.instance.takes_appointments = APPOINTMENTS in said["takes"]
            self.instance.takes_tickets = TICKETS in said["takes"]
        start, end = said.get("start_time"), said.get("end_time")
        if start is None or end is None:
            return said
        if end <= start:
            self.add_error("end_time", _("L’heure de fin doit être après l’heure de début."))
            return said
        minutes = (dt.datetime.combine(dt.date.min, end) - dt.datetime.combine(dt.date.min, start)).seconds // 60
        self._refuse_long_reasons(said.get("reasons", ()), minutes)
        return said

    def _refuse_long_reasons(self, reasons: Any, minutes: int) -> None:
        for reason in reasons:
            if reason.duration_minutes > minutes:
                words = {
                    "reason": reason,
                    "needed": formats.duration(reason.duration_minutes),
                    "length": formats.duration(minutes),
                }
                problem = _("« %(reason)s » dure %(needed)s : la plage n’en dure que %(length)s.")
                self.add_error("reasons", problem % words)
