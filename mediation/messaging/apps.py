import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE


class MessagingConfig(AppConfig):
    name = "mediation.messaging"
    verbose_name = _("messages")

    def ready(self) -> None:
        # A day's texts in several goes: each keeps the worker for seconds.
        SCHEDULE.add("mediation.messaging.tasks.forget", every=dt.timedelta(hours=1))
