import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.kernel.schedule import SCHEDULE


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("annuaire")

    def ready(self) -> None:
        SCHEDULE.add_daily("directory.tasks.erase_old_files", at=dt.time(4, 20))
