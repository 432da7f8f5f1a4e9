import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE
from mediation.messaging.occasions import OCCASIONS
from mediation.privacy.traces import TRACES


class WorkshopsConfig(AppConfig):
    name = "workshops"
    verbose_name = _("ateliers")

    def ready(self) -> None:
        SCHEDULE.add("workshops.tasks.expire_offers", every=dt.timedelta(minutes=1))
        OCCASIONS.add("registration", "workshops.occasions.REGISTRATIONS")
        TRACES.add("workshops.services.erasing")
