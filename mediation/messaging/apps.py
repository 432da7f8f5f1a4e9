import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE
from mediation.privacy.traces import TRACES


class MessagingConfig(AppConfig):
    name = "mediation.messaging"
    verbose_name = _("messages")

    def ready(self) -> None:
        # A day's texts in several goes: each keeps the worker for seconds.
        SCHEDULE.add("mediation.messaging.tasks.forget", every=dt.timedelta(hours=1))
        # After the files: their numbers may have become strangers'.
        SCHEDULE.add_daily("mediation.messaging.tasks.forget_strangers", at=dt.time(4, 30))
        TRACES.add("mediation.messaging.services.erasing")
