from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "mediation.kernel"
    verbose_name = _("noyau")

    def ready(self) -> None:
        from mediation.kernel import checks  # noqa: F401, PLC0415 — registers the checks, once apps are loaded
