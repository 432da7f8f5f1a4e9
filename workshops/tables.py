"""The list of workshops."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mediation.kernel.tables import MomentColumn, SheetColumn, Table
from workshops.models import Workshop
from workshops.selectors import seats_of


class WorkshopTable(Table):
    """Workshops of the whole network: the offer is everybody's."""

    caption = _("Ateliers")
    empty_title = _("Aucun atelier ici")
    empty_text = _("Essayez avec moins de filtres, ou préparez un atelier.")

    title = SheetColumn(verbose_name=_("Atelier"), url=lambda record: reverse("workshops:sheet", args=[record.uid]))
    starts_at = MomentColumn(verbose_name=_("Quand"), order_by=("engagement__starts_at", "pk"))
    site = tables.Column(verbose_name=_("Lieu"), order_by=("site__name", "pk"))
    left = tables.Column(verbose_name=_("Places"), order_by=("left", "pk"))
    organisation = tables.Column(
        verbose_name=_("Structure"),
        order_by=("engagement__mediator__organisation__name", "pk"),
        accessor="engagement__mediator__organisation",
    )

    class Meta:
        model = Workshop
        fields = ("title", "starts_at", "site", "left", "organisation")

    def render_left(self, record: Workshop) -> SafeString:
        """Return the seats in words."""
        seats = seats_of(record)
        return render_to_string("ui/badge.html", {"label": seats.words, "tone": seats.tone})

    def value_left(self, record: Workshop) -> str:
        """Return the seats in words for a file."""
        return seats_of(record).words
