"""Lists of reasons, opening periods and absences."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from helpdesk.enums import Recurrence
from helpdesk.models import Absence, OpeningPeriod, Reason
from mediation.kernel import formats
from mediation.kernel.tables import BadgeColumn, DurationColumn, SheetColumn, Table


class ReasonTable(Table):
    """Reasons."""

    label = SheetColumn(url=lambda record: reverse("helpdesk:reason", args=[record.uid]))
    organisation = tables.Column(default=_("Tout le réseau"))
    duration_minutes = DurationColumn(verbose_name=_("Durée"))
    who_books = tables.Column(verbose_name=_("Réservé par"))
    is_active = BadgeColumn(
        verbose_name=_("État"), tones={True: "ok", False: "plain"}, labels={True: _("Proposé"), False: _("Retiré")}
    )

    caption = _("Motifs")
    empty_title = _("Aucun motif")

    class Meta:
        model = Reason
        fields = ["label", "organisation", "duration_minutes", "who_books", "is_active"]


class OpeningTable(Table):
    """Opening periods."""

    mediator = SheetColumn(
        url=lambda record: reverse("helpdesk:opening", args=[record.uid]),
        order_by=["mediator__last_name", "mediator__first_name"],
    )
    first_day = tables.Column(verbose_name=_("Quand"))
    hours = tables.Column(verbose_name=_("Heures"), accessor="start_time")
    reasons = tables.ManyToManyColumn(verbose_name=_("Motifs"))

    caption = _("Plages d’ouverture")
    empty_title = _("Aucune plage d’ouverture")

    class Meta:
        model = OpeningPeriod
        fields = ["mediator", "site", "first_day", "hours", "reasons"]

    def render_first_day(self, record: OpeningPeriod) -> str:
        """Return "tous les mardis, jusqu’au …" or the one day."""
        if record.recurrence == Recurrence.ONCE:
            return formats.long_day(record.first_day, year=True)
        weekday = formats.DAYS[record.first_day.weekday()]
        text = str(
            _("Tous les %(weekday)ss, à partir du %(day)s")
            % {"weekday": weekday, "day": formats.short_day(record.first_day)}
        )
        if record.last_day:
            text += str(_(", jusqu’au %(day)s") % {"day": formats.short_day(record.last_day)})
        return text

    def render_hours(self, record: OpeningPeriod) -> str:
        """Return "9 h – 12 h"."""
        return formats.NO_BREAK.join((formats.hour(record.start_time), "–", formats.hour(record.end_time)))


class AbsenceTable(Table):
    """Absences to come."""

    mediator = SheetColumn(
        url=lambda record: reverse("helpdesk:absence", args=[record.uid]),
        order_by=["mediator__last_name", "mediator__first_name"],
    )
    in_words = tables.Column(verbose_name=_("Quand"), order_by=["starts_at"])
    label = tables.Column(verbose_name=_("Raison"), default="")

    caption = _("Absences")
    empty_title = _("Personne n’est absent")
    empty_text: Any = _("Les absences à venir de votre équipe s’afficheront ici.")

    class Meta:
        model = Absence
        fields = ["mediator", "in_words", "label"]
