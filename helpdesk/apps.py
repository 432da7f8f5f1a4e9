import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE
from mediation.messaging.occasions import OCCASIONS
from mediation.privacy.traces import TRACES


class HelpdeskConfig(AppConfig):
    name = "helpdesk"
    verbose_name = _("aide individuelle")

    def ready(self) -> None:
        SCHEDULE.add("helpdesk.tasks.expire_holds", every=dt.timedelta(minutes=1))
        SCHEDULE.add("helpdesk.tasks.read_external_calendars", every=dt.timedelta(minutes=1))
        OCCASIONS.add("appointment", "helpdesk.occasions.APPOINTMENTS")
        OCCASIONS.add("offer", "helpdesk.occasions.OFFERS")
        OCCASIONS.add("times", "helpdesk.occasions.TIMES")
        OCCASIONS.add("help_request", "helpdesk.occasions.REQUESTS")
        OCCASIONS.add("ticket", "helpdesk.occasions.TICKETS")
        TRACES.add("helpdesk.services.erasing")
