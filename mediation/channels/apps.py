import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE
from mediation.messaging.asked import ASKED
from mediation.messaging.occasions import OCCASIONS

# What a text message may ask for by itself, and who grants it.
WISHES = {
    "book": "BOOK",
    "places": "PLACES",
    "callback": "CALL_BACK",
    "change": "CHANGE",
    "cancel": "CANCEL",
    "more": "MORE",
}


class ChannelsConfig(AppConfig):
    name = "mediation.channels"
    verbose_name = _("portes d’entrée du public")

    def ready(self) -> None:
        SCHEDULE.add("mediation.channels.voice.tasks.forget_calls", every=dt.timedelta(hours=1))
        OCCASIONS.add("asked", "mediation.channels.sms.offers.CHOICES")
        for meaning, wish in WISHES.items():
            ASKED.add(meaning, f"mediation.channels.sms.wishes.{wish}")
