import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE
from mediation.messaging.places import PLACES


class SitesConfig(AppConfig):
    name = "sites"
    verbose_name = _("lieux")

    def ready(self) -> None:
        SCHEDULE.add("sites.tasks.give_back_missed", every=dt.timedelta(minutes=1))
        SCHEDULE.add_daily("sites.tasks.forget_names", at=dt.time(4))
        SCHEDULE.add_daily("sites.tasks.forget_reports", at=dt.time(4, 5))
        PLACES.path = "sites.selectors.longest_place_in_messages"
