from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mediation.privacy.traces import TRACES


class ActivityConfig(AppConfig):
    name = "mediation.activity"
    verbose_name = _("activité")

    def ready(self) -> None:
        TRACES.add("mediation.activity.services.erasing")
