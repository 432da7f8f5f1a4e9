import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE


class KernelConfig(AppConfig):
    name = "mediation.kernel"
    verbose_name = _("noyau")

    def ready(self) -> None:
        from mediation.kernel import checks  # noqa: F401, PLC0415 — registers the checks, once apps are loaded

        SCHEDULE.add("mediation.kernel.tasks.take_over_lost_tasks", every=dt.timedelta(minutes=1))
        SCHEDULE.add_daily("mediation.kernel.tasks.forget_ended_tasks", at=dt.time(4, 10))
