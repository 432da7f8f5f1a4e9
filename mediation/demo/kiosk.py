"""Let any browser be the demonstration's kiosk."""

from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor, Door
from mediation.channels.kiosk.services import add_device, issue_code
from mediation.channels.models import KioskDevice
from sites.models import Site

# The kiosk stands where this person works: what is booked there shows on a day that a newcomer can open.
COLLEAGUE = "mediatrice@example.org"


def kiosk_code() -> str:
    """Return a new code that pairs a browser with the demonstration's kiosk, added where there is none."""
    name, by = _("Borne de démonstration"), Actor(Door.COMMAND, label="demo")
    device = KioskDevice.objects.active().filter(name=name).first()
    if device is None:
        # Where she takes tickets too, so that the kiosk gives some.
        sites = Site.objects.filter(opening_periods__mediator__user__email=COLLEAGUE)
        site = sites.order_by("-opening_periods__takes_tickets", "name").first()
        _device, code = add_device(site=site, name=name, by=by)
        return code
    return issue_code(device=device, by=by)
