"""The list of kiosks."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from mediation.channels.models import KioskDevice
from mediation.kernel.tables import MomentColumn, Table


class DeviceTable(Table):
    """Kiosks, each with where it stands and whether it works."""

    caption = _("Bornes du réseau")
    empty_title = _("Aucune borne")
    empty_text = _("Ajoutez une borne, puis tapez sur son écran le code que nous vous donnerons.")

    name = tables.Column(verbose_name=_("Borne"))
    site = tables.Column(verbose_name=_("Lieu"), order_by=("site__name",))
    state = tables.Column(verbose_name=_("État"), empty_values=(), orderable=False)
    last_seen_at = MomentColumn(verbose_name=_("Vue la dernière fois"), default="–")
    actions = tables.Column(verbose_name=_("Que faire"), empty_values=(), orderable=False)

    class Meta:
        model = KioskDevice
        fields = ()

    def render_state(self, record: KioskDevice) -> str:
        """Return the state in a word."""
        if record.revoked_at:
            words = {"label": _("retirée"), "tone": "plain"}
        elif record.paired_at:
            words = {"label": _("en service"), "tone": "ok"}
        else:
            words = {"label": _("à associer"), "tone": "warn"}
        return render_to_string("ui/badge.html", words)

    def render_actions(self, record: KioskDevice) -> str:
        """Return what can be done with a kiosk in service."""
        return (
            ""
            if record.revoked_at
            else render_to_string("kiosk/_device_actions.html", {"device": record}, self.request)
        )
