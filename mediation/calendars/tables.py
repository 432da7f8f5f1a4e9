"""The list of addresses."""

import datetime as dt

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from mediation.calendars.models import Feed
from mediation.kernel.tables import DayColumn, Table

JUST_NOW = dt.timedelta(minutes=20)


class FeedTable(Table):
    """Addresses in use: whose agenda, since when, and whether a telephone still reads it."""

    caption = _("Adresses en service")
    empty_title = _("Aucune adresse pour l’instant")
    empty_text = _("Créez-en une ci-dessus : elle servira à un seul téléphone, ou à plusieurs.")

    agenda = tables.Column(verbose_name=_("Agenda"), accessor="pk", orderable=False)
    created_at = DayColumn(verbose_name=_("Créée"))
    created_by = tables.Column(verbose_name=_("Par"), orderable=False, default="–")
    last_read_at = tables.Column(verbose_name=_("Lue par un téléphone"), empty_values=())
    actions = tables.Column(verbose_name=_("Que faire"), empty_values=(), orderable=False)

    class Meta:
        model = Feed
        fields = ()

    def render_agenda(self, record: Feed) -> str:
        """Return whose agenda it is."""
        return str(record)

    def render_last_read_at(self, record: Feed) -> str:
        """Return how long ago, in words."""
        if record.last_read_at is None:
            return now_("jamais encore")
        if timezone.now() - record.last_read_at < JUST_NOW:
            return now_("à l’instant")
        return now_("il y a %(time)s") % {"time": timesince(record.last_read_at, depth=1)}

    def render_actions(self, record: Feed) -> str:
        """Return what can be done with it."""
        return render_to_string("calendars/_feed_actions.html", {"feed": record}, self.request)
