"""What the demonstration tells a newcomer: where to go, and who to be."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mediation.demo.city.accounts import ACCOUNTS, PASSWORD
from mediation.demo.kiosk import kiosk_code
from mediation.demo.models import DemoLoad
from mediation.demo.serving import HOST, emails_folder
from mediation.kernel.formats import long_day, reference

RESET = "manage.py demo --reset"


def welcome(*, port: int) -> str:
    """Return the addresses, with a new code for the kiosk, and the accounts."""
    base = f"http://{HOST}:{port}"
    addresses = [
        (_("Site public"), base + reverse("web:home")),
        (_("Borne"), f"{base}{reverse('kiosk:pair')}  ({_('code')} {reference(kiosk_code())})"),
        (_("Agents"), base + reverse("desk:start")),
    ]
    messages = [(_("SMS envoyés"), settings.MESSAGES_LOG)]
    if folder := emails_folder():
        messages.append((_("E-mails envoyés"), folder))
    accounts = [(account.label, account.email) for account in ACCOUNTS]
    width = max(len(label) for label, _text in [*addresses, *messages, *accounts])
    return "\n".join(
        [
            "",
            _("%(network)s : démonstration. Les lieux existent, les personnes et les chiffres sont inventés.")
            % {"network": settings.NETWORK_NAME},
            "",
            *(f"  {label:<{width}}  {text}" for label, text in [*addresses, *messages]),
            "",
            _("Comptes des agents, mot de passe %(password)s :") % {"password": PASSWORD},
            "",
            *(f"  {label:<{width}}  {text}" for label, text in accounts),
            "",
            _("Ctrl-C arrête tout ; relancée, la démonstration garde ce que vous y avez fait."),
        ]
    )


def advice(load: DemoLoad, *, on: dt.date) -> str:
    """Return what to do about a demonstration whose life stopped long before today; empty where all is well."""
    if not load.is_stale(on):
        return ""
    return _("Cette démonstration date du %(day)s : l’agenda s’y vide. Pour la refaire à aujourd’hui : %(command)s") % {
        "day": long_day(load.today, year=True),
        "command": RESET,
    }
