"""The activity log as a list."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.enums import Source
from mediation.activity.models import Activity
from mediation.kernel.tables import DayColumn, DurationColumn, NumberColumn, SheetColumn, Table


def sheet_url(record: Activity) -> str:
    """Return the address of an entry."""
    return reverse("activity:sheet", args=[record.uid])


class DayLinkColumn(DayColumn, SheetColumn):
    """The day of an entry, leading to its sheet."""


class ActivityTable(Table):
    """Entries of the log, the latest first."""

    caption = _("Activités")
    empty_text = _(
        "Notez une première aide : quinze secondes suffisent. Si vous filtrez, essayez avec moins de filtres."
    )

    day = DayLinkColumn(verbose_name=_("Jour"), url=sheet_url)
    # On the page the next column says it; a file wants it apart.
    kind = tables.Column(verbose_name=_("Type"), visible=False)
    themes = tables.Column(verbose_name=_("Thèmes"), orderable=False, empty_values=(), attrs={"td": {"class": "wide"}})
    people = NumberColumn(verbose_name=_("Personnes"))
    duration_minutes = DurationColumn(verbose_name=_("Durée"))
    place = tables.Column(verbose_name=_("Lieu"), empty_values=(), order_by=("site__name", "place_name"))
    mediator = tables.Column(
        verbose_name=_("Médiateur"), order_by=("mediator__last_name", "mediator__first_name"), default=_("Non précisé")
    )
    source = tables.Column(verbose_name=_("Source"))

    class Meta:
        order_by = "-day"

    def render_themes(self, record: Activity) -> str:
        """Return the themes, and the name of a workshop before them."""
        themes = ", ".join(str(theme.get_theme_display()) for theme in record.themes.all())
        return f"{_('Atelier')} « {record.title} » · {themes}" if record.title else themes

    def render_place(self, record: Activity) -> str:
        """Return the name of the place, or what kind of place it was."""
        return record.place_in_words

    def render_source(self, record: Any) -> str:
        """Return where it was reported, with a word where it is therefore not counted."""
        label = Source(record.source).label
        if record.source == record.declared_source:
            return str(label)
        return render_to_string("ui/badge.html", {"label": _("%s, pas compté") % label, "tone": "warn"})

    def value_source(self, record: Any) -> str:
        """Return the same for a file."""
        label = str(Source(record.source).label)
        return label if record.source == record.declared_source else str(_("%s, pas compté") % label)
